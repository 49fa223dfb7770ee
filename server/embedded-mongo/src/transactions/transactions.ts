import { latin1 } from '../bson/slices';
import { MongoError, noSuchTransaction, writeConflict } from '../errors';
import type { Catalog, Collection } from '../storage/catalog';
import type { GroupCommit } from '../storage/group-commit';
import type { LmdbStore, Snapshot } from '../storage/lmdb-store';
import { LayeredView, StoredView } from '../storage/view';
import type { View } from '../storage/view';
import { WriteSet } from '../storage/write-set';
import { numberOfTransaction, numberTaken, tooOld } from './number-errors';

/** Thrown by a write outside transactions that must wait until `transaction` has ended. */
export class WaitForTransaction extends Error {
  constructor(readonly transaction: Transaction) {
    super('waiting for a transaction');
  }
}

/** An open (or just ended) multi-document transaction of one session. */
export class Transaction {
  readonly set = new WriteSet();
  readonly counts = new Map<Collection, number>();
  /** Collections whose index flags changed. */
  readonly touched = new Set<Collection>();
  readonly locked: string[] = [];
  /** Collections it has made, which nobody else sees before it commits. */
  readonly created = new Set<Collection>();
  /** Number of the batch it was committed with. */
  committedWith = 0;
  /** What to do when it has ended: writers outside that wait for its documents. */
  readonly waiters: (() => void)[] = [];
  state: 'open' | 'committed' | 'aborted' = 'open';
  readonly view: View;

  constructor(
    readonly session: string,
    readonly number: bigint,
    readonly asOf: number,
    readonly startedAt: number,
    readonly snapshot: Snapshot,
    store: LmdbStore,
  ) {
    this.view = new LayeredView([this.set], new StoredView(store, asOf, snapshot), asOf);
  }
}

/** MongoDB's transactionLifetimeLimitSeconds. */
const LIFETIME_MS = 60_000;

/**
 * Snapshot isolation: a transaction reads the data as of its start plus its own writes, and claims
 * what it writes. First writer wins; everybody else gets a WriteConflict (inside a transaction) or
 * waits (outside).
 */
export class Transactions {
  private readonly bySession = new Map<string, Transaction>();
  private readonly open = new Set<Transaction>();
  private readonly locks = new Map<string, Transaction>();
  /** Commit number of the last write to a key, kept while transactions are open. */
  private readonly lastWrite = new Map<string, number>();

  constructor(
    private readonly store: LmdbStore,
    private readonly catalog: Catalog,
    private readonly commit: () => GroupCommit,
    private readonly clock: () => number,
  ) {}

  get(session: string): Transaction | undefined {
    return this.bySession.get(session);
  }

  get openCount(): number {
    return this.open.size;
  }

  /** Starts a transaction; an older open one of the session is aborted. */
  start(session: string, number: bigint): Transaction {
    const previous = this.bySession.get(session);
    if (previous) {
      if (previous.number > number) throw tooOld(number, previous.number);
      if (previous.number === number) throw numberTaken(number, previous.state);
      if (previous.state === 'open') this.abort(previous);
    }
    const { flushed } = this.commit();
    const transaction = new Transaction(
      session,
      number,
      flushed,
      this.clock(),
      this.store.snapshot(),
      this.store,
    );
    this.bySession.set(session, transaction);
    this.open.add(transaction);
    return transaction;
  }

  /**
   * A retryable write takes its session over from an older transaction, which is aborted.
   * @throws TransactionTooOld when the transaction is newer, 217 when it has the same number
   */
  makeWay(session: string, number: bigint): void {
    const found = this.bySession.get(session);
    if (!found) return;
    if (found.number > number) throw tooOld(number, found.number);
    if (found.number === number) throw numberOfTransaction(number);
    if (found.state === 'open') this.abort(found);
  }

  /** The session's open transaction with that number. @throws NoSuchTransaction */
  require(session: string, number: bigint): Transaction {
    const found = this.bySession.get(session);
    if (!found || found.number !== number || found.state === 'aborted')
      throw noSuchTransaction(
        `Given transaction number ${number} does not match any in-progress transactions.`,
      );
    if (found.state === 'committed')
      throw new MongoError(
        256,
        'TransactionCommitted',
        `Transaction with { txnNumber: ${number} } has been committed.`,
      );
    return found;
  }

  /** Claims a key for a write inside a transaction. @throws WriteConflict */
  lockInside(transaction: Transaction, tree: 'docs' | 'idx', key: Buffer): void {
    const name = latin1(key);
    const lock = tree + name;
    const holder = this.locks.get(lock);
    if (holder === transaction) return;
    if (holder) throw writeConflict();
    const pending = this.commit().pendingNumber(tree, key, name);
    const written = Math.max(pending, this.lastWrite.get(lock) ?? 0);
    if (written > transaction.asOf) throw writeConflict();
    this.locks.set(lock, transaction);
    transaction.locked.push(lock);
  }

  /** Checks a key for a write outside transactions. @throws WaitForTransaction */
  checkOutside(tree: 'docs' | 'idx', key: Buffer): void {
    if (this.locks.size === 0) return;
    const holder = this.locks.get(tree + latin1(key));
    if (holder) throw new WaitForTransaction(holder);
  }

  /** An open transaction that has written to the collection, if any (for DDL to wait for). */
  writerOf(collection: Collection): Transaction | undefined {
    for (const transaction of this.open) {
      if (transaction.created.has(collection)) return transaction;
      if (transaction.set.bucket('docs', collection.id)) return transaction;
      for (const event of transaction.set.events)
        if (event.ns === collection.ns) return transaction;
    }
    return undefined;
  }

  /** Moves the transaction's writes into the commit batch; durable when that is. */
  commitTransaction(transaction: Transaction, save: (collection: Collection) => void): void {
    const { set } = this.commit();
    transaction.committedWith = set.number;
    for (const collection of transaction.created) this.catalog.reveal(set, collection);
    set.absorb(transaction.set);
    for (const [collection, delta] of transaction.counts) {
      collection.count += delta;
      save(collection);
    }
    this.end(transaction, 'committed');
  }

  abort(transaction: Transaction): void {
    if (transaction.state === 'open') this.end(transaction, 'aborted');
  }

  private end(transaction: Transaction, state: 'committed' | 'aborted'): void {
    transaction.state = state;
    if (state === 'aborted')
      for (const collection of transaction.created) this.catalog.forgetHidden(collection);
    this.open.delete(transaction);
    for (const lock of transaction.locked) this.locks.delete(lock);
    transaction.snapshot.release();
    if (this.open.size === 0) this.lastWrite.clear();
    for (const waiter of transaction.waiters.splice(0)) waiter();
  }

  /** Remembers what a flushed batch wrote, for transactions that started before it. */
  noteFlushed(set: WriteSet): void {
    if (this.open.size === 0) return;
    for (const tree of ['docs', 'idx'] as const)
      for (const bucket of set.trees[tree].values())
        for (const name of bucket.entries.keys()) this.lastWrite.set(tree + name, set.number);
  }

  /** After a failed commit: transactions that were in it, or in later ones, are not committed. */
  undoCommits(flushed: number): void {
    for (const transaction of this.bySession.values())
      if (transaction.state === 'committed' && transaction.committedWith > flushed)
        transaction.state = 'aborted';
  }

  get openOnes(): Transaction[] {
    return [...this.open];
  }

  /** Sessions that have a transaction, open or just ended. */
  get sessions(): string[] {
    return [...this.bySession.keys()];
  }

  /** Forgets a session, aborting its open transaction. */
  endSession(session: string): void {
    const transaction = this.bySession.get(session);
    if (transaction) this.abort(transaction);
    this.bySession.delete(session);
  }

  abortAll(): void {
    for (const transaction of [...this.open]) this.abort(transaction);
  }

  /** Aborts transactions that outlived the limit and forgets sessions long idle. */
  expire(): void {
    const now = this.clock();
    for (const transaction of [...this.open])
      if (now - transaction.startedAt > LIFETIME_MS) this.abort(transaction);
    for (const [session, transaction] of this.bySession)
      if (transaction.state !== 'open' && now - transaction.startedAt > 30 * LIFETIME_MS)
        this.bySession.delete(session);
  }
}
