import { existsSync } from 'node:fs';
import { link, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { DATA_FILE, lockFolder, LOCK_FILE } from '@alley-chief/embedded-mongo';
import { copyPrivately, databaseFolder, namesIn, secretsFile, sha256, stamp, sync } from './files';
import { ToolError } from './failure';
import { readBackup, type Manifest } from './manifest';

export interface Restored {
  manifest: Manifest;
  /** Where the data that was there before lies now; absent when there was none. */
  aside?: string;
}

/**
 * Puts a backup back into DATA_DIR. The folder is locked meanwhile, so no database can start on it;
 * the backup is checked before anything is touched, and what was there is set aside, never deleted.
 * @param force what is there may be set aside
 * @throws ToolError, DataFolderError (in use)
 */
export const restore = async (
  from: string,
  dataDir: string,
  force: boolean,
  now: Date,
): Promise<Restored> => {
  const manifest = await readBackup(from);
  const database = path.join(dataDir, databaseFolder);
  const unlock = lockFolder(database);
  try {
    const old = (await namesIn(database)).filter((name) => name !== LOCK_FILE);
    const hasSecrets = secretsFile in manifest.files && existsSync(path.join(dataDir, secretsFile));
    const occupied = old.length > 0 || hasSecrets;
    if (occupied && !force)
      throw new ToolError(
        `${dataDir} 里已经有数据，没有动它；确实要换掉就加 --force（旧的会挪到一边，不会删）`,
        'notEmpty',
      );
    const fresh = path.join(dataDir, `.restoring-${process.pid}`);
    await rm(fresh, { recursive: true, force: true });
    try {
      await copyBackup(from, fresh, manifest);
      const aside = occupied ? path.join(dataDir, `before-restore-${stamp(now)}`) : undefined;
      if (aside) await setAside(dataDir, aside, old, hasSecrets);
      await rename(path.join(fresh, databaseFolder, DATA_FILE), path.join(database, DATA_FILE));
      if (secretsFile in manifest.files)
        await rename(path.join(fresh, secretsFile), path.join(dataDir, secretsFile));
      await sync(database);
      await sync(dataDir);
      return { manifest, ...(aside ? { aside } : {}) };
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  } finally {
    unlock();
  }
};

const copyBackup = async (from: string, to: string, manifest: Manifest): Promise<void> => {
  await mkdir(path.join(to, databaseFolder), { recursive: true, mode: 0o700 });
  for (const [name, { sha256: wanted }] of Object.entries(manifest.files)) {
    await copyPrivately(path.join(from, name), path.join(to, name));
    if ((await sha256(path.join(to, name))) !== wanted)
      throw new ToolError(`拷贝 ${name} 时出了错，没有动原来的数据；检查磁盘再来一次`);
  }
};

/**
 * Gives what is there a second name in the folder `aside`. It keeps its place until the restored
 * file replaces it in one step: killed in between, a town has the old data or the new, never none.
 */
const setAside = async (
  dataDir: string,
  aside: string,
  old: readonly string[],
  hasSecrets: boolean,
): Promise<void> => {
  await mkdir(path.join(aside, databaseFolder), { recursive: true, mode: 0o700 });
  const names = old.map((name) => path.join(databaseFolder, name));
  if (hasSecrets) names.push(secretsFile);
  for (const name of names) await keep(path.join(dataDir, name), path.join(aside, name));
  await sync(path.join(aside, databaseFolder));
  await sync(aside);
};

const keep = async (from: string, to: string): Promise<void> => {
  try {
    await link(from, to);
  } catch {
    // A file system without hard links.
    await copyPrivately(from, to);
  }
};
