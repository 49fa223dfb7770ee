import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { DataFolderError } from './data-folder-error';

export const DATA_FILE = 'data.mdb';

const HEADER = 24;
const MAGIC = 0xbeefc0de;
const VERSION = 2;
/** Flag of the two root ("meta") pages. */
const META_PAGE = 0x08;

/** Root of one B+tree, as LMDB writes it down. */
export interface TreeRoot {
  readonly depth: number;
  readonly branchPages: number;
  readonly leafPages: number;
  readonly overflowPages: number;
  readonly entries: number;
  /** Page number, -1 for an empty tree. */
  readonly root: number;
}

/** One state of the file: the newer of its two root pages. */
export interface FileState {
  readonly commit: number;
  readonly lastPage: number;
  /** The tree of unused pages. */
  readonly free: TreeRoot;
  /** The tree of named trees. */
  readonly main: TreeRoot;
}

/** What is wrong with the file, in a few words. */
export class DataFileDamage extends Error {}

/** Reads 64-bit numbers, which stay far below 2^53 in a sound file. */
export const u64 = (buf: Buffer, at: number): number => Number(buf.readBigUInt64LE(at));

export function readTreeRoot(buf: Buffer, at: number): TreeRoot {
  return {
    depth: buf.readUInt16LE(at + 6),
    branchPages: u64(buf, at + 8),
    leafPages: u64(buf, at + 16),
    overflowPages: u64(buf, at + 24),
    entries: u64(buf, at + 32),
    root: buf.readBigInt64LE(at + 40) === -1n ? -1 : u64(buf, at + 40),
  };
}

/** The data file of a folder, read without LMDB, which trusts what it finds there. */
export class DataFile {
  readonly pageSize: number;
  readonly size: number;

  private constructor(private readonly descriptor: number) {
    this.size = fstatSync(descriptor).size;
    this.pageSize = this.findPageSize();
  }

  /**
   * Opens the file for reading.
   * @returns undefined when there is none yet
   * @throws DataFileDamage when it is not a file of this database
   */
  static open(folder: string): DataFile | undefined {
    let descriptor: number;
    try {
      descriptor = openSync(path.join(folder, DATA_FILE), 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    try {
      return new DataFile(descriptor);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private findPageSize(): number {
    if (this.size === 0) throw new DataFileDamage('it is empty');
    const start = this.bytes(0, HEADER + 136);
    if (start.readUInt32LE(HEADER) !== MAGIC)
      throw new DataFileDamage(
        'it is not a file of this database, or its beginning is overwritten',
      );
    const version = start.readUInt32LE(HEADER + 4) & 0xffff;
    if (version !== VERSION)
      throw new DataFileDamage(`it has file version ${version}, not ${VERSION}`);
    const size = start.readUInt32LE(HEADER + 24);
    if (size < 512 || size > 65536 || (size & (size - 1)) !== 0)
      throw new DataFileDamage(`its page size cannot be ${size}`);
    return size;
  }

  private bytes(at: number, length: number): Buffer {
    const buf = Buffer.allocUnsafe(length);
    let have = 0;
    while (have < length) {
      const read = readSync(this.descriptor, buf, have, length - have, at + have);
      if (!read) throw new DataFileDamage(`it ends at byte ${at + have}`);
      have += read;
    }
    return buf;
  }

  /** One or more pages. @throws DataFileDamage beyond the end of the file */
  page(number: number, count = 1): Buffer {
    if (!Number.isSafeInteger(number) || number < 0 || (number + count) * this.pageSize > this.size)
      throw new DataFileDamage(
        `page ${number} lies beyond its end (${Math.floor(this.size / this.pageSize)} pages)`,
      );
    return this.bytes(number * this.pageSize, count * this.pageSize);
  }

  /** The newest state. Whoever holds no snapshot of it must not rely on it for long. */
  state(): FileState {
    const states = [0, 1].map((number) => {
      const page = this.page(number);
      const meta = page.subarray(HEADER);
      if (!(page.readUInt16LE(18) & META_PAGE) || meta.readUInt32LE(0) !== MAGIC)
        throw new DataFileDamage(`root page ${number} is overwritten`);
      return {
        free: readTreeRoot(meta, 24),
        main: readTreeRoot(meta, 72),
        lastPage: u64(meta, 120),
        commit: u64(meta, 128),
      };
    });
    return states[0]!.commit > states[1]!.commit ? states[0]! : states[1]!;
  }
}

/** The error for a damaged folder: one line with what to do. */
export function damagedFolder(folder: string, what: string): DataFolderError {
  return new DataFolderError(
    `The data file ${path.join(folder, DATA_FILE)} is damaged: ${what}. Nothing has been changed. Restore a backup, or move the file away to start empty.`,
    'damaged',
  );
}
