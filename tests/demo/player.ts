import { WebSocket } from 'ws';
import type { Card } from '@alley-chief/shared/contract';
import type { ServerFrame } from '@alley-chief/shared/realtime';
import { Client, newClientId } from '../support/api';

/** An expectation of the walkthrough that did not come true; the message is for people. */
export class Unmet extends Error {}

export interface Heard {
  frame: ServerFrame;
  /** performance.now() when the socket gave it. */
  at: number;
}

const patience = 10_000;

/** Somebody with the app open: calls the API, hears the socket. */
export class Player {
  readonly heard: Heard[] = [];
  private waiting: (() => void)[] = [];

  private constructor(
    readonly client: Client,
    readonly label: string,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data: Buffer) => {
      const at = performance.now();
      this.heard.push({ frame: JSON.parse(data.toString()) as ServerFrame, at });
      for (const look of this.waiting.splice(0)) look();
    });
  }

  /** Opens the app as a persona. `role` is how the walkthrough calls them. */
  static async signIn(url: string, personaId: string, role: string): Promise<Player> {
    const { status, body } = await new Client(url).post('/auth/persona', { personaId });
    if (status !== 200) {
      throw new Unmet(`进不去：${personaId} 登录得到 ${status}（演示模式开了吗？）`);
    }
    return Player.with(url, body.accessToken, role);
  }

  static async with(url: string, token: string, role: string): Promise<Player> {
    const { status, body: me } = await new Client(url, token).get('/me');
    if (status !== 200) throw new Unmet(`${role}的通行证不管用`);
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const player = new Player(new Client(url, token, me), `${me.name}（${role}）`, socket);
    socket.send(JSON.stringify({ t: 'auth', token }));
    await player.until('登录', (f) => f.t === 'hello', 0);
    return player;
  }

  get thread(): string {
    return this.client.me.household.conversationId;
  }

  /** First frame from position `since` on that fits. @throws Unmet when it does not come in time */
  async until(what: string, want: (f: ServerFrame) => boolean, since: number): Promise<Heard> {
    const end = performance.now() + patience;
    for (;;) {
      const found = this.heard.slice(since).find((h) => want(h.frame));
      if (found) return found;
      const left = end - performance.now();
      if (left <= 0) throw new Unmet(`${this.label}等了 ${patience / 1000} 秒也没收到：${what}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** POST that must succeed; the body and when it was sent. @throws Unmet */
  async post(path: string, body: object): Promise<{ body: any; sentAt: number }> {
    const sentAt = performance.now();
    const answer = await this.client.post(path, { clientId: newClientId(), ...body });
    if (answer.status >= 300) {
      throw new Unmet(`${this.label} POST ${path} 得到 ${answer.status}：${answer.body?.message}`);
    }
    return { body: answer.body, sentAt };
  }

  async get(path: string): Promise<any> {
    const answer = await this.client.get(path);
    if (answer.status !== 200) throw new Unmet(`${this.label} GET ${path} 得到 ${answer.status}`);
    return answer.body;
  }

  close(): void {
    this.socket.terminate();
  }
}

/** Cards a frame brings. */
export const cardsOf = (f: ServerFrame): Card[] =>
  f.t === 'message' ? f.cards : f.t === 'card' ? [f.card] : [];

export const expectThat = (ok: unknown, otherwise: string): void => {
  if (!ok) throw new Unmet(otherwise);
};
