import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Logger } from '../kernel/logger';

export interface EmbeddedDatabase {
  uri: string;
  pid(): number | undefined;
  stop(): Promise<void>;
}

/** Could not start; the message is one line a person can act on. */
export class DatabaseError extends Error {}

interface Started {
  child: ChildProcess;
  uri: string;
}

/** Another server on the folder may still be on its way out. */
const startTries = 20;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Starts the embedded database in a process of its own and brings it back, on the same port, should
 * it die: the driver reconnects by itself and its retryable writes go through.
 * @throws DatabaseError
 */
export const startEmbedded = async (
  cli: string,
  dataDir: string,
  log: Logger,
): Promise<EmbeddedDatabase> => {
  let stopping = false;
  let current = await launchPatiently(cli, dataDir, 0);
  const port = Number(new URL(current.uri).port);

  const watch = (): void => {
    current.child.once('exit', () => {
      if (stopping) return;
      log.warn('embedded database ended unexpectedly, starting it again');
      launchPatiently(cli, dataDir, port)
        .then((next) => {
          current = next;
          if (stopping) next.child.kill('SIGTERM');
          else watch();
        })
        .catch((error: unknown) => {
          log.fatal({ err: String(error) }, 'embedded database cannot be restarted');
          process.exit(1);
        });
    });
  };
  watch();

  return {
    uri: current.uri,
    pid: () => current.child.pid,
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        if (current.child.exitCode !== null || current.child.signalCode !== null) {
          resolve();
          return;
        }
        current.child.once('exit', () => resolve());
        current.child.kill('SIGTERM');
      }),
  };
};

const launchPatiently = async (cli: string, dataDir: string, port: number): Promise<Started> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launch(cli, dataDir, port);
    } catch (error) {
      const busy =
        error instanceof DatabaseError && /in use|locked|EADDRINUSE/i.test(error.message);
      if (!busy || attempt >= startTries) throw error;
      await wait(150);
    }
  }
};

/** What the exit codes of the database that only a person can do something about mean. */
const meanings: Record<number, string> = {
  4: '数据目录写不进去，检查磁盘空间和权限',
  5: '数据文件坏了，没有动它；请用 npm run restore 恢复备份',
  6: '数据是更新的版本写的，这个版本打不开',
};

const launch = (cli: string, dataDir: string, port: number): Promise<Started> =>
  new Promise((resolve, reject) => {
    // Its standard input is a rope: when this process dies, however it dies, the database lets go.
    const child = spawn(process.execPath, [cli, '--data', dataDir, '--port', String(port)], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.once('error', (error) => reject(new DatabaseError(error.message)));
    child.once('exit', (code) => {
      const line = complaint.trim().split('\n').at(-1) ?? '';
      const meaning = meanings[code ?? 0];
      reject(
        new DatabaseError(
          `${meaning ? `${meaning}：` : ''}${line || `embedded database ended with code ${code}`}`,
        ),
      );
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const said = JSON.parse(line) as { ready?: boolean; uri?: string };
      if (said.ready && said.uri) resolve({ child, uri: said.uri });
    });
  });
