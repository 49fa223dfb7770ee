import { buildAreas } from './areas';
import { castColleagues, castHouseholds, personas } from './cast';
import { NameBook } from './names';
import { PeopleRegister, settleAlley } from './people';
import { createRandom } from './random';
import { responsibilities } from './responsibilities';
import { buildLeaves, buildShifts } from './shifts';
import { appoint } from './staff';
import type { TownData } from './types';
import { units } from './units';

export type * from './types';

/** Ages and leaves are counted from here unless told otherwise. */
export const demoAnchor = new Date('2026-07-15T00:00:00.000Z');

/** Changing it changes everybody's name but the cast's. */
const seed = 20260715;

/**
 * The demo's town: real names of a city and a township, everything below them and everybody in
 * them invented. The same `anchor` gives the same town, to the last phone number.
 *
 * @param anchor The day the demo starts: ages are those of its year, leaves lie around it.
 */
export const buildTown = (anchor: Date = demoAnchor): TownData => {
  const random = createRandom(seed);
  const names = new NameBook();
  for (const { name } of Object.values(castColleagues)) names.reserve(name);
  for (const doors of Object.values(castHouseholds))
    for (const household of Object.values(doors))
      for (const member of household.members ?? []) names.reserve(member.name);

  const year = anchor.getUTCFullYear();
  const needs = { random, names, year };
  const register = new PeopleRegister(year);
  const { areas, alleys } = buildAreas(random);
  const households = alleys.flatMap((alley) => settleAlley(alley, needs, register));
  const appointments = appoint(areas, households, register, needs);

  return {
    name: '项城市丁集镇',
    notice: '演示用，人名和事都是编的',
    areas,
    units: [...units],
    households,
    people: register.people,
    shifts: buildShifts(appointments),
    leaves: buildLeaves(appointments, anchor),
    responsibilities,
    personas,
  };
};

/** What the importer takes, and two kinds more that only the demo has. */
export const townKinds = [
  'areas',
  'units',
  'households',
  'people',
  'shifts',
  'responsibilities',
  'leaves',
  'personas',
] as const satisfies readonly (keyof TownData)[];
export type TownKind = (typeof townKinds)[number];

/** The importer names every line; shifts and rules have no name of their own. */
const named = (kind: TownKind, town: TownData): readonly object[] => {
  if (kind === 'shifts') return town.shifts.map((s, i) => ({ id: `shift-${i}`, ...s }));
  if (kind === 'responsibilities')
    return town.responsibilities.map((r) => ({ id: `duty-${r.category}`, ...r }));
  return town[kind];
};

/** One kind of the town as JSON Lines without line ends, as `POST /imports/:kind` takes them. */
export const townLines = (kind: TownKind, town: TownData = buildTown()): string[] =>
  named(kind, town).map((item) => JSON.stringify(item));
