import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, chmod, open, readdir } from 'node:fs/promises';

/** What lies in DATA_DIR: the database's folder and the secrets made at the first start. */
export const databaseFolder = 'db';
export const secretsFile = 'secrets.json';

/** Waits until a file, or the names in a folder, are on disk. */
export const sync = async (file: string): Promise<void> => {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Copies a file so that only its owner can read it, and waits until it is on disk. */
export const copyPrivately = async (from: string, to: string): Promise<void> => {
  await copyFile(from, to);
  await chmod(to, 0o600);
  await sync(to);
};

/** SHA-256 of a file, in hexadecimal. */
export const sha256 = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

/** Names in a folder; none when there is no such folder. */
export const namesIn = async (folder: string): Promise<string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

/** A moment for the name of a folder: 20261124-164200 in local time. */
export const stamp = (moment: Date): string => {
  const two = (n: number): string => String(n).padStart(2, '0');
  return (
    `${moment.getFullYear()}${two(moment.getMonth() + 1)}${two(moment.getDate())}` +
    `-${two(moment.getHours())}${two(moment.getMinutes())}${two(moment.getSeconds())}`
  );
};
