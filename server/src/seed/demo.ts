import type { Connection } from 'mongoose';
import type { Clock } from '../kernel/clock';
import type { CityData, Modules } from '../modules';
import { demoCounters } from '../modules/booking/defaults';
import type { ShippedKnowledge } from './knowledge/files';
import { serviceWords } from './knowledge/serviceWords';
import { speech } from './knowledge/speech';
import { catalogue } from './services/catalogue';
import { buildTown, type TownData } from './town';
import { landmarksOf } from './town/landmarks';

/** Bump it when the town changes: older demo databases are then brought up to date. */
const seedVersion = 2;

/** What the server is told of the demo's city beforehand; the rest it reads from the database. */
export const demoCity = (town: TownData, knowledge: ShippedKnowledge): CityData => ({
  townName: town.name,
  casePrefix: 'XC',
  personas: town.personas,
  knowledge,
  speech,
});

/**
 * Fills an empty database with the demo town. Every write names what it writes, so a seeding that
 * was interrupted simply runs again; the mark is set last.
 * @returns true when it had to work
 */
export const seedDemo = async (
  db: Connection,
  modules: Modules,
  clock: Clock,
  say: (line: string) => void,
): Promise<boolean> => {
  const marks = db.db!.collection<{ _id: string; version: number }>('seeds');
  const mark = await marks.findOne({ _id: 'demo' });
  if (mark?.version === seedVersion) return false;
  const town = buildTown(clock.now());
  say(`正在布置演示的镇子：${town.households.length} 户、${town.people.length} 口人……`);
  const year = clock.now().getUTCFullYear();
  const lines = (rows: readonly object[]): string => rows.map((r) => JSON.stringify(r)).join('\n');
  const kinds = [
    ['areas', town.areas],
    ['units', town.units],
    ['households', town.households],
    [
      'people',
      town.people.map(({ title: _, relation, phone, ...p }) => ({
        ...p,
        ...(relation ? { relation } : {}),
        // Children have no phone of their own.
        ...(year - p.birthYear >= 12 ? { phone } : {}),
      })),
    ],
    ['shifts', town.shifts.map((s, i) => ({ id: `shift-${i}`, ...s }))],
    ['responsibilities', town.responsibilities.map((r) => ({ id: `duty-${r.category}`, ...r }))],
  ] as const;
  for (const [kind, rows] of kinds) {
    // The demo goes in by the importer's own door: what it refuses, a city's file would trip over.
    const report = await modules.importer.import(kind, lines(rows), { quiet: true });
    if (report.errors.length) {
      throw new Error(`demo ${kind}: line ${report.errors[0]?.line} ${report.errors[0]?.message}`);
    }
  }
  await modules.directoryModels.leaves.bulkWrite(
    town.leaves.map((l, i) => ({
      replaceOne: { filter: { _id: `leave-${i}` }, replacement: l as never, upsert: true },
    })),
  );
  await modules.directoryModels.landmarks.bulkWrite(
    landmarksOf(town, clock.now()).map(({ _id, ...rest }) => ({
      replaceOne: { filter: { _id }, replacement: rest, upsert: true },
    })),
  );
  modules.directory.invalidate();
  await modules.householdThreads.refreshAll();
  await modules.services.importBundles(catalogue, serviceWords);
  await modules.bookings.importCounters(demoCounters);
  await modules.understander.refresh();
  await marks.updateOne({ _id: 'demo' }, { $set: { version: seedVersion } }, { upsert: true });
  return true;
};
