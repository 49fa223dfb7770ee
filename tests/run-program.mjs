/** Bundles one program of the tests folder (demo, benchmark, screenshots) and runs it. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { bundle } from '../server/scripts/build.mjs';
import { root } from '../server/scripts/ensure.mjs';

const [entry, ...args] = process.argv.slice(2);
const out = `tests/dist/programs/${entry.replace(/\.ts$/, '.mjs')}`;
await bundle(`tests/${entry}`, out);
const result = spawnSync(
  process.execPath,
  ['--enable-source-maps', path.join(root, out), ...args],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exit(result.status ?? 1);
