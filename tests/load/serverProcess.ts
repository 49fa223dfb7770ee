import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface ServerProcess {
  url: string;
  pid: number;
  dataDir: string;
  /** From spawning to the first healthy answer, ms. */
  startMs: number;
  /** Ends it as a service manager would (SIGTERM) and waits; the data stays. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  env?: Record<string, string>;
  /** Given to node before the script, e.g. `--cpu-prof`. */
  nodeArgs?: string[];
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

export const temporaryFolder = (): Promise<string> => mkdtemp(path.join(tmpdir(), 'alley-chief-'));

export const removeFolder = (dir: string): Promise<void> =>
  rm(dir, { recursive: true, force: true, maxRetries: 3 });

/**
 * Starts the built server on a folder and waits until it is healthy.
 * @throws Error with what the server said when it ends first
 */
export const startServer = async (
  dataDir: string,
  { env = {}, nodeArgs = [] }: ServerOptions = {},
): Promise<ServerProcess> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(process.execPath, [...nodeArgs, 'server/dist/main.js'], {
    env: {
      ...process.env,
      NODE_ENV: 'development',
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      MONGO_URL: '',
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  let stopping = false;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!stopping) {
        process.stderr.write(`the server ended by itself (${signal ?? code}):\n${complaint}\n`);
      }
      resolve();
    });
  });
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const stop = async (): Promise<void> => {
    stopping = true;
    if (!ended()) child.kill('SIGTERM');
    await exited;
  };
  while (!(await healthy(url))) {
    if (ended()) throw new Error(complaint.trim() || 'the server ended before it was healthy');
    if (performance.now() - began > 60_000) {
      await stop();
      throw new Error('the server was not healthy within a minute');
    }
    await sleep(20);
  }
  return { url, pid: child.pid ?? 0, dataDir, startMs: performance.now() - began, stop };
};

const healthy = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`).then(
    async (r) => {
      await r.arrayBuffer();
      return r.ok;
    },
    () => false,
  );
