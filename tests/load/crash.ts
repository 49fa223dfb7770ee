/**
 * Kills the embedded database (SIGKILL) again and again under concurrent load and compares what is
 * stored with what was acknowledged. Options: --rounds N, --seed N (repeats the choices of a run),
 * --keep (leaves the folder). Ends with 1 when anything is lost, doubled, torn or out of step.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildDatabase } from './crash/database-process';
import { KINDS } from './crash/findings';
import { runRounds, type Totals } from './crash/rounds';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const dataDir = mkdtempSync(path.join(tmpdir(), 'alley-chief-crash-'));
const script = path.resolve('tests/dist/programs/crash-database.mjs');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const began = performance.now();
const seconds = (): number => (performance.now() - began) / 1000;

const table = (t: Totals): void => {
  const rows: [string, number][] = [
    ['rounds', t.rounds],
    ['acknowledged writes', t.acknowledged],
    ['unknown outcomes', t.unknown],
    ...KINDS.map((kind): [string, number] => [kind, t.counts[kind]]),
  ];
  say('');
  for (const [name, value] of rows) say(`  ${name.padEnd(20)} ${String(value).padStart(9)}`);
  say(
    `  ${'seconds a round'.padEnd(20)} ${(seconds() / Math.max(1, t.rounds)).toFixed(2).padStart(9)}`,
  );
};

const main = async (): Promise<number> => {
  buildDatabase(process.cwd(), script);
  say(`seed ${seed}`);
  let shown = 0;
  const totals = await runRounds({
    script,
    dataDir,
    rounds: Number(values.rounds),
    seed,
    progress: (t) => {
      for (const one of t.cases.slice(shown)) say(`✗ ${one}`);
      shown = t.cases.length;
      if (t.rounds && t.rounds % 50 === 0)
        say(`  ${seconds().toFixed(0)} s: ${t.rounds} rounds, ${t.acknowledged} acknowledged`);
    },
  });
  table(totals);
  const failed = KINDS.some((kind) => totals.counts[kind] > 0);
  if (failed) say(`\n  ✗ Repeat with: npm run crash -- --rounds ${values.rounds} --seed ${seed}`);
  if (values.keep) say(`  ${dataDir}`);
  else rmSync(dataDir, { recursive: true, force: true });
  return failed ? 1 : 0;
};

process.exit(await main());
