import { groupOf, isWithin, staffRoles, type Role } from '@alley-chief/shared/domain';
import type { Candidate, DirectorySnapshot, RoutingMatter } from './types';

const isStaffRole = (role: Role) => (staffRoles as readonly Role[]).includes(role);

/** A complaint about somebody who serves: their whole line keeps out of it. */
export const isStaffComplaint = (matter: RoutingMatter, snapshot: DirectorySnapshot): boolean =>
  groupOf(matter.category) === 'style' ||
  snapshot.people.some((p) => isStaffRole(p.role) && matter.against.includes(p.personId));

/** Kin in either direction: the directory may have written down only one. */
const kinOf = (people: Iterable<string>, { kin }: DirectorySnapshot): Set<string> => {
  const parties = new Set(people);
  const found = new Set<string>();
  for (const party of parties) for (const id of kin[party] ?? []) found.add(id);
  for (const [id, others] of Object.entries(kin))
    if (others.some((other) => parties.has(other))) found.add(id);
  return found;
};

const lineRoles: readonly Role[] = ['alleyChief', 'gridWorker', 'gridLeader'];

/**
 * The line of the accused: colleagues of the same unit, and below the supervisor everybody whose
 * ground touches theirs. A supervisor's fellow supervisors count as colleagues.
 */
const inLineWith = (person: Candidate, accused: Candidate): boolean => {
  if (person.unitId && person.unitId === accused.unitId) return true;
  const touching =
    isWithin(person.areaPath, accused.areaPath) || isWithin(accused.areaPath, person.areaPath);
  if (!touching) return false;
  if (accused.role === 'gridSupervisor')
    return person.role === 'gridSupervisor' || lineRoles.includes(person.role);
  return lineRoles.includes(accused.role) && lineRoles.includes(person.role);
};

/** Who keeps out of a matter, and how strictly. */
export interface Conflicts {
  /** Never: the person complained about and their kin. */
  barred(personId: string): boolean;
  /** Only when nobody else is left: the reporter's own side, the line of the accused. */
  partial(personId: string): boolean;
}

export const findConflicts = (matter: RoutingMatter, snapshot: DirectorySnapshot): Conflicts => {
  const barred = new Set([...matter.against, ...kinOf(matter.against, snapshot)]);
  const partial = new Set<string>();
  const complaint = isStaffComplaint(matter, snapshot);
  const group = groupOf(matter.category);
  // In an emergency a brother who is near is no conflict but a help.
  if (!matter.emergency && (complaint || group === 'dispute' || matter.against.length > 0)) {
    const own = [matter.reporterId, ...matter.householdMemberIds];
    for (const id of [...own, ...kinOf(own, snapshot)]) partial.add(id);
  }
  if (!matter.emergency && complaint) {
    const accused = snapshot.people.filter((p) => matter.against.includes(p.personId));
    for (const person of snapshot.people) {
      // Not known who is meant: then whoever serves this ground may be.
      const meant = accused.length
        ? accused.some((a) => inLineWith(person, a))
        : lineRoles.includes(person.role) && isWithin(matter.areaPath, person.areaPath);
      if (meant) partial.add(person.personId);
    }
  }
  return { barred: (id) => barred.has(id), partial: (id) => partial.has(id) };
};
