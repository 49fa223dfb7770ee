import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { DataFolderError } from './data-folder-error';

/** Holds the process id of whoever has the folder. */
export const LOCK_FILE = 'embedded.lock';

/** When a process started, in kernel ticks, so that a reused process id is not mistaken for it. */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive(owner: { pid: number; started: string }): boolean {
  if (!Number.isInteger(owner.pid) || owner.pid <= 0) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return owner.started === startTime(owner.pid);
}

function readOwner(file: string): { text: string; pid: number; started: string } | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    const [pid, started] = text.trim().split(' ');
    return { text, pid: Number(pid), started: started ?? '' };
  } catch {
    return undefined;
  }
}

/**
 * Takes the folder for this process: LMDB would let two processes open it, but each keeps state in
 * memory that the other would not see.
 * @returns a function that gives it back
 * @throws DataFolderError
 */
export function lockFolder(folder: string): () => void {
  const file = path.join(folder, LOCK_FILE);
  try {
    makeFolder(path.resolve(folder));
    for (let attempt = 0; attempt < 5; attempt++) {
      if (create(file)) return () => release(file);
      const owner = readOwner(file);
      if (!owner) continue;
      if (isAlive(owner))
        throw new DataFolderError(
          `The data folder ${folder} is in use by process ${owner.pid}. Stop that process first, or choose another folder.`,
          'in-use',
        );
      takeAway(file, owner.text);
    }
  } catch (error) {
    if (error instanceof DataFolderError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new DataFolderError(
      code === 'ENOSPC'
        ? `The data folder ${folder} cannot be written: the disk is full. Make room and start again.`
        : `The data folder ${folder} cannot be written (${code ?? message}). Check its owner and permissions.`,
      'unwritable',
    );
  }
  throw new DataFolderError(
    `The data folder ${folder} is being taken by another process.`,
    'in-use',
  );
}

/**
 * Makes a folder and those above it. One by one: the recursive option of `mkdirSync` never returns
 * where the file system answers "no such file" for a folder it will not make (/proc).
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function create(file: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  writeSync(descriptor, `${process.pid} ${startTime(process.pid)}\n`);
  closeSync(descriptor);
  return true;
}

/** Removes a dead process's lock; when somebody else was faster, puts theirs back. */
function takeAway(file: string, expected: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (readFileSync(aside, 'utf8') === expected) unlinkSync(aside);
  else renameSync(aside, file);
}

/** The process that has the folder open now, undefined when nobody has. */
export function folderOwner(folder: string): number | undefined {
  const owner = readOwner(path.join(folder, LOCK_FILE));
  return owner && isAlive(owner) ? owner.pid : undefined;
}

function release(file: string): void {
  try {
    if (readOwner(file)?.pid === process.pid) unlinkSync(file);
  } catch {
    // Somebody removed the folder: there is nothing to give back.
  }
}
