import { latin1 } from '../bson/slices';
import { Long } from 'bson';
import { decodeDocument } from '../bson/decode';
import { encodeDocument } from '../bson/encode';
import type { Document } from '../bson/types';
import { RawDocument } from '../bson/types';
import { toDouble } from '../bson/numbers';
import type { LmdbStore } from '../storage/lmdb-store';
import type { WriteSet } from '../storage/write-set';

/** The outcome of a session's last numbered write. */
export interface RetryRecord {
  readonly number: bigint;
  /** The reply to give again; undefined when the number belonged to a transaction. */
  readonly reply: Document | undefined;
  readonly committed: boolean;
}

const MAX_CACHED = 5000;
const KEEP_MS = 60 * 60 * 1000;

/** What retryable writes and commits answered, persisted in the same commit as the write itself. */
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
    const doc = decodeDocument(stored);
    const record: RetryRecord = {
      number: (doc.n as Long).toBigInt(),
      reply: doc.r as Document | undefined,
      committed: doc.c === true,
    };
    this.remember(session, record);
    return record;
  }

  put(set: WriteSet, session: string, number: bigint, reply: Document | undefined): void {
    const raw = reply && encodeDocument(reply);
    const doc = {
      n: Long.fromBigInt(number),
      t: this.clock(),
      c: reply === undefined ? true : undefined,
      r: raw && new RawDocument(raw),
    };
    set.putSide('retry', Buffer.from(session, 'latin1'), encodeDocument(doc));
    this.remember(session, { number, reply, committed: reply === undefined });
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
