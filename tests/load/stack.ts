import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { removeFolder, startServer, temporaryFolder, type ServerProcess } from './serverProcess';

/** Everything under measure, each in a process of its own beside the load generator. */
export interface Stack {
  product: ServerProcess;
  bareUrl: string;
  barePid: number;
  databasePid: number;
  databaseUri: string;
  tokenKey: Buffer;
  stop(): Promise<void>;
}

interface Started {
  child: ChildProcess;
  said: Record<string, string>;
}

/** Starts a program that prints one JSON line when it is ready. */
const launch = (args: string[]): Promise<Started> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{')) resolve({ child, said: JSON.parse(line) as Started['said'] });
    });
  });

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
};

/**
 * One embedded database; the product and the yardstick both use it.
 * @param profile folder for CPU profiles of the product and the database
 */
export const startStack = async (profile?: string): Promise<Stack> => {
  const dataDir = await temporaryFolder();
  const secret = randomBytes(32).toString('hex');
  const prof = (name: string): string[] =>
    profile
      ? ['--cpu-prof', `--cpu-prof-dir=${profile}`, `--cpu-prof-name=${name}.cpuprofile`]
      : [];
  const database = await launch([
    ...prof('database'),
    'server/embedded-mongo/dist/cli.js',
    '--data',
    path.join(dataDir, 'db'),
  ]);
  const databaseUri = database.said['uri'] ?? '';
  const product = await startServer(dataDir, {
    nodeArgs: prof('server'),
    env: {
      DEMO: 'true',
      MONGO_URL: databaseUri,
      TOKEN_SECRET: secret,
      FIELD_KEY: randomBytes(32).toString('base64'),
      RATE_SCALE: '1000',
      LOG_LEVEL: 'warn',
    },
  });
  // This very bundle in its other part.
  const bare = await launch([process.argv[1] ?? '', '--bare', databaseUri]);
  return {
    product,
    bareUrl: bare.said['url'] ?? '',
    barePid: bare.child.pid ?? 0,
    databasePid: database.child.pid ?? 0,
    databaseUri,
    tokenKey: Buffer.from(secret),
    async stop() {
      await product.stop();
      await end(bare.child);
      await end(database.child);
      await removeFolder(dataDir);
    },
  };
};
