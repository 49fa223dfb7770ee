import { Long } from 'bson';
import { toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { RawArray } from '../bson/types';
import { MongoError } from '../errors';
import type { ChangeStream } from '../oplog/change-stream';
import type { Work } from '../query/work';

const FIRST_BATCH = 101;
const MAX_BATCH_BYTES = 16_000_000;
const IDLE_MS = 10 * 60 * 1000;

/** A cursor with more to give. */
interface OpenCursor {
  readonly ns: string;
  /** Remaining documents, or a change stream. */
  readonly source: Iterator<Buffer> | ChangeStream;
  /** A document read ahead to know whether there is more. */
  ahead: Buffer | undefined;
  session: string | undefined;
  lastUsed: number;
  /** What its reading costs, so that one batch does not take everybody's time. */
  readonly work: Work | undefined;
}

/** Open cursors by id. */
export class Cursors {
  private readonly open = new Map<bigint, OpenCursor>();
  private nextId: bigint;

  /** @param firstId ids count up from here; by default from a number no earlier run has used. */
  constructor(
    private readonly clock: () => number,
    firstId = BigInt(Date.now()) * 1000n,
  ) {
    this.nextId = firstId;
  }

  /** The first batch of a result as the `cursor` field of a reply. */
  first(ns: string, documents: Iterable<Buffer>, options: CursorOptions = {}): Document {
    const iterator = documents[Symbol.iterator]();
    const size = options.batchSize ?? FIRST_BATCH;
    const { batch, ahead, done } = take(iterator, undefined, size, undefined);
    let id = 0n;
    if (!done && !options.singleBatch) {
      id = this.nextId++;
      this.open.set(id, {
        ns,
        source: iterator,
        ahead,
        session: options.session,
        lastUsed: this.clock(),
        work: options.work,
      });
    } else iterator.return?.();
    return { firstBatch: new RawArray(batch), id: Long.fromBigInt(id), ns };
  }

  /** Opens a change stream cursor. */
  stream(stream: ChangeStream): Document {
    const id = this.nextId++;
    this.open.set(id, {
      ns: stream.ns,
      source: stream,
      ahead: undefined,
      session: undefined,
      lastUsed: this.clock(),
      work: undefined,
    });
    return {
      firstBatch: new RawArray([]),
      postBatchResumeToken: stream.resumeToken,
      id: Long.fromBigInt(id),
      ns: stream.ns,
    };
  }

  /** @throws CursorNotFound 43 */
  get(id: bigint): OpenCursor {
    const cursor = this.open.get(id);
    if (!cursor) throw new MongoError(43, 'CursorNotFound', `cursor id ${id} not found`);
    cursor.lastUsed = this.clock();
    return cursor;
  }

  has(id: bigint): boolean {
    return this.open.has(id);
  }

  /**
   * The next batch of an ordinary cursor. It may be short or empty though more will come: a cursor
   * that looks at much and finds little gives others their turn.
   */
  next(id: bigint, batchSize: number | undefined): Document {
    const cursor = this.get(id);
    const iterator = cursor.source as Iterator<Buffer>;
    cursor.work?.nextTurn();
    const size = batchSize || Infinity;
    const { batch, ahead, done } = take(iterator, cursor.ahead, size, cursor.work);
    cursor.ahead = ahead;
    if (done) this.open.delete(id);
    return {
      nextBatch: new RawArray(batch),
      id: Long.fromBigInt(done ? 0n : id),
      ns: cursor.ns,
    };
  }

  /** Closes a cursor. @returns false when there is none. */
  kill(id: bigint): boolean {
    const cursor = this.open.get(id);
    if (!cursor) return false;
    if ('return' in cursor.source) cursor.source.return?.();
    return this.open.delete(id);
  }

  killSession(session: string): void {
    for (const [id, cursor] of this.open) if (cursor.session === session) this.kill(id);
  }

  /** Closes cursors nobody has asked for in ten minutes. */
  expire(): void {
    const oldest = this.clock() - IDLE_MS;
    for (const [id, cursor] of this.open) if (cursor.lastUsed < oldest) this.kill(id);
  }

  closeAll(): void {
    for (const id of [...this.open.keys()]) this.kill(id);
  }
}

export interface CursorOptions {
  batchSize?: number | undefined;
  singleBatch?: boolean | undefined;
  /** Transaction's session: its cursors go with it. */
  session?: string | undefined;
  work?: Work | undefined;
}

function take(
  iterator: Iterator<Buffer>,
  first: Buffer | undefined,
  size: number,
  work: Work | undefined,
): { batch: Buffer[]; ahead: Buffer | undefined; done: boolean } {
  const batch: Buffer[] = [];
  let bytes = 0;
  let next = first;
  for (;;) {
    if (!next) {
      const step = iterator.next();
      if (step.done) return { batch, ahead: undefined, done: true };
      // An empty document is the mark of a pause.
      if (!step.value.length) return { batch, ahead: undefined, done: false };
      next = step.value;
    }
    if (
      batch.length >= size ||
      (batch.length && (bytes + next.length > MAX_BATCH_BYTES || work?.tired))
    )
      return { batch, ahead: next, done: false };
    batch.push(next);
    bytes += next.length;
    next = undefined;
  }
}

/** Cursor ids travel as int64. */
export function cursorId(value: unknown): bigint {
  return typeof value === 'object' && value !== null && 'toBigInt' in value
    ? (value as Long).toBigInt()
    : BigInt(toDouble(value));
}
