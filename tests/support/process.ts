import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** The built server as a process of its own, on a folder that outlives it. */
export class ServerProcess {
  private child?: ChildProcess;
  port = 0;

  constructor(private readonly dataDir: string) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts, on the port it had before if it had one, and waits until messages flow. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['server/dist/main.js'], {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        DATA_DIR: this.dataDir,
        PORT: String(this.port),
        LOG_LEVEL: 'error',
        RATE_SCALE: '1000',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const port = /127\.0\.0\.1:(\d+)/.exec(text)?.[1];
        if (!port) return;
        this.port = Number(port);
        resolve();
      });
      child.once('exit', (code) => reject(new Error(`server ended with ${code}: ${text}`)));
    });
  }

  /** As if the power went: no signal handler runs. */
  async kill(): Promise<void> {
    const child = this.child!;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** Kills the database under the running server. */
  killDatabase(): void {
    const pids = execFileSync('pgrep', ['-P', String(this.child!.pid)], { encoding: 'utf8' });
    for (const pid of pids.trim().split('\n')) process.kill(Number(pid), 'SIGKILL');
  }

  async stop(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }
}
