import { writeConflict } from './errors';
import { Catalog } from './storage/catalog';
import type { Collection } from './storage/catalog';
import { GroupCommit } from './storage/group-commit';
import { documentKey, decodeRid, encodeKey, limitKey } from './storage/keys';
import { LmdbStore } from './storage/lmdb-store';
import type { View } from './storage/view';
import type { WriteUnit } from './storage/writer';
import { RetryRecords } from './transactions/retry-records';
import { SnapshotReads } from './transactions/snapshot-reads';
import type { Transaction } from './transactions/transactions';
import { Transactions } from './transactions/transactions';
import { Oplog } from './oplog/oplog';
import { TURN_UNITS } from './query/work';
import type { WorkLimits } from './query/work';
import type { ReadThread } from './slow/read-thread';
import { Cursors } from './wire/cursors';

export interface EngineOptions {
  readonly dataDir: string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Size the oplog is kept below. */
  readonly oplogBytes: number;
  readonly mapSize?: number | undefined;
  /** Bytes a sort may hold. */
  readonly memoryBytes: number;
  /** Where slow reads are done; without it they are done here. */
  readonly readThread?: ReadThread | undefined;
  readonly firstCursorId?: bigint | undefined;
  /** For a second engine on the same files. */
  readonly readOnly?: boolean;
  /** Told about failed commits and failed background work. */
  readonly onError: (error: Error) => void;
  /** Told when the store has become unusable: only a restart helps. */
  readonly onFatal: (error: Error) => void;
}

/** Everything the commands work on. */
export class Engine {
  readonly store: LmdbStore;
  readonly catalog: Catalog;
  readonly commit: GroupCommit;
  readonly transactions: Transactions;
  readonly retries: RetryRecords;
  readonly oplog: Oplog;
  readonly snapshotReads: SnapshotReads;
  readonly cursors: Cursors;
  readonly clock: () => number;
  readonly limits: WorkLimits;
  readonly readThread: ReadThread | undefined;
  /** Called after each commit that changed documents. */
  readonly changeListeners = new Set<() => void>();
  private readonly dirtyCounts = new Set<Collection>();

  constructor(readonly options: EngineOptions) {
    this.clock = options.clock;
    this.limits = { turn: TURN_UNITS, memory: options.memoryBytes };
    this.readThread = options.readThread;
    this.store = new LmdbStore(options.dataDir, { mapSize: options.mapSize });
    this.catalog = new Catalog(this.store);
    this.oplog = new Oplog(this.store, this.clock, options.oplogBytes);
    this.retries = new RetryRecords(this.store, this.clock);
    this.cursors = new Cursors(this.clock, options.firstCursorId);
    this.transactions = new Transactions(this.store, this.catalog, () => this.commit, this.clock);
    this.commit = new GroupCommit(this.store, {
      beforeWrite: (set, put) => {
        for (const collection of this.dirtyCounts)
          if (this.catalog.get(collection.ns) === collection)
            this.catalog.saveCount(set, collection);
        this.dirtyCounts.clear();
        this.oplog.append(set.events, put);
      },
      flushed: (set) => {
        this.oplog.markDurable(set.events.length);
        this.transactions.noteFlushed(set);
        if (set.events.length) this.tellListeners();
      },
      failed: (error) => this.recover(error),
    });
    if (!options.readOnly) this.dropUnfinished();
    this.snapshotReads = new SnapshotReads(
      this.store,
      this.clock,
      () => this.oplog.durableTime(),
      () => this.commit.flushed,
    );
  }

  /** A stream that cannot read the log must not keep the others, or the writers, from theirs. */
  private tellListeners(): void {
    for (const listener of [...this.changeListeners])
      try {
        listener();
      } catch (error) {
        this.options.onError(error as Error);
      }
  }

  /** After a failed commit: forget everything that is not on disk. */
  private recover(error: Error): void {
    this.options.onError(error);
    if (this.store.broken) {
      this.options.onFatal(
        new Error(`The disk failed and the data cannot be reached any more: ${error.message}`),
      );
      return;
    }
    this.dirtyCounts.clear();
    this.transactions.undoCommits(this.commit.flushed);
    this.retries.clear();
    this.catalog.load();
    this.oplog.load();
    // Last: writers that waited for a transaction run at once and must find what is on disk.
    this.transactions.abortAll();
    this.dropUnfinished();
  }

  private dropUnfinished(): void {
    this.catalog.dropUnfinished(this.commit.set);
    if (!this.commit.set.isEmpty) this.commit.schedule();
  }

  /** Where a write outside transactions goes. Valid until the next event loop turn. */
  batchUnit(): WriteUnit {
    const { set } = this.commit;
    return {
      set,
      view: this.commit.writerView(),
      lock: (tree, key) => this.transactions.checkOutside(tree, key),
      addCount: (collection, delta) => {
        this.dirtyCounts.add(collection);
        set.effect(
          () => (collection.count += delta),
          () => (collection.count -= delta),
        );
      },
      saveCollection: (collection) => this.catalog.save(set, collection),
      ensureCollection: (ns, options) => this.catalog.ensure(set, ns, options),
    };
  }

  /** Where a transaction's writes go. */
  transactionUnit(transaction: Transaction): WriteUnit {
    return {
      set: transaction.set,
      view: transaction.view,
      lock: (tree, key) => this.transactions.lockInside(transaction, tree, key),
      addCount: (collection, delta) =>
        transaction.counts.set(collection, (transaction.counts.get(collection) ?? 0) + delta),
      // Flags only ever widen, so they are saved at once and survive an abort harmlessly.
      saveCollection: (collection) => {
        this.catalog.save(this.commit.set, collection);
        this.commit.schedule();
      },
      ensureCollection: (ns, options) => {
        const existing = this.catalog.get(ns);
        // Somebody else's transaction may yet take it away again.
        if (existing?.hidden && !transaction.created.has(existing)) throw writeConflict();
        if (existing) return existing;
        const made = this.catalog.prepare(this.commit.set, transaction.set, ns, options);
        transaction.created.add(made);
        return made;
      },
    };
  }

  commitTransaction(transaction: Transaction): void {
    this.transactions.commitTransaction(transaction, (collection) =>
      this.dirtyCounts.add(collection),
    );
  }

  /** What a read sees: the transaction's snapshot, or what is on disk. */
  readView(transaction: Transaction | undefined): View {
    return transaction ? transaction.view : this.commit.storedView();
  }

  /** The stored bytes of the document with the given _id. */
  lookUp(ns: string, id: unknown): Buffer | undefined {
    const collection = this.catalog.get(ns);
    const index = collection?.indexes.find((i) => i.name === '_id_');
    if (!collection || !index) return undefined;
    const view = this.commit.storedView();
    const rid = view.get('idx', limitKey(encodeKey(index.id, [id], [1])));
    return rid && view.get('docs', documentKey(collection.id, decodeRid(rid)));
  }

  /** Catches up with what another engine on the same files has committed. */
  refresh(): void {
    this.store.refresh();
    this.catalog.load();
  }

  async close(): Promise<void> {
    await this.readThread?.close();
    this.cursors.closeAll();
    this.transactions.abortAll();
    this.snapshotReads.releaseAll();
    await this.commit.drain();
    await this.store.close();
  }
}
