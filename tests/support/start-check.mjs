/* global fetch, setTimeout */
/** Starts the built server on a temporary folder, waits for /healthz, stops it. Exit code says how it went. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const dir = mkdtempSync(path.join(tmpdir(), 'alley-chief-start-'));
const port = 20000 + (process.pid % 20000);
const server = spawn(process.execPath, ['server/dist/main.js'], {
  env: { ...process.env, PORT: String(port), DATA_DIR: dir, LOG_LEVEL: 'warn' },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const until = Date.now() + 60_000;
let ok = false;
while (!ok && Date.now() < until && server.exitCode === null) {
  ok = await fetch(`http://127.0.0.1:${port}/healthz`).then(
    (r) => r.ok,
    () => false,
  );
  if (!ok) await new Promise((resolve) => setTimeout(resolve, 100));
}
server.kill('SIGTERM');
await new Promise((resolve) =>
  server.exitCode === null ? server.once('exit', resolve) : resolve(),
);
rmSync(dir, { recursive: true, force: true });
console.log(ok ? 'server started and stopped' : 'server did not start');
process.exit(ok ? 0 : 1);
