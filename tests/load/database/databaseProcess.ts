import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { once } from 'node:events';

/** A database server in a process of its own. */
export interface DatabaseProcess {
  uri: string;
  pid: number;
  /** From spawning to the line that says it accepts connections, ms. */
  readyMs: number;
  /** SIGTERM, then waits for its end. */
  stop(): Promise<void>;
}

interface Said {
  uri?: string;
  port?: number;
}

const launch = async (args: readonly string[], cwd?: string): Promise<DatabaseProcess> => {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], cwd });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const uri = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      if (!line.startsWith('{')) return;
      const said = JSON.parse(line) as Said;
      if (said.uri) resolve(said.uri);
    });
    child.once('exit', (code) => reject(new Error(`the database ended with ${code}`)));
  });
  const readyMs = performance.now() - began;
  return {
    uri,
    pid: child.pid ?? 0,
    readyMs,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await exited;
    },
  };
};

/** The product's embedded database, as the server starts it. */
export const startDatabase = (dataDir: string): Promise<DatabaseProcess> =>
  launch(['server/embedded-mongo/dist/cli.js', '--data', dataDir]);

/**
 * Another server to compare with: a folder whose `run.js DATA PORT` prints one line of JSON with
 * `uri` once it listens.
 */
export const startOther = (folder: string, dataDir: string): Promise<DatabaseProcess> =>
  launch(['run.js', dataDir, '0'], folder);
