import { latin1 } from '../bson/slices';
import type { Binary } from 'bson';
import type { Document } from '../bson/types';

/** The two trees that writers must read their own pending writes from. */
export type LayeredTree = 'docs' | 'idx';

/** A pending put (`value`) or removal (`value === null`). */
export interface Pending {
  readonly key: Buffer;
  readonly value: Buffer | null;
}

/** Pending writes below one 4-byte prefix (a collection or an index). */
class Bucket {
  readonly entries = new Map<string, Pending>();
  private sorted: string[] | null = null;

  set(name: string, pending: Pending): void {
    if (this.sorted && !this.entries.has(name)) this.sorted = null;
    this.entries.set(name, pending);
  }

  delete(name: string): void {
    if (this.entries.delete(name)) this.sorted = null;
  }

  /** Entries with start <= key < end, in key order. */
  slice(start: Buffer, end: Buffer): Pending[] {
    this.sorted ??= [...this.entries.keys()].sort();
    const names = this.sorted;
    const last = latin1(end);
    const out: Pending[] = [];
    for (let i = lowerBound(names, latin1(start)); i < names.length; i++) {
      if (names[i]! >= last) break;
      out.push(this.entries.get(names[i]!)!);
    }
    return out;
  }
}

function lowerBound(names: readonly string[], wanted: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (names[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A change that will become an oplog entry once its place in the oplog is known. */
export interface PendingEvent {
  readonly kind:
    | 'insert'
    | 'update'
    | 'replace'
    | 'delete'
    | 'drop'
    | 'dropDatabase'
    | 'rename'
    | 'create'
    | 'createIndexes'
    | 'dropIndexes'
    | 'modify';
  readonly ns: string;
  /** The collection's. */
  readonly uuid?: Binary | undefined;
  readonly id?: unknown;
  /** Encoded document (insert, replace). */
  readonly raw?: Buffer;
  readonly updated?: Document;
  readonly removed?: readonly string[];
  /** Arrays that were only shortened, with their new lengths. */
  readonly truncated?: readonly { readonly field: string; readonly newSize: number }[];
  /** Paths of an update that can be read in two ways, as the field names and positions they mean. */
  readonly disambiguated?: Document | undefined;
  /** The document before (update, replace, delete) and after (update), where pre-images are kept. */
  readonly before?: Buffer | undefined;
  readonly after?: Buffer | undefined;
  readonly to?: string;
  /** Details of a change to the collection itself. */
  readonly description?: Document;
}

/** Plain puts of the trees nobody reads through the overlay. */
export interface SidePut {
  readonly tree: 'cat' | 'retry';
  readonly key: Buffer;
  readonly value: Buffer | null;
}

/**
 * Writes that are decided but not yet durable: those of the commit batch being filled, or those of
 * an open transaction. Within a batch, the effects of the statement at work can be rolled back.
 */
export class WriteSet {
  readonly trees: Record<LayeredTree, Map<number, Bucket>> = { docs: new Map(), idx: new Map() };
  readonly events: PendingEvent[] = [];
  readonly side = new Map<string, SidePut>();
  private readonly undo: (() => void)[] = [];

  /** @param number place in the order of commits; 0 for a transaction's set. */
  constructor(public number = 0) {}

  get isEmpty(): boolean {
    return (
      this.trees.docs.size === 0 &&
      this.trees.idx.size === 0 &&
      this.side.size === 0 &&
      this.events.length === 0
    );
  }

  bucket(tree: LayeredTree, prefix: number): Bucket | undefined {
    return this.trees[tree].get(prefix);
  }

  get(tree: LayeredTree, key: Buffer, name: string): Pending | undefined {
    return this.trees[tree].get(key.readUInt32BE(0))?.entries.get(name);
  }

  put(tree: LayeredTree, key: Buffer, value: Buffer | null): void {
    const prefix = key.readUInt32BE(0);
    let bucket = this.trees[tree].get(prefix);
    if (!bucket) this.trees[tree].set(prefix, (bucket = new Bucket()));
    const name = latin1(key);
    const before = bucket.entries.get(name);
    bucket.set(name, { key, value });
    this.undo.push(() => (before ? bucket.set(name, before) : bucket.delete(name)));
  }

  putSide(tree: SidePut['tree'], key: Buffer, value: Buffer | null): void {
    this.side.set(tree + latin1(key), { tree, key, value });
  }

  event(event: PendingEvent): void {
    this.events.push(event);
    this.undo.push(() => this.events.pop());
  }

  /** Runs `action` now and `undo` if the statement is rolled back. */
  effect(action: () => void, undo: () => void): void {
    action();
    this.undo.push(undo);
  }

  /** From here on a rollback undoes; what came before is settled. */
  beginStatement(): void {
    this.undo.length = 0;
  }

  rollbackStatement(): void {
    while (this.undo.length) this.undo.pop()!();
  }

  /** Takes over all writes of a committing transaction. */
  absorb(other: WriteSet): void {
    for (const tree of ['docs', 'idx'] as const)
      for (const bucket of other.trees[tree].values())
        for (const pending of bucket.entries.values()) this.put(tree, pending.key, pending.value);
    for (const event of other.events) this.events.push(event);
    for (const [name, put] of other.side) this.side.set(name, put);
    this.undo.length = 0;
  }
}
