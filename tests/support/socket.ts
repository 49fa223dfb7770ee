import { WebSocket } from 'ws';
import type { ClientFrame, ServerFrame } from '@alley-chief/shared/realtime';
import type { Client } from './api';

/** A phone's socket: keeps every frame and lets a test wait for one. */
export class Phone {
  readonly frames: ServerFrame[] = [];
  private waiting: { want: (f: ServerFrame) => boolean; resolve: (f: ServerFrame) => void }[] = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as ServerFrame;
      this.frames.push(frame);
      this.waiting = this.waiting.filter((w) => {
        if (!w.want(frame)) return true;
        w.resolve(frame);
        return false;
      });
    });
  }

  static async connect(client: Client): Promise<Phone> {
    const socket = new WebSocket(`${client.url.replace('http', 'ws')}/ws`);
    const phone = new Phone(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    phone.send({ t: 'auth', token: client.token ?? '' });
    await phone.until((f) => f.t === 'hello' || f.t === 'error');
    return phone;
  }

  send(frame: ClientFrame): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** The first frame, past or future, that fits. The test's own time-out is the limit. */
  until(want: (f: ServerFrame) => boolean): Promise<ServerFrame> {
    const known = this.frames.find(want);
    if (known) return Promise.resolve(known);
    return new Promise((resolve) => this.waiting.push({ want, resolve }));
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.socket.once('close', resolve));
    this.socket.terminate();
    await closed;
  }
}
