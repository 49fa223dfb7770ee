import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { open } from 'lmdb';
import type { Database, RootDatabase, Transaction } from 'lmdb';
import { checkDataFile } from './check-data-file';
import { DATA_FILE, damagedFolder } from './data-file';
import { DataFolderError } from './data-folder-error';
import type { LayeredTree } from './write-set';

export type TreeName = LayeredTree | 'cat' | 'oplog' | 'retry';
type Tree = Database<Buffer, Buffer>;

/** A fixed view of the data as of one commit; `release` lets LMDB reuse the old pages. */
export interface Snapshot {
  readonly transaction: Transaction;
  release(): void;
}

/** How the data is laid out; raised when a version could not read what an older one wrote. */
export const FORMAT = 1;
const FORMAT_KEY = Buffer.from('\0\0\0\0format');

/** Files only their owner reads; an option the type declarations leave out. */
const PRIVATE = { permissionsMode: 0o600 };

const ENCODINGS = { keyEncoding: 'binary', encoding: 'binary', cache: false } as const;

/** LMDB's limit. */
const MAX_LMDB_KEY = 1978;

/** A commit that could not be written: nothing of it exists. */
export class CommitError extends Error {
  constructor(
    message: string,
    /** Number the operating system or LMDB gave the error. */
    readonly code: number | undefined,
  ) {
    super(message);
    this.name = 'CommitError';
  }
}

/** LMDB rejects first and says why a moment later, in a promise of its own (not always). */
async function commitError(error: unknown): Promise<CommitError> {
  let cause: (Error & { code?: number }) | undefined;
  const reason = (error as { commitError?: Promise<never> }).commitError;
  reason?.catch((why: Error) => (cause = why));
  await new Promise((resolve) => setImmediate(resolve));
  return new CommitError(cause?.message ?? (error as Error).message, cause?.code);
}

/** Room for the 1,024 readers asked for below. */
const READER_TABLE_BYTES = 17 * 4096;

/**
 * Makes LMDB's table of readers with all its blocks: LMDB makes a file with holes, and filling one
 * through the memory map on a full disk kills the process.
 */
function reserveReaderTable(folder: string): void {
  const file = path.join(folder, 'lock.mdb');
  if (existsSync(file)) return;
  try {
    writeFileSync(file, Buffer.alloc(READER_TABLE_BYTES), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}

function openError(folder: string, error: unknown): Error {
  if (error instanceof DataFolderError) return error;
  const { message, code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC')
    return new DataFolderError(
      `The data folder ${folder} cannot be opened: the disk is full. Make room and start again.`,
      'unwritable',
    );
  if (/^MDB_|not found|file is not/i.test(message)) return damagedFolder(folder, message);
  return new DataFolderError(
    `The data folder ${folder} cannot be opened (${message}). Check the disk, its owner and permissions.`,
    'unwritable',
  );
}

/** The LMDB environment: five trees with binary keys and values, group commit with fsync. */
export class LmdbStore {
  private readonly env: RootDatabase<Buffer, Buffer>;
  private readonly trees: Record<TreeName, Tree>;
  /** Why nothing can be read or written any more; undefined as long as the environment works. */
  broken: CommitError | undefined;

  /**
   * @param folder exists and is writable; `lockFolder` has seen to that
   * @param options.readOnly beside the process that serves the folder, or on a copy
   * @throws DataFolderError when the file is damaged or from a newer version
   */
  constructor(folder: string, options: { mapSize?: number | undefined; readOnly?: boolean } = {}) {
    const { mapSize = 64 * 2 ** 30, readOnly = false } = options;
    const isNew = checkDataFile(folder);
    if (isNew && readOnly) throw damagedFolder(folder, 'there is none');
    try {
      if (!readOnly) reserveReaderTable(folder);
      this.env = open<Buffer, Buffer>({
        path: folder,
        ...ENCODINGS,
        noSubdir: false,
        ...PRIVATE,
        readOnly,
        // Without this a commit would be acknowledged before its fsync.
        overlappingSync: false,
        // Its batches have promises of their own that nobody can handle: a full disk would end the
        // process with an unhandled rejection. Every commit here is one explicit batch anyway.
        eventTurnBatching: false,
        maxDbs: 8,
        maxReaders: 1024,
        mapSize,
        compression: false,
      });
      this.trees = this.openTrees();
      this.checkFormat(folder, isNew);
    } catch (error) {
      // A file that could not be finished must not pass for a damaged one later.
      if (isNew) rmSync(path.join(folder, DATA_FILE), { force: true });
      throw openError(folder, error);
    }
  }

  private openTrees(): Record<TreeName, Tree> {
    const tree = (name: string): Tree => this.env.openDB(name, ENCODINGS);
    return {
      docs: tree('docs'),
      idx: tree('idx'),
      cat: tree('cat'),
      oplog: tree('oplog'),
      retry: tree('retry'),
    };
  }

  /** Writes the format into a new folder; folders from before it was written have format 1. */
  private checkFormat(folder: string, isNew: boolean): void {
    if (isNew) {
      const value = Buffer.alloc(4);
      value.writeUInt32BE(FORMAT);
      this.trees.cat.putSync(FORMAT_KEY, value);
      return;
    }
    const stored = this.get('cat', FORMAT_KEY)?.readUInt32BE(0) ?? 1;
    if (stored > FORMAT)
      throw new DataFolderError(
        `The data folder ${folder} was written by a newer version (format ${stored}, this version knows ${FORMAT}). Use that version.`,
        'newer',
      );
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

  /**
   * One atomic write of everything `fill` puts; resolves when it is on disk.
   * @throws CommitError; nothing of it exists then. What `fill` throws is passed on.
   */
  async commit(
    fill: (put: (tree: TreeName, key: Buffer, value: Buffer | null) => void) => void,
  ): Promise<void> {
    // Collected first: LMDB would commit the half of a batch whose callback throws.
    const puts: { tree: TreeName; key: Buffer; value: Buffer | null }[] = [];
    fill((tree, key, value) => {
      if (!key.length || key.length > MAX_LMDB_KEY) throw new Error(`bad key of ${tree}`);
      puts.push({ tree, key, value });
    });
    if (!puts.length) return;
    // A write to a broken environment would never be answered.
    if (this.broken) throw this.broken;
    // Every put has its own promise; a failed batch rejects them all, `batch` reports for them.
    const ignore = () => undefined;
    try {
      await this.env.batch(() => {
        for (const { tree, key, value } of puts) {
          const trees = this.trees[tree];
          (value === null ? trees.remove(key) : trees.put(key, value)).catch(ignore);
        }
      });
    } catch (error) {
      const reason = await commitError(error);
      this.probe(reason);
      throw reason;
    } finally {
      this.refresh();
    }
  }

  /**
   * LMDB gives up for good when it fails to write its root page; from then on it answers nothing,
   * not even reads. Only opening the folder anew helps.
   */
  private probe(reason: CommitError): void {
    this.refresh();
    try {
      this.get('cat', Buffer.from('\0'));
    } catch {
      this.broken = reason;
    }
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

  /** Copies the data file into a folder, as of now; commits go on meanwhile. Not yet on disk after. */
  async copyTo(folder: string): Promise<void> {
    await this.env.backup(folder, false);
  }

  async close(): Promise<void> {
    await this.env.close();
  }
}
