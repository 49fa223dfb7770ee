import { rmSync } from 'node:fs';
import path from 'node:path';
import { buildDatabase } from '../../../load/crash/database-process';
import { runRounds } from '../../../load/crash/rounds';
import { temporaryFolder } from '../support';

// A limit against hanging, not a measurement: a busy machine takes ten times as long.
jest.setTimeout(300_000);

const root = path.resolve(__dirname, '../../../..');
const script = path.join(root, `tests/dist/programs/crash-database-${process.pid}.mjs`);
const place = temporaryFolder();

beforeAll(() => buildDatabase(root, script));
afterAll(() => {
  rmSync(script, { force: true });
  place.remove();
});

/** The short form of `npm run crash`. */
describe('a database that is killed again and again under load', () => {
  it('keeps what it acknowledged, wholly and once, tells it in order and indexes it', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const totals = await runRounds({ script, dataDir: place.folder, rounds: 8, seed });
    expect({ seed, cases: totals.cases }).toEqual({ seed, cases: [] });
    expect(totals.rounds).toBe(8);
    expect(totals.acknowledged).toBeGreaterThan(20);
    expect(totals.unknown).toBeGreaterThan(0);
  });
});
