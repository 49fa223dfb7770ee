import { connect, type Socket } from 'node:net';
import mongoose from 'mongoose';
import { messageOf } from '../../support/wireMessage';

const { BSON } = mongoose.mongo;

export type Reply = Record<string, unknown> & { ok: number; code?: number; n?: number };

/** A connection without the driver: it hangs up when told to, in the middle of a command. */
export class RawLine {
  private readonly socket: Socket;
  private bytes = Buffer.alloc(0);
  private waiting: { resolve(reply: Reply): void; reject(error: Error): void } | undefined;
  private broken: Error | undefined;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.setNoDelay(true);
    this.socket
      .on('error', (error) => this.fail(error))
      .on('close', () => this.fail(new Error('connection closed')))
      .on('data', (chunk: Buffer) => this.take(chunk));
  }

  private fail(error: Error): void {
    this.broken ??= error;
    this.waiting?.reject(this.broken);
    this.waiting = undefined;
  }

  private take(chunk: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, chunk]);
    if (this.bytes.length < 4 || this.bytes.length < this.bytes.readInt32LE(0)) return;
    const size = this.bytes.readInt32LE(0);
    const reply = BSON.deserialize(this.bytes.subarray(21, size)) as Reply;
    this.bytes = this.bytes.subarray(size);
    this.waiting?.resolve(reply);
    this.waiting = undefined;
  }

  /** Sends a command and waits for the reply, also when that is an error. */
  ask(command: object): Promise<Reply> {
    if (this.broken) return Promise.reject(this.broken);
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(messageOf(command));
    });
  }

  /** Sends a command and hangs up without waiting; resolves when the bytes have left. */
  sendAndHangUp(command: object): Promise<void> {
    return new Promise((resolve) => {
      this.socket.end(messageOf(command), () => {
        this.socket.destroy();
        resolve();
      });
      this.socket.once('error', () => resolve());
    });
  }

  close(): void {
    this.socket.destroy();
  }
}
