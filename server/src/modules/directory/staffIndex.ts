import { isStaff, isWithin, parentPath, roles, type Role } from '@alley-chief/shared/domain';
import type {
  Candidate,
  DirectorySnapshot,
  Leave,
  Responsibility,
  Shift,
} from '../../routing/types';
import type { AreaDoc, DirectoryModels, PersonDoc, UnitDoc } from './model';

/**
 * The staff of a city in memory: a few thousand people, read at every message and changed a few
 * times a day. Rebuilt whole when the directory's version moves.
 */
export interface StaffIndex {
  version: number;
  people: Map<string, PersonDoc>;
  areas: Map<string, AreaDoc>;
  areasByPath: Map<string, AreaDoc>;
  units: Map<string, UnitDoc>;
  shifts: Map<string, Shift[]>;
  leaves: Leave[];
  responsibilities: Responsibility[];
}

export const loadStaffIndex = async (m: DirectoryModels, now: Date): Promise<StaffIndex> => {
  const version = (await m.versions.findById('directory').lean())?.n ?? 0;
  const [people, areas, units, shifts, leaves, responsibilities] = await Promise.all([
    m.people.find({ 'roles.role': { $in: roles } }).lean(),
    m.areas.find().select('-polygon').lean(),
    m.units.find().lean(),
    m.shifts.find().lean(),
    m.leaves.find({ until: { $gt: now } }).lean(),
    m.responsibilities.find().lean(),
  ]);
  const shiftsBy = new Map<string, Shift[]>();
  for (const s of shifts) shiftsBy.set(s.personId, [...(shiftsBy.get(s.personId) ?? []), s]);
  return {
    version,
    people: new Map(people.map((p) => [p._id, p])),
    areas: new Map(areas.map((a) => [a._id, a])),
    areasByPath: new Map(areas.map((a) => [a.path, a])),
    units: new Map(units.map((u) => [u._id, u])),
    shifts: shiftsBy,
    leaves,
    responsibilities,
  };
};

/** Routing tiers reach at most from the village's other grids up to the city. */
const reaches = (grantPath: string, matterPath: string): boolean => {
  if (isWithin(matterPath, grantPath)) return true;
  const village = parentPath(parentPath(matterPath) ?? '') ?? '';
  return village !== '' && isWithin(grantPath, village);
};

/**
 * The part of the index that can matter to one place.
 * @param loads open cases by person
 */
export const snapshotOf = (
  index: StaffIndex,
  areaPath: string,
  loads: Map<string, number>,
  kin: Record<string, string[]>,
): DirectorySnapshot => {
  const people: Candidate[] = [];
  for (const p of index.people.values()) {
    for (const g of p.roles) {
      if (g.role === 'resident' || g.role === 'volunteer' || g.role === 'admin') continue;
      if (!reaches(g.areaPath, areaPath)) continue;
      people.push({
        personId: p._id,
        name: p.name,
        callName: p.callName,
        gender: p.gender,
        role: g.role,
        areaPath: g.areaPath,
        unitId: g.unitId,
        unitName: g.unitId ? index.units.get(g.unitId)?.name : undefined,
        load: loads.get(p._id) ?? 0,
      });
    }
  }
  const ids = new Set(people.map((p) => p.personId));
  return {
    people,
    responsibilities: index.responsibilities.filter((r) => isWithin(areaPath, r.areaPath)),
    shifts: [...ids].flatMap((id) => index.shifts.get(id) ?? []),
    leaves: index.leaves.filter((l) => ids.has(l.personId)),
    kin,
    areaNames: Object.fromEntries([...index.areas.values()].map((a) => [a.path, a.name])),
  };
};

/** Holders of a role whose ground covers `areaPath`, closest ground first. */
export const holdersOf = (index: StaffIndex, role: Role, areaPath: string): PersonDoc[] => {
  const found: { person: PersonDoc; length: number }[] = [];
  for (const person of index.people.values()) {
    for (const g of person.roles) {
      if (g.role === role && isWithin(areaPath, g.areaPath)) {
        found.push({ person, length: g.areaPath.length });
      }
    }
  }
  return found.sort((a, b) => b.length - a.length).map((f) => f.person);
};

/** Who stands in for somebody right now, if they are away. */
export const standInOf = (index: StaffIndex, personId: string, now: Date): string | undefined =>
  index.leaves.find((l) => l.personId === personId && l.from <= now && now < l.until)?.standInId;

export const isStaffPerson = (p: PersonDoc): boolean => isStaff(p.roles);
