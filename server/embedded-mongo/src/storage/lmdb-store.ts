import { open } from 'lmdb';
import type { Database, RootDatabase, Transaction } from 'lmdb';
import type { LayeredTree } from './write-set';

export type TreeName = LayeredTree | 'cat' | 'oplog' | 'retry';
type Tree = Database<Buffer, Buffer>;

/** A fixed view of the data as of one commit; `release` lets LMDB reuse the old pages. */
export interface Snapshot {
  readonly transaction: Transaction;
  release(): void;
}

/** The LMDB environment: five trees with binary keys and values, group commit with fsync. */
export class LmdbStore {
  private readonly env: RootDatabase<Buffer, Buffer>;
  private readonly trees: Record<TreeName, Tree>;

  /** @param folder exists and is writable; `lockFolder` has seen to that. */
  constructor(folder: string, mapSize = 64 * 2 ** 30) {
    const encodings = { keyEncoding: 'binary', encoding: 'binary', cache: false } as const;
    this.env = open<Buffer, Buffer>({
      path: folder,
      ...encodings,
      noSubdir: false,
      // Without this a commit would be acknowledged before its fsync.
      overlappingSync: false,
      maxDbs: 8,
      maxReaders: 1024,
      mapSize,
      compression: false,
    });
    const tree = (name: string): Tree => this.env.openDB(name, encodings);
    this.trees = {
      docs: tree('docs'),
      idx: tree('idx'),
      cat: tree('cat'),
      oplog: tree('oplog'),
      retry: tree('retry'),
    };
  }

  get(tree: TreeName, key: Buffer, snapshot?: Snapshot): Buffer | undefined {
    return this.trees[tree].get(key, snapshot && { transaction: snapshot.transaction });
  }

  /** Entries with start <= key < end, backwards when `reverse`. */
  range(
    tree: TreeName,
    start: Buffer,
    end: Buffer,
    reverse = false,
    snapshot?: Snapshot,
  ): Iterable<{ key: Buffer; value: Buffer }> {
    const bounds = reverse
      ? { start: end, exclusiveStart: true, end: start, inclusiveEnd: true, reverse: true }
      : { start, end };
    return this.trees[tree].getRange(
      snapshot ? { ...bounds, transaction: snapshot.transaction } : bounds,
    );
  }

  snapshot(): Snapshot {
    const transaction = this.env.useReadTransaction();
    let open = true;
    return {
      transaction,
      release() {
        if (open) transaction.done();
        open = false;
      },
    };
  }

  /** One atomic write of everything `fill` puts; resolves when it is on disk. */
  async commit(
    fill: (put: (tree: TreeName, key: Buffer, value: Buffer | null) => void) => void,
  ): Promise<void> {
    // Every put has its own promise; a failed batch rejects them all, `batch` reports for them.
    const ignore = () => undefined;
    let last: Promise<boolean> | undefined;
    await this.env.batch(() =>
      fill((tree, key, value) => {
        last = value === null ? this.trees[tree].remove(key) : this.trees[tree].put(key, value);
        last.catch(ignore);
      }),
    );
    this.refresh();
  }

  /** Lets the next read see what another thread has committed. */
  refresh(): void {
    this.env.resetReadTxn();
  }

  /** Bytes a tree occupies. */
  treeBytes(tree: TreeName): number {
    const stats = this.trees[tree].getStats() as Record<string, number>;
    const pages =
      (stats.treeBranchPageCount ?? 0) +
      (stats.treeLeafPageCount ?? 0) +
      (stats.overflowPages ?? 0);
    return pages * (stats.pageSize ?? 4096);
  }

  async close(): Promise<void> {
    await this.env.close();
  }
}
