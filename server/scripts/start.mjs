/**
 * `npm start`: installs what is missing, builds what is stale, serves.
 * Options: --build-only, --no-h5.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureClient, ensureInstalled, ensureNode, ensureServer, root } from './ensure.mjs';

const options = new Set(process.argv.slice(2));
ensureNode();
ensureInstalled();
await ensureServer();
if (!options.has('--no-h5')) ensureClient('h5');

if (!options.has('--build-only')) {
  const envFile = path.join(root, '.env');
  // What is set in the environment wins over the file.
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const server = spawn(process.execPath, ['--enable-source-maps', 'server/dist/main.js'], {
    cwd: root,
    stdio: 'inherit',
  });
  // Ctrl+C reaches the server by itself; a plain kill of this process must be passed on.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => server.kill('SIGTERM'));
  server.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
