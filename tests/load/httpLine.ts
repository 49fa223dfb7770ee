import { connect, type Socket } from 'node:net';

/**
 * One keep-alive connection, one request at a time, nothing parsed that is not needed: the load
 * generator shares the machine with what it measures, so it must cost as little as possible.
 */
export class HttpLine {
  private socket?: Socket;
  private buffer = '';
  private settle?: { resolve: (status: number) => void; reject: (e: Error) => void };

  constructor(
    private readonly host: string,
    private readonly port: number,
  ) {}

  static to(url: string): HttpLine {
    const { hostname, port } = new URL(url);
    return new HttpLine(hostname, Number(port));
  }

  /** @returns the status once the whole reply has come */
  async post(path: string, body: string, token = ''): Promise<number> {
    try {
      return await this.once(path, body, token);
    } catch {
      // The server hangs up on connections that idle; acts carry their own key, so again is safe.
      this.close();
      return this.once(path, body, token);
    }
  }

  private once(path: string, body: string, token: string): Promise<number> {
    const socket = (this.socket ??= this.open());
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: ${this.host}\r\nauthorization: Bearer ${token}\r\n` +
          `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
  }

  close(): void {
    const socket = this.socket;
    this.socket = undefined;
    socket?.destroy();
    this.buffer = '';
  }

  private open(): Socket {
    const socket = connect(this.port, this.host).setNoDelay(true);
    // Lengths are in bytes: keep one character a byte.
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      this.buffer += chunk;
      this.look();
    });
    const broke = (why: string) => (): void => {
      // An old socket may close when its successor is already at work.
      if (this.socket !== socket) return;
      this.socket = undefined;
      this.settle?.reject(new Error(why));
    };
    socket.once('error', broke('connection broke'));
    socket.once('close', broke('connection closed'));
    return socket;
  }

  private look(): void {
    const end = this.buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(this.buffer.slice(0, end))?.[1] ?? 0);
    if (this.buffer.length < end + 4 + length) return;
    const status = Number(this.buffer.slice(9, 12));
    this.buffer = this.buffer.slice(end + 4 + length);
    const settle = this.settle;
    this.settle = undefined;
    settle?.resolve(status);
  }
}
