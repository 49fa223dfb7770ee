import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { buildSync } from 'esbuild';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

const workspace = path.resolve(__dirname, '../../../server/embedded-mongo');
// Inside the workspace, so that the packages it does not bundle are found.
const cli = path.join(workspace, 'dist', `cli-test-${process.pid}.mjs`);
const running: DatabaseProcess[] = [];

/** Bundles the process entry as it is now; call in `beforeAll`. */
export function buildDatabase(): void {
  buildSync({
    entryPoints: [path.join(workspace, 'src/cli.ts')],
    outfile: cli,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
}

/** Ends what still runs and removes the bundle; call in `afterAll`. */
export function endDatabases(): void {
  for (const database of running) database.kill('SIGKILL');
  rmSync(cli, { force: true });
}

export interface LaunchOptions {
  /** Largest file the process may write, in blocks of 1024 bytes: a disk that is full. */
  fileLimit?: number;
  env?: Record<string, string>;
}

/** The database as a process of its own, on a folder that outlives it. */
export class DatabaseProcess {
  private readonly child: ChildProcess;
  /** Exit code; null after a signal. */
  readonly ended: Promise<number | null>;
  private errors = '';

  constructor(folder: string, { fileLimit, env }: LaunchOptions = {}) {
    const args = [cli, '--data', folder];
    const options = { stdio: ['pipe' as const, 'pipe' as const, 'pipe' as const] };
    const environment = { env: { ...process.env, ...env } };
    this.child =
      fileLimit === undefined
        ? spawn(process.execPath, args, { ...options, ...environment })
        : spawn(
            'bash',
            ['-c', `ulimit -S -f ${fileLimit}; exec "$0" "$@"`, process.execPath, ...args],
            {
              ...options,
              ...environment,
            },
          );
    this.child.stderr!.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    this.ended = once(this.child, 'close').then(([code]) => code as number | null);
    running.push(this);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** What it said on stderr so far. */
  get complaints(): string {
    return this.errors;
  }

  /** The address it prints when it accepts connections. */
  async ready(): Promise<string> {
    const lines = createInterface(this.child.stdout!);
    const line = await Promise.race([
      once(lines, 'line').then(([text]) => text as string),
      this.ended.then((code) => {
        throw new Error(`ended with ${code}: ${this.errors}`);
      }),
    ]);
    const message = JSON.parse(line) as { ready: boolean; uri: string };
    expect(message.ready).toBe(true);
    return message.uri;
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** As a parent that goes away. */
  closeInput(): void {
    this.child.stdin!.end();
  }

  /** Asks it to end. @returns its exit code */
  async stop(): Promise<number | null> {
    this.kill('SIGTERM');
    return this.ended;
  }
}
