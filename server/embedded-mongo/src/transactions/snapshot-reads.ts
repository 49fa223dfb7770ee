import type { Timestamp } from 'bson';
import { bsonType } from '../bson/types';
import { invalidOptions, MongoError, typeMismatch } from '../errors';
import type { LmdbStore, Snapshot } from '../storage/lmdb-store';
import type { View } from '../storage/view';
import { LayeredView, StoredView } from '../storage/view';

/** The data as of one cluster time. */
export interface SnapshotRead {
  readonly atClusterTime: Timestamp;
  readonly view: View;
}

interface Held extends SnapshotRead {
  readonly snapshot: Snapshot;
  readonly takenAt: number;
}

const keyOf = (time: Timestamp) => `${time.high}.${time.low}`;

/** MongoDB's minSnapshotHistoryWindowInSeconds. */
const KEEP_MS = 300_000;
/** Each keeps LMDB from reusing the pages replaced since. */
const MAX_HELD = 64;

/**
 * Snapshots for reads with read concern `snapshot` outside transactions. The first such read of a
 * client takes one and is told its cluster time; later reads ask for that time.
 */
export class SnapshotReads {
  private readonly held = new Map<string, Held>();

  /**
   * @param now the cluster time of the newest change on disk
   * @param flushed number of the last commit on disk
   */
  constructor(
    private readonly store: LmdbStore,
    private readonly clock: () => number,
    private readonly now: () => Timestamp,
    private readonly flushed: () => number,
  ) {}

  /** The snapshot of a time handed out before, a new one when none is given. @throws SnapshotTooOld 239 */
  at(time: unknown): SnapshotRead {
    const now = this.now();
    if (time === undefined) return this.held.get(keyOf(now)) ?? this.take(now);
    if (bsonType(time) !== 'Timestamp') throw typeMismatch("'atClusterTime' must be a timestamp");
    const wanted = time as Timestamp;
    const held = this.held.get(keyOf(wanted));
    if (held) return held;
    if (wanted.equals(now)) return this.take(now);
    if (wanted.greaterThan(now))
      throw invalidOptions(
        "readConcern 'atClusterTime' value must not be greater than the current clusterTime",
      );
    throw new MongoError(
      239,
      'SnapshotTooOld',
      'Read timestamp is older than the oldest available timestamp.',
    );
  }

  private take(atClusterTime: Timestamp): Held {
    this.expire();
    const snapshot = this.store.snapshot();
    const asOf = this.flushed();
    // A layered view is not "stable": cursors copy what they will return, the snapshot may go.
    const view = new LayeredView([], new StoredView(this.store, asOf, snapshot), asOf);
    const held = { atClusterTime, view, snapshot, takenAt: this.clock() };
    this.held.set(keyOf(atClusterTime), held);
    return held;
  }

  /** Lets go of snapshots older than five minutes, and of the oldest when there are too many. */
  expire(): void {
    const oldest = this.clock() - KEEP_MS;
    for (const [key, held] of this.held)
      if (held.takenAt < oldest || this.held.size >= MAX_HELD) this.release(key, held);
  }

  private release(key: string, held: Held): void {
    held.snapshot.release();
    this.held.delete(key);
  }

  releaseAll(): void {
    for (const [key, held] of this.held) this.release(key, held);
  }
}
