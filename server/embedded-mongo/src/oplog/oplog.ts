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
export interface OplogEntry extends PendingEvent {
  /** Position, 1 for the very first change. */
  readonly seq: number;
  /** Milliseconds since the epoch, never decreasing. */
  readonly time: number;
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
  /** Looked at with the first change, too: short lives must not let the log grow for ever. */
  private sinceTrim = TRIM_EVERY;
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
      put('oplog', positionKey(seq), encodeEntry(event, this.lastTime));
      this.recentBytes += bytesOf(event);
      this.recent.push({ ...event, seq, time: this.lastTime });
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
      this.recentBytes -= bytesOf(this.recent[i]!);
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
    return clusterTimeOf(this.now(), this.assigned);
  }

  /** The logical time of the last change on disk. */
  durableTime(): Timestamp {
    return clusterTimeOf(this.now(), this.durable);
  }

  /** The clock, which may be set back, never going back. */
  private now(): number {
    this.lastTime = Math.max(this.lastTime, this.clock());
    return this.lastTime;
  }

  /** The entry at a position, if it is on disk and still there. */
  at(seq: number): OplogEntry | undefined {
    for (const entry of this.after(seq - 1)) return entry.seq === seq ? entry : undefined;
    return undefined;
  }
}

/** Seconds and a counter, as MongoDB's cluster times. */
export function clusterTimeOf(time: number, seq: number): Timestamp {
  return new Timestamp({ t: Math.floor(time / 1000), i: seq & 0x7fffffff || 1 });
}

/** Database and collection of a namespace. */
export function splitNamespace(ns: string): { db: string; coll?: string } {
  const dot = ns.indexOf('.');
  return dot < 0 ? { db: ns } : { db: ns.slice(0, dot), coll: ns.slice(dot + 1) };
}

const bytesOf = ({ raw, before, after }: PendingEvent): number =>
  (raw?.length ?? 0) + (before?.length ?? 0) + (after?.length ?? 0);

const embedded = (raw: Buffer | undefined) => raw && new RawDocument(raw);

function encodeEntry(event: PendingEvent, time: number): Buffer {
  return encodeDocument({
    k: event.kind,
    ns: event.ns,
    ui: event.uuid,
    t: Long.fromNumber(time),
    id: event.id,
    o: embedded(event.raw),
    u: event.updated,
    x: event.removed,
    ta: event.truncated?.length ? event.truncated : undefined,
    dp: event.disambiguated,
    b: embedded(event.before),
    a: embedded(event.after),
    to: event.to,
    d: event.description,
  });
}

/** Fields that hold whole documents, which stay encoded. */
const documentBytes = (value: unknown) => (value ? encodeDocument(value as Document) : undefined);

function decodeEntry(seq: number, value: Buffer): OplogEntry {
  const doc = decodeDocument(value);
  const entry = {
    seq,
    kind: doc.k,
    ns: doc.ns,
    uuid: doc.ui,
    time: toDouble(doc.t),
    id: doc.id,
    raw: documentBytes(doc.o),
    updated: doc.u,
    removed: doc.x,
    truncated: doc.ta,
    disambiguated: doc.dp,
    before: documentBytes(doc.b),
    after: documentBytes(doc.a),
    to: doc.to,
    description: doc.d,
  };
  return entry as OplogEntry;
}
