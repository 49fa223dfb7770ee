import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config';

export interface Secrets {
  /** Signs tokens and file addresses. */
  tokenKey: Buffer;
  /** Encrypts personal fields. */
  fieldKey: Buffer;
}

/**
 * Configured secrets, or a pair made once and kept beside the data (0600), so that a restart keeps
 * everybody signed in. Production always configures them (see config.ts).
 */
export const loadSecrets = async (config: Config): Promise<Secrets> => {
  const kept = async (): Promise<{ token: string; field: string }> => {
    const file = path.join(config.dataDir, 'secrets.json');
    await mkdir(config.dataDir, { recursive: true });
    const made = {
      token: randomBytes(32).toString('base64'),
      field: randomBytes(32).toString('base64'),
    };
    try {
      await writeFile(file, JSON.stringify(made), { mode: 0o600, flag: 'wx' });
      return made;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return JSON.parse(await readFile(file, 'utf8')) as typeof made;
    }
  };
  const stored = config.tokenSecret && config.fieldKey ? { token: '', field: '' } : await kept();
  return {
    tokenKey: config.tokenSecret
      ? Buffer.from(config.tokenSecret)
      : Buffer.from(stored.token, 'base64'),
    fieldKey: Buffer.from(config.fieldKey ?? stored.field, 'base64'),
  };
};
