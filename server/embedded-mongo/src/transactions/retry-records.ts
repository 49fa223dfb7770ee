import { latin1 } from '../bson/slices';
import { Int32, Long } from 'bson';
import { decodeDocument } from '../bson/decode';
import { encodeDocument } from '../bson/encode';
import type { Document } from '../bson/types';
import { RawDocument } from '../bson/types';
import { toDouble } from '../bson/numbers';
import type { LmdbStore } from '../storage/lmdb-store';
import type { WriteSet } from '../storage/write-set';

/** Consecutive statements of a retryable write that were carried out with the same outcome. */
export interface ExecutedStatements {
  /** First and last statement id. */
  readonly from: number;
  to: number;
  /** Documents an update changed: 0 or 1. */
  readonly modified: number;
  /** The _id an upsert inserted, wrapped because null is one, too. */
  readonly upserted: { readonly id: unknown } | undefined;
}

/** The outcome of a session's last numbered write or transaction. */
export interface RetryRecord {
  readonly number: bigint;
  /** What a findAndModify answered. */
  readonly reply: Document | undefined;
  readonly statements: readonly ExecutedStatements[];
  /** The number belonged to a transaction, which has been committed. */
  readonly committed: boolean;
}

const MAX_CACHED = 5000;
const KEEP_MS = 60 * 60 * 1000;

/** What retryable writes and commits did, persisted in the same commit as the write itself. */
export class RetryRecords {
  private readonly cache = new Map<string, RetryRecord>();

  constructor(
    private readonly store: LmdbStore,
    private readonly clock: () => number,
  ) {}

  /** @param session the 16 bytes of the session id as a latin1 string. */
  get(session: string): RetryRecord | undefined {
    const cached = this.cache.get(session);
    if (cached) return cached;
    const stored = this.store.get('retry', Buffer.from(session, 'latin1'));
    if (!stored) return undefined;
    const record = decodeRecord(stored);
    this.remember(session, record);
    return record;
  }

  put(set: WriteSet, session: string, record: RetryRecord): void {
    const key = Buffer.from(session, 'latin1');
    set.putSide('retry', key, encodeRecord(record, this.clock()));
    this.remember(session, record);
  }

  putCommitted(set: WriteSet, session: string, number: bigint): void {
    this.put(set, session, { number, reply: undefined, statements: [], committed: true });
  }

  /** Notes that the session has come to this number, though nothing has been written with it. */
  advance(session: string, number: bigint): void {
    this.remember(session, { number, reply: undefined, statements: [], committed: false });
  }

  private remember(session: string, record: RetryRecord): void {
    this.cache.delete(session);
    this.cache.set(session, record);
    if (this.cache.size > MAX_CACHED) this.cache.delete(this.cache.keys().next().value!);
  }

  /** Forgets what memory knows beyond the disk (after a failed commit). */
  clear(): void {
    this.cache.clear();
  }

  /** Removes records of sessions that have expired. */
  prune(set: WriteSet): void {
    const oldest = this.clock() - KEEP_MS;
    const everything = [Buffer.from([0]), Buffer.alloc(20, 255)] as const;
    for (const { key, value } of this.store.range('retry', ...everything)) {
      const { t } = decodeDocument(value);
      if (toDouble(t) >= oldest) continue;
      set.putSide('retry', key, null);
      this.cache.delete(latin1(key));
    }
  }
}

function encodeRecord(record: RetryRecord, time: number): Buffer {
  const { number, reply, statements, committed } = record;
  return encodeDocument({
    n: Long.fromBigInt(number),
    t: time,
    c: committed || undefined,
    r: reply && new RawDocument(encodeDocument(reply)),
    s: statements.map(({ from, to, modified, upserted }) => ({
      f: new Int32(from),
      t: new Int32(to),
      m: new Int32(modified),
      ...(upserted ? { u: upserted.id } : {}),
    })),
  });
}

function decodeRecord(stored: Buffer): RetryRecord {
  const doc = decodeDocument(stored);
  const statements = (doc.s ?? []) as Document[];
  return {
    number: (doc.n as Long).toBigInt(),
    reply: doc.r as Document | undefined,
    statements: statements.map((run) => ({
      from: toDouble(run.f),
      to: toDouble(run.t),
      modified: toDouble(run.m),
      upserted: 'u' in run ? { id: run.u } : undefined,
    })),
    committed: doc.c === true,
  };
}
