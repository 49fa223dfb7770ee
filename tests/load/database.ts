/**
 * Measures the embedded database by itself, each figure as a ratio to a yardstick of the same run.
 * Options: --seconds N (a round), --rounds N, --documents N (the large collection), --prototype DIR
 * (another server to compare transactions with, see `startOther`), --only operations,transactions,
 * large,start, --json.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startDatabase, startOther } from './database/databaseProcess';
import { measureFairness } from './database/fairness';
import { measureLarge } from './database/large';
import { measureOperations } from './database/operations';
import { printFigures, type Figures } from './database/print';
import { transactionRounds } from './database/transactions';
import { cpuMs, machineLine } from './machine';
import { median } from './measure';
import { removeFolder, temporaryFolder } from './serverProcess';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '7' },
    documents: { type: 'string', default: '1000000' },
    prototype: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);
const wants = (part: string): boolean => !options.only || options.only.split(',').includes(part);
const progress = (line: string): void => void process.stderr.write(`  ${line}\n`);

const withFolder = async <T>(work: (dir: string) => Promise<T>): Promise<T> => {
  const dir = await temporaryFolder();
  try {
    return await work(dir);
  } finally {
    await removeFolder(dir);
  }
};

const operations = (): Promise<Figures['operations']> =>
  withFolder(async (dir) => {
    const database = await startDatabase(dir);
    try {
      return await measureOperations(database.uri, rounds, seconds);
    } finally {
      await database.stop();
    }
  });

const transactions = (): Promise<Figures['transactions']> =>
  withFolder((dir) =>
    withFolder(async (otherDir) => {
      const database = await startDatabase(dir);
      const other = options.prototype ? await startOther(options.prototype, otherDir) : undefined;
      const own = await transactionRounds(database.uri);
      const theirs = other && (await transactionRounds(other.uri));
      const figures: { own: number[]; theirs: number[] } = { own: [], theirs: [] };
      const cpu: { own: number[]; theirs: number[] } = { own: [], theirs: [] };
      for (let round = 0; round <= rounds; round++) {
        const start = performance.now();
        const used = [cpuMs(database.pid), other ? cpuMs(other.pid) : NaN] as const;
        const a = await own.round(seconds);
        const middle = performance.now();
        const b = theirs ? await theirs.round(seconds) : NaN;
        const end = performance.now();
        if (round === 0) continue;
        cpu.own.push((cpuMs(database.pid) - used[0]) / (((middle - start) / 1000) * a));
        if (other) cpu.theirs.push((cpuMs(other.pid) - used[1]) / (((end - middle) / 1000) * b));
        figures.own.push(a);
        figures.theirs.push(b);
      }
      await Promise.all([own.close(), theirs?.close()]);
      await Promise.all([database.stop(), other?.stop()]);
      return {
        perSecond: median(figures.own),
        cpuMs: median(cpu.own),
        ...(other
          ? {
              prototypePerSecond: median(figures.theirs),
              prototypeCpuMs: median(cpu.theirs),
              ratio: median(figures.own.map((n, i) => n / figures.theirs[i]!)),
            }
          : {}),
      };
    }),
  );

/** Opening an empty folder and one with the large collection in it. */
const large = (): Promise<Pick<Figures, 'large' | 'start' | 'fairness'>> =>
  withFolder(async (dir) => {
    const database = await startDatabase(dir);
    const figures = await measureLarge(
      database.uri,
      database.pid,
      Number(options.documents),
      rounds,
      progress,
    );
    await database.stop();
    const folderMb = statSync(path.join(dir, 'data.mdb')).size / 2 ** 20;
    const empty: number[] = [];
    const full: number[] = [];
    for (let i = 0; i < 5; i++) {
      empty.push(await withFolder(readyMs));
      full.push(await readyMs(dir));
    }
    progress('slow commands beside quick ones');
    const again = await startDatabase(dir);
    const fairness = await measureFairness(again.uri);
    await again.stop();
    return {
      large: figures,
      start: { emptyMs: median(empty), fullMs: median(full), folderMb },
      fairness,
    };
  });

const readyMs = async (dir: string): Promise<number> => {
  const database = await startDatabase(dir);
  await database.stop();
  return database.readyMs;
};

const figures: Figures = { machine: machineLine() };
if (wants('operations')) figures.operations = await operations();
if (wants('transactions')) figures.transactions = await transactions();
if (wants('large')) Object.assign(figures, await large());
if (options.json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
else printFigures(figures);
