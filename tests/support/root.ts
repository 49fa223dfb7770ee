import { existsSync } from 'node:fs';
import path from 'node:path';

const up = (from: string): string =>
  existsSync(path.join(from, 'package-lock.json')) ? from : up(path.dirname(from));

/** A path from the project's root: the same for a test and for a bundled program. */
export const fromRoot = (...parts: string[]): string => path.join(up(process.cwd()), ...parts);
