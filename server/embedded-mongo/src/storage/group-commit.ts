import type { LmdbStore } from './lmdb-store';
import { LayeredView, StoredView } from './view';
import { WriteSet } from './write-set';
import type { View } from './view';
import type { TreeName } from './lmdb-store';

export type Put = (tree: TreeName, key: Buffer, value: Buffer | null) => void;

/** What the group commit needs from its surroundings. */
export interface CommitHooks {
  /** Last additions to a batch before it is written (counts, oplog entries). */
  beforeWrite(set: WriteSet, put: Put): void;
  /** The batch is on disk. */
  flushed(set: WriteSet): void;
  /** The batch could not be written: nothing of it, nor of later ones, exists. */
  failed(error: Error): void;
}

type Waiter = (error?: Error) => void;

/**
 * Group commit. Write commands run at once against the batch being filled; the batch is written in
 * one LMDB transaction (with one fsync, on LMDB's own thread) as soon as the previous one is done.
 * Replies wait for their batch.
 */
export class GroupCommit {
  private current = new WriteSet(1);
  private currentWaiters: Waiter[] = [];
  private sealed: WriteSet | undefined;
  private sealedWaiters: Waiter[] = [];
  private scheduled = false;
  private idle: (() => void)[] = [];
  /** Number of the last batch on disk. */
  flushed = 0;

  constructor(
    private readonly store: LmdbStore,
    private readonly hooks: CommitHooks,
  ) {}

  /** The batch being filled. */
  get set(): WriteSet {
    return this.current;
  }

  /** What a writer sees: everything decided so far, on disk or not. */
  writerView(): View {
    const layers = this.sealed ? [this.current, this.sealed] : [this.current];
    return new LayeredView(layers, this.storedView(), this.current.number);
  }

  /** What a reader sees: what is on disk. */
  storedView(): StoredView {
    return new StoredView(this.store, this.flushed);
  }

  /** Number of a batch, not yet on disk, that writes the key; 0 when there is none. */
  pendingNumber(tree: 'docs' | 'idx', key: Buffer, name: string): number {
    if (this.current.get(tree, key, name)) return this.current.number;
    if (this.sealed?.get(tree, key, name)) return this.sealed.number;
    return 0;
  }

  /** Calls back once everything decided so far is on disk (at once when it already is). */
  afterFlush(waiter: Waiter): void {
    if (!this.current.isEmpty) {
      this.currentWaiters.push(waiter);
      this.schedule();
    } else if (this.sealed) this.sealedWaiters.push(waiter);
    else waiter();
  }

  /** Resolves when nothing is pending. */
  async drain(): Promise<void> {
    if (this.current.isEmpty && !this.sealed) return;
    this.schedule();
    await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  /** Has the batch written even if nobody waits for it. */
  schedule(): void {
    if (this.scheduled || this.sealed) return;
    this.scheduled = true;
    // One turn of the event loop: every request that already arrived shares the commit.
    setImmediate(() => {
      this.scheduled = false;
      if (!this.sealed && !this.current.isEmpty) this.seal();
    });
  }

  private seal(): void {
    const set = (this.sealed = this.current);
    this.sealedWaiters = this.currentWaiters;
    this.current = new WriteSet(set.number + 1);
    this.currentWaiters = [];
    this.store
      .commit((put) => {
        this.hooks.beforeWrite(set, put);
        for (const tree of ['docs', 'idx'] as const)
          for (const bucket of set.trees[tree].values())
            for (const { key, value } of bucket.entries.values()) put(tree, key, value);
        for (const { tree, key, value } of set.side.values()) put(tree, key, value);
      })
      .then(
        () => this.done(set),
        (error: unknown) => this.fail(error instanceof Error ? error : new Error(String(error))),
      );
  }

  private done(set: WriteSet): void {
    this.flushed = set.number;
    this.sealed = undefined;
    const waiters = this.sealedWaiters;
    this.sealedWaiters = [];
    // The next batch goes to disk while these replies are sent.
    if (!this.current.isEmpty) this.seal();
    this.hooks.flushed(set);
    for (const waiter of waiters) waiter();
    this.settle();
  }

  private fail(error: Error): void {
    const waiters = [...this.sealedWaiters, ...this.currentWaiters];
    this.sealed = undefined;
    this.sealedWaiters = [];
    this.current = new WriteSet(this.current.number + 1);
    this.currentWaiters = [];
    this.hooks.failed(error);
    for (const waiter of waiters) waiter(error);
    this.settle();
  }

  private settle(): void {
    if (this.sealed || !this.current.isEmpty) return;
    const idle = this.idle;
    this.idle = [];
    for (const resolve of idle) resolve();
  }
}
