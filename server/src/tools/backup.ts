import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile, chmod } from 'node:fs/promises';
import path from 'node:path';
import { checkFolder, DATA_FILE, FORMAT, FolderReader } from '@alley-chief/embedded-mongo';
import { version } from '../version';
import { copyPrivately, databaseFolder, secretsFile, stamp, sync } from './files';
import { ToolError } from './failure';
import { describe, manifestFile, type Manifest } from './manifest';

export interface Backup {
  /** Where it lies. */
  folder: string;
  manifest: Manifest;
}

/**
 * Copies everything of DATA_DIR that a town needs to come back: the database, in one consistent
 * state and without stopping writes, and the secrets. The folder gets its name only when the copy is
 * complete, on disk and checked in full.
 * @param to folder the dated folder is made in
 * @throws ToolError, DataFolderError
 */
export const backUp = async (dataDir: string, to: string, now: Date): Promise<Backup> => {
  const source = path.join(dataDir, databaseFolder);
  if (!existsSync(path.join(source, DATA_FILE)))
    throw new ToolError(`${source} 里还没有数据，没有什么可以备份的`);
  const folder = path.join(to, `alley-chief-${stamp(now)}`);
  if (existsSync(folder)) throw new ToolError(`${folder} 已经在了，过一秒再来一次`, 'notEmpty');
  const partial = `${folder}.partial-${process.pid}`;
  const copy = path.join(partial, databaseFolder);
  await mkdir(copy, { recursive: true, mode: 0o700 });
  try {
    const files: Manifest['files'] = {};
    await copyDatabase(source, copy);
    const collections = await checkCopy(copy);
    files[`${databaseFolder}/${DATA_FILE}`] = await describe(path.join(copy, DATA_FILE));
    if (existsSync(path.join(dataDir, secretsFile))) {
      await copyPrivately(path.join(dataDir, secretsFile), path.join(partial, secretsFile));
      files[secretsFile] = await describe(path.join(partial, secretsFile));
    }
    const manifest: Manifest = {
      kind: 'alley-chief-backup',
      version,
      format: FORMAT,
      createdAt: now.toISOString(),
      files,
      collections,
    };
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    await writeFile(path.join(partial, manifestFile), text, { mode: 0o600 });
    for (const written of [path.join(partial, manifestFile), copy, partial]) await sync(written);
    await rename(partial, folder);
    await sync(to);
    return { folder, manifest };
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
};

const copyDatabase = async (source: string, copy: string): Promise<void> => {
  const reader = new FolderReader(source);
  try {
    await reader.copyTo(copy);
  } finally {
    await reader.close();
  }
  await chmod(path.join(copy, DATA_FILE), 0o600);
  await sync(path.join(copy, DATA_FILE));
};

/** Checks every page, document and index entry of the copy. @returns its documents by namespace */
const checkCopy = async (copy: string): Promise<Record<string, number>> => {
  const report = await checkFolder(copy);
  if (report.errors.length)
    throw new ToolError(
      `数据本身已经坏了，这份备份不算数；请恢复以前的备份：${report.errors[0] ?? ''}`,
      'damaged',
    );
  return Object.fromEntries(report.collections.map((c) => [c.ns, c.nrecords]));
};
