import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { buildSync } from 'esbuild';

/**
 * Bundles the process that is to be killed.
 * @param root of the repository
 * @param outfile inside the repository, so that packages are found from it
 */
export const buildDatabase = (root: string, outfile: string): void => {
  buildSync({
    entryPoints: [path.join(root, 'tests/load/crash/serve.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: {
      '@alley-chief/embedded-mongo': path.join(root, 'server/embedded-mongo/src/index.ts'),
    },
    logLevel: 'error',
  });
};

/** One life of the database process. */
export class DatabaseProcess {
  private readonly child: ChildProcess;
  private readonly exit: Promise<unknown>;
  private said = '';
  private complaint = '';

  constructor(script: string, options: object) {
    this.child = spawn(process.execPath, [script, JSON.stringify(options)], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.exit = once(this.child, 'exit');
    this.child.stdout!.on('data', (chunk: Buffer) => (this.said += String(chunk)));
    this.child.stderr!.on('data', (chunk: Buffer) => (this.complaint += String(chunk)));
  }

  /** What it complained about, if anything. */
  get complaints(): string {
    return this.complaint;
  }

  /** Resolves with the address once it accepts connections. @throws Error when it ends before. */
  async ready(): Promise<string> {
    for (;;) {
      const line = this.said.split('\n').find((l) => l.startsWith('{') && l.endsWith('}'));
      if (line) return (JSON.parse(line) as { uri: string }).uri;
      const ended = await Promise.race([
        once(this.child.stdout!, 'data').then(() => false),
        this.exit.then(() => true),
      ]);
      if (ended) throw new Error(`The database did not start: ${this.complaint || this.said}`);
    }
  }

  /** kill -9, and waits until it is gone. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exit;
  }

  /** Ends it as a service manager would. */
  async end(): Promise<void> {
    this.child.stdin!.end();
    await this.exit;
  }
}
