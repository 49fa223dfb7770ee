import { Worker } from 'node:worker_threads';
import { encodeDocument } from '../bson/encode';
import type { Document } from '../bson/types';

/** What the thread is started with. */
export interface ReadThreadData {
  readonly dataDir: string;
  readonly mapSize: number | undefined;
  readonly memoryBytes: number;
}

/** A command for the thread. `now` is the engine's clock, so that `$$NOW` is everybody's. */
export interface ReadJob {
  readonly job: number;
  readonly body: Uint8Array;
  readonly now: number;
}

export interface ReadJobDone {
  readonly job: number;
  readonly reply: Uint8Array;
}

/** Cursor ids from here on belong to the thread. */
export const THREAD_CURSORS = 1n << 62n;

export const isThreadCursor = (id: bigint): boolean => id >= THREAD_CURSORS;

interface Waiting {
  readonly resolve: (reply: Buffer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A second thread for reads that take long. It opens the same LMDB files (readers never wait for
 * the writer there) and runs the ordinary commands, one after the other; the main thread meanwhile
 * serves everybody else. Started when first needed.
 */
export class ReadThread {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private nextJob = 1;

  /** @param script the built `read-worker`. */
  constructor(
    private readonly script: URL,
    private readonly data: ReadThreadData,
    private readonly clock: () => number,
  ) {}

  /** Runs a command there. @returns its reply, encoded; errors of the command are replies, too. */
  run(body: Document): Promise<Buffer> {
    const worker = (this.worker ??= this.start());
    const job = this.nextJob++;
    // A copy with a buffer of its own: what is handed over is gone here.
    const bytes = new Uint8Array(encodeDocument(body));
    return new Promise<Buffer>((resolve, reject) => {
      this.waiting.set(job, { resolve, reject });
      const message: ReadJob = { job, body: bytes, now: this.clock() };
      worker.postMessage(message, [bytes.buffer]);
    });
  }

  /** Closes cursors that live there. */
  killCursors(ids: readonly unknown[], db: string): void {
    if (this.worker) this.run({ killCursors: '', cursors: ids, $db: db }).catch(() => undefined);
  }

  private start(): Worker {
    const worker = new Worker(this.script, { workerData: this.data });
    worker.on('message', ({ job, reply }: ReadJobDone) => {
      const waiting = this.waiting.get(job);
      this.waiting.delete(job);
      waiting?.resolve(Buffer.from(reply.buffer, reply.byteOffset, reply.byteLength));
    });
    worker.on('error', (error) => this.lost(worker, error));
    worker.on('exit', () => this.lost(worker, new Error('the read thread has ended')));
    worker.unref();
    return worker;
  }

  /** What it was doing fails; the next slow read starts a new one. */
  private lost(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  async close(): Promise<void> {
    const worker = this.worker;
    this.worker = undefined;
    for (const { reject } of this.waiting.values()) reject(new Error('the database is closing'));
    this.waiting.clear();
    await worker?.terminate();
  }
}
