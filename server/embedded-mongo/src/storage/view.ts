import { latin1 } from '../bson/slices';
import type { LmdbStore, Snapshot } from './lmdb-store';
import type { LayeredTree, Pending, WriteSet } from './write-set';

/** What a command may read: layers of pending writes over the stored data. */
export interface View {
  /** Commit number up to which this view sees; an index made later must not be used. */
  readonly asOf: number;
  /** True when the content cannot change while a cursor is open. */
  readonly stable: boolean;
  get(tree: LayeredTree, key: Buffer): Buffer | undefined;
  range(tree: LayeredTree, start: Buffer, end: Buffer, reverse?: boolean): Iterable<Entry>;
}

export interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** The durable data only: what readers outside transactions see. */
export class StoredView implements View {
  readonly stable = true;

  constructor(
    private readonly store: LmdbStore,
    readonly asOf: number,
    private readonly snapshot?: Snapshot,
  ) {}

  get(tree: LayeredTree, key: Buffer): Buffer | undefined {
    return this.store.get(tree, key, this.snapshot);
  }

  range(tree: LayeredTree, start: Buffer, end: Buffer, reverse = false): Iterable<Entry> {
    return this.store.range(tree, start, end, reverse, this.snapshot);
  }
}

/** Pending writes, newest layer first, over a base view. */
export class LayeredView implements View {
  readonly stable = false;

  constructor(
    private readonly layers: readonly WriteSet[],
    private readonly base: View,
    readonly asOf: number,
  ) {}

  get(tree: LayeredTree, key: Buffer): Buffer | undefined {
    const name = latin1(key);
    for (const layer of this.layers) {
      const pending = layer.get(tree, key, name);
      if (pending) return pending.value ?? undefined;
    }
    return this.base.get(tree, key);
  }

  range(tree: LayeredTree, start: Buffer, end: Buffer, reverse = false): Iterable<Entry> {
    const prefix = start.readUInt32BE(0);
    let merged: Pending[] | undefined;
    for (const layer of this.layers) {
      const slice = layer.bucket(tree, prefix)?.slice(start, end);
      if (slice?.length) merged = merged ? mergeLayers(merged, slice) : slice;
    }
    const base = this.base.range(tree, start, end, reverse);
    if (!merged) return base;
    return mergeBase(reverse ? [...merged].reverse() : merged, base, reverse ? -1 : 1);
  }
}

/** Union in key order; where both have a key, `upper` wins. */
function mergeLayers(upper: readonly Pending[], lower: readonly Pending[]): Pending[] {
  const out: Pending[] = [];
  let i = 0;
  let j = 0;
  while (i < upper.length || j < lower.length) {
    const order =
      i >= upper.length ? 1 : j >= lower.length ? -1 : upper[i]!.key.compare(lower[j]!.key);
    if (order <= 0) {
      out.push(upper[i++]!);
      if (order === 0) j++;
    } else out.push(lower[j++]!);
  }
  return out;
}

function* mergeBase(
  pending: readonly Pending[],
  base: Iterable<Entry>,
  direction: 1 | -1,
): Generator<Entry> {
  let i = 0;
  for (const entry of base) {
    let order = -1;
    while (i < pending.length) {
      const next = pending[i]!;
      order = next.key.compare(entry.key) * direction;
      if (order > 0) break;
      i++;
      if (next.value) yield { key: next.key, value: next.value };
      if (order === 0) break;
    }
    if (order !== 0) yield entry;
  }
  for (; i < pending.length; i++) {
    const next = pending[i]!;
    if (next.value) yield { key: next.key, value: next.value };
  }
}
