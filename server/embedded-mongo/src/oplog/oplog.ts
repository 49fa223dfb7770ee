import { Long, Timestamp } from 'bson';
import { decodeDocument } from '../bson/decode';
import { encodeDocument } from '../bson/encode';
import { toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { RawDocument } from '../bson/types';
import type { Put } from '../storage/group-commit';
import type { LmdbStore } from '../storage/lmdb-store';
import type { PendingEvent } from '../storage/write-set';

/** One durable change, in commit order. */
export interface OplogEntry {
  /** Position, 1 for the very first change. */
  readonly seq: number;
  readonly kind: PendingEvent['kind'];
  readonly ns: string;
  /** Milliseconds since the epoch, never decreasing. */
  readonly time: number;
  readonly id: unknown;
  readonly raw: Buffer | undefined;
  readonly updated: Document | undefined;
  readonly removed: readonly string[] | undefined;
  readonly to: string | undefined;
}

/** A marker byte (LMDB refuses keys of zeros only in some versions) and the position. */
function positionKey(seq: number): Buffer {
  const key = Buffer.alloc(9, 1);
  key.writeBigUInt64BE(BigInt(seq), 1);
  return key;
}

const RECENT = 512;
const RECENT_BYTES = 16 * 2 ** 20;
const TRIM_EVERY = 2000;

/** The capped log of changes that change streams read. */
export class Oplog {
  private first = 1;
  /** Entries last written, so that streams that keep up need not read the disk. */
  private recent: OplogEntry[] = [];
  private recentBytes = 0;
  private sinceTrim = 0;
  private lastTime = 0;
  /** Position of the last entry that is on disk. */
  durable = 0;
  private assigned = 0;

  /** @param capBytes size the log is kept below (it may exceed it by a few per cent). */
  constructor(
    private readonly store: LmdbStore,
    private readonly clock: () => number,
    private readonly capBytes: number,
  ) {
    this.load();
  }

  load(): void {
    this.recent = [];
    this.recentBytes = 0;
    this.first = 1;
    this.durable = 0;
    for (const { key } of this.store.range('oplog', positionKey(0), positionKey(2 ** 52))) {
      this.first = Number(key.readBigUInt64BE(1));
      break;
    }
    for (const { key, value } of this.store.range(
      'oplog',
      positionKey(0),
      positionKey(2 ** 52),
      true,
    )) {
      this.durable = Number(key.readBigUInt64BE(1));
      this.lastTime = toDouble(decodeDocument(value).t);
      break;
    }
    this.assigned = this.durable;
  }

  /** The oldest position still known. */
  get oldest(): number {
    return this.first;
  }

  /** Gives the batch's events their positions and writes them with the batch. */
  append(events: readonly PendingEvent[], put: Put): void {
    if (!events.length) return;
    this.lastTime = Math.max(this.lastTime, this.clock());
    for (const event of events) {
      const seq = ++this.assigned;
      const raw = event.kind === 'delete' ? undefined : event.raw;
      put('oplog', positionKey(seq), encodeEntry(event, raw, this.lastTime));
      this.recentBytes += raw?.length ?? 0;
      this.recent.push({
        seq,
        kind: event.kind,
        ns: event.ns,
        time: this.lastTime,
        id: event.id,
        raw,
        updated: event.updated,
        removed: event.removed,
        to: event.to,
      });
    }
    this.sinceTrim += events.length;
    if (this.sinceTrim >= TRIM_EVERY) this.trim(put);
  }

  /** The batch is on disk: streams may see its events. */
  markDurable(count: number): void {
    this.durable += count;
    let drop = this.recent.length > RECENT * 2 ? this.recent.length - RECENT : 0;
    for (let i = 0; i < this.recent.length && this.recent[i]!.seq <= this.durable; i++) {
      if (i >= drop && this.recentBytes <= RECENT_BYTES) break;
      this.recentBytes -= this.recent[i]!.raw?.length ?? 0;
      drop = Math.max(drop, i + 1);
    }
    if (drop) this.recent = this.recent.slice(drop);
  }

  private trim(put: Put): void {
    this.sinceTrim = 0;
    const bytes = this.store.treeBytes('oplog');
    if (bytes <= this.capBytes) return;
    const entries = this.durable - this.first + 1;
    // Twice what is over, so that trimming is rare; what is not yet on disk stays.
    const share = Math.min(0.5, 2 * (1 - this.capBytes / bytes));
    const remove = Math.min(Math.ceil(entries * share), entries - 1, TRIM_EVERY * 4);
    for (let i = 0; i < remove; i++) put('oplog', positionKey(this.first + i), null);
    this.first += Math.max(0, remove);
  }

  /** Durable entries after a position, oldest first. */
  *after(seq: number): Generator<OplogEntry> {
    const [oldest] = this.recent;
    if (oldest && seq >= oldest.seq - 1) {
      for (let i = seq - oldest.seq + 1; i < this.recent.length; i++) {
        const entry = this.recent[i]!;
        if (entry.seq > this.durable) return;
        yield entry;
      }
      return;
    }
    const end = positionKey(this.durable + 1);
    for (const { key, value } of this.store.range('oplog', positionKey(seq + 1), end))
      yield decodeEntry(Number(key.readBigUInt64BE(1)), value);
  }

  /** Position of the last change before a cluster time. */
  positionBefore(time: Timestamp): number {
    const seconds = time.getHighBitsUnsigned();
    const increment = time.getLowBitsUnsigned();
    let position = this.first - 1;
    for (const entry of this.after(position)) {
      const at = Math.floor(entry.time / 1000);
      if (at > seconds || (at === seconds && (entry.seq & 0x7fffffff) >= increment)) break;
      position = entry.seq;
    }
    return position;
  }

  /** The logical time of the last change, for `operationTime`. */
  clusterTime(): Timestamp {
    const time = Math.max(this.lastTime, this.clock());
    return clusterTimeOf(time, this.assigned);
  }
}

/** Seconds and a counter, as MongoDB's cluster times. */
export function clusterTimeOf(time: number, seq: number): Timestamp {
  return new Timestamp({ t: Math.floor(time / 1000), i: seq & 0x7fffffff || 1 });
}

function encodeEntry(event: PendingEvent, raw: Buffer | undefined, time: number): Buffer {
  return encodeDocument({
    k: event.kind,
    ns: event.ns,
    t: Long.fromNumber(time),
    id: event.id,
    o: raw && new RawDocument(raw),
    u: event.updated,
    x: event.removed,
    to: event.to,
  });
}

function decodeEntry(seq: number, value: Buffer): OplogEntry {
  const doc = decodeDocument(value);
  return {
    seq,
    kind: doc.k as PendingEvent['kind'],
    ns: doc.ns as string,
    time: toDouble(doc.t),
    id: doc.id,
    raw: doc.o ? encodeDocument(doc.o as Document) : undefined,
    updated: doc.u as Document | undefined,
    removed: doc.x as string[] | undefined,
    to: doc.to as string | undefined,
  };
}
