import type { FileState } from './data-file';
import { DataFile, DataFileDamage, damagedFolder } from './data-file';
import type { WalkReport } from './page-walk';
import { walkPages } from './page-walk';

/** Another process may be writing: what looks damaged may be read in the middle of a commit. */
const ATTEMPTS = 3;

/**
 * Looks at the data file before LMDB maps it into memory, where a wrong page number or a missing end
 * would kill the process. Takes a few reads; only a file shorter than it says it may be (its last
 * pages may be unused) is walked through.
 * @returns true when there is no file yet
 * @throws DataFolderError
 */
export function checkDataFile(folder: string): boolean {
  for (let attempt = 1; ; attempt++)
    try {
      return checkOnce(folder);
    } catch (error) {
      if (!(error instanceof DataFileDamage)) throw error;
      if (attempt === ATTEMPTS) throw damagedFolder(folder, error.message);
    }
}

function checkOnce(folder: string): boolean {
  const file = DataFile.open(folder);
  if (!file) return true;
  try {
    const state = file.state();
    const whole = (state.lastPage + 1) * file.pageSize <= file.size;
    const [error] = walkPages(file, state, !whole).errors;
    if (error) throw new DataFileDamage(error);
    return false;
  } finally {
    file.close();
  }
}

/** Walks through every page in use. @param state a state that cannot change meanwhile */
export function checkEveryPage(folder: string, state?: FileState): WalkReport {
  let file: DataFile | undefined;
  try {
    file = DataFile.open(folder);
    if (!file) return { pages: 0, errors: ['there is no data file'] };
    return walkPages(file, state ?? file.state(), true);
  } catch (error) {
    if (!(error instanceof DataFileDamage)) throw error;
    return { pages: 0, errors: [error.message] };
  } finally {
    file?.close();
  }
}
