/** Runs one of the operator's programs: `node server/scripts/tool.mjs backup|restore|… [options]`. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, ensureNode, root } from './ensure.mjs';

ensureNode();
ensureInstalled();
const { buildTools } = await import('./build.mjs');
await buildTools();
const envFile = path.join(root, '.env');
// What is set in the environment wins over the file.
if (existsSync(envFile)) process.loadEnvFile(envFile);
const result = spawnSync(
  process.execPath,
  ['--enable-source-maps', 'server/dist/tools.js', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exit(result.status ?? 1);
