import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { clientFrame, type ClientFrame, type ServerFrame } from '@alley-chief/shared/realtime';
import type { RateLimiter } from '../http/rateLimiter';
import type { Viewer } from '../http/viewer';
import { AppError } from '../kernel/errors';
import type { Clock } from '../kernel/clock';
import type { Logger } from '../kernel/logger';
import type { ConversationService } from '../modules/conversation/service';
import { validationError } from '../http/validation';
import { sendText, type Connection, type Connections } from './connections';

export interface GatewayDeps {
  connections: Connections;
  authenticate(token: string): Promise<Viewer>;
  conversations: ConversationService;
  limiter: RateLimiter;
  log: Logger;
  clock: Clock;
  /** Told when a person's first socket opens or last one closes. */
  onPresence(personId: string, online: boolean): void;
  onTyping(conversationId: string, viewer: Viewer): void;
}

/** The WebSocket at /ws: the same frames as REST, both ways. */
export class Gateway {
  private readonly wss = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });

  constructor(private readonly deps: GatewayDeps) {}

  attach(server: Server): void {
    server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (req.url?.split('?')[0] !== '/ws') {
        socket.destroy();
        return;
      }
      this.wss.handleUpgrade(req, socket, head, (ws) => this.accept(ws));
    });
  }

  close(): void {
    for (const ws of this.wss.clients) ws.terminate();
    this.wss.close();
  }

  private accept(socket: WebSocket): void {
    let connection: Connection | undefined;
    // Frames of one socket are handled in order: what was typed first is stored first.
    let queue = Promise.resolve();
    const unauthenticated = setTimeout(() => socket.terminate(), 10_000);
    socket.on('message', (data: Buffer) => {
      queue = queue.then(async () => {
        const frame = this.parse(socket, data);
        if (!frame) return;
        if (frame.t === 'auth') {
          connection = await this.signIn(socket, frame.token, connection);
          if (connection) clearTimeout(unauthenticated);
        } else if (connection) await this.handle(connection, frame);
        else this.fail(socket, new AppError('unauthenticated'));
      });
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearTimeout(unauthenticated);
      if (connection && this.deps.connections.remove(connection)) {
        this.deps.onPresence(connection.viewer.personId, false);
      }
    });
  }

  private parse(socket: WebSocket, data: Buffer): ClientFrame | undefined {
    try {
      const result = clientFrame.safeParse(JSON.parse(data.toString('utf8')));
      if (result.success) return result.data;
      this.fail(socket, validationError(result.error, 'frame'));
    } catch {
      this.fail(socket, new AppError('badJson'));
    }
    return undefined;
  }

  private async signIn(
    socket: WebSocket,
    token: string,
    old: Connection | undefined,
  ): Promise<Connection | undefined> {
    try {
      const viewer = await this.deps.authenticate(token);
      if (old) {
        // A renewed token on a living socket; another person must open another socket.
        if (old.viewer.personId !== viewer.personId) throw new AppError('forbidden');
        old.viewer = viewer;
        return old;
      }
      const connection = { socket, viewer };
      if (this.deps.connections.add(connection)) this.deps.onPresence(viewer.personId, true);
      this.send(socket, {
        t: 'hello',
        personId: viewer.personId,
        now: this.deps.clock.now().toISOString(),
      });
      return connection;
    } catch (error) {
      this.fail(socket, error);
      return old;
    }
  }

  private async handle(c: Connection, frame: ClientFrame): Promise<void> {
    try {
      await this.act(c, frame);
    } catch (error) {
      this.fail(c.socket, error, frame.t === 'send' ? frame.message.clientId : undefined);
    }
  }

  private async act(c: Connection, frame: ClientFrame): Promise<void> {
    const { conversations, limiter } = this.deps;
    const { viewer, socket } = c;
    switch (frame.t) {
      case 'ping':
        this.send(socket, { t: 'pong' });
        return;
      case 'send': {
        limiter.take(`ws send ${viewer.personId}`, 120);
        await this.mustBeMember(frame.conversationId, viewer);
        const message = await conversations.post(frame.conversationId, viewer, frame.message);
        this.send(socket, await conversations.reading.frameOf(message, viewer));
        return;
      }
      case 'read':
        await this.mustBeMember(frame.conversationId, viewer);
        await conversations.markRead(frame.conversationId, viewer.personId, frame.seq);
        return;
      case 'typing':
        limiter.take(`ws typing ${viewer.personId}`, 60);
        await this.mustBeMember(frame.conversationId, viewer);
        this.deps.onTyping(frame.conversationId, viewer);
        return;
      case 'resume':
        limiter.take(`ws resume ${viewer.personId}`, 60);
        for (const f of await conversations.reading.missed(viewer, frame.cursors))
          this.send(socket, f);
        return;
      case 'auth':
        return;
    }
  }

  private async mustBeMember(conversationId: string, viewer: Viewer): Promise<void> {
    if (!(await this.deps.conversations.isMember(conversationId, viewer.personId))) {
      throw new AppError('forbidden');
    }
  }

  private send(socket: WebSocket, frame: ServerFrame): void {
    sendText(socket, JSON.stringify(frame));
  }

  private fail(socket: WebSocket, error: unknown, clientId?: string): void {
    const known = error instanceof AppError ? error : new AppError('internal');
    if (known.status >= 500) this.deps.log.error({ err: String(error) }, 'frame failed');
    this.send(socket, { t: 'error', clientId, code: known.code, message: known.message });
  }
}
