import { ancestorPaths, groupOf, isWithin, type Role } from '@alley-chief/shared/domain';
import { isStaffComplaint } from './conflicts';
import {
  decideThreshold,
  type Candidate,
  type DirectorySnapshot,
  type Responsibility,
  type RoutingMatter,
} from './types';

/** How a matter is looked at; decides who is asked first. */
export type Mode = 'ordinary' | 'undecided' | 'complaint' | 'emergency' | 'care';

/** People who are equal for this matter; among them duty and load decide. */
export interface Tier {
  /** `handler`: whose duty it is; `wider`: the same role further off; `line`: the way up. */
  kind: 'handler' | 'wider' | 'line';
  role: Role;
  /** The rule that names them, for `handler` and `wider`. */
  rule?: Responsibility;
  members: Candidate[];
}

export interface Plan {
  mode: Mode;
  tiers: Tier[];
  /** The rule that holds for the ground, if the list has one. */
  rule?: Responsibility;
}

/** Whether the category is settled enough to act on. */
export const modeOf = (matter: RoutingMatter, snapshot: DirectorySnapshot): Mode => {
  if (matter.emergency) return 'emergency';
  if (matter.care) return 'care';
  if (isStaffComplaint(matter, snapshot)) return 'complaint';
  // Which kind of dispute it is matters little: the same room mediates all of them.
  if (groupOf(matter.category) === 'dispute') return 'ordinary';
  return matter.categoryConfidence < decideThreshold ? 'undecided' : 'ordinary';
};

/** Of two rules on the same ground: own duty, then a duty taken back from above, then help. */
const kindRank = { basic: 0, reclaimed: 1, cooperative: 2 } as const;

/** Rules for the category on the ground, the most specific scope first. */
export const rulesFor = (
  category: Responsibility['category'],
  areaPath: string,
  snapshot: DirectorySnapshot,
): Responsibility[] =>
  snapshot.responsibilities
    .filter((r) => r.category === category && isWithin(areaPath, r.areaPath))
    .sort(
      (a, b) =>
        b.areaPath.length - a.areaPath.length ||
        kindRank[a.kind] - kindRank[b.kind] ||
        compare(a.dutyNo, b.dutyNo) ||
        compare(JSON.stringify(a.handler), JSON.stringify(b.handler)),
    );

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Holders of a role whose ground covers the matter's, grouped by ground, the closest first. */
const covering = (role: Role, areaPath: string, people: Candidate[]): Candidate[][] => {
  const byPath = new Map<string, Candidate[]>();
  for (const p of people)
    if (p.role === role && isWithin(areaPath, p.areaPath))
      byPath.set(p.areaPath, [...(byPath.get(p.areaPath) ?? []), p]);
  return [...byPath].sort(([a], [b]) => b.length - a.length).map(([, group]) => group);
};

/** Holders of a role on ever wider ground around the matter's, up to the township. */
const around = (role: Role, areaPath: string, people: Candidate[]): Candidate[][] =>
  ancestorPaths(areaPath)
    .slice(1)
    .reverse()
    .map((scope) => people.filter((p) => p.role === role && isWithin(p.areaPath, scope)));

/** The way up: those whose ground it is, or, for a matter known only roughly, those inside it. */
const lineOf = (role: Role, areaPath: string, people: Candidate[]): Tier[] => {
  const own = covering(role, areaPath, people);
  const groups = own.length
    ? own
    : [people.filter((p) => p.role === role && isWithin(p.areaPath, areaPath))];
  return groups.map((members) => ({ kind: 'line', role, members }));
};

/** The holders of a role closest to the ground; for the duty desk, any desk rather than none. */
export const closestTier = (
  role: Role,
  areaPath: string,
  people: Candidate[],
): Tier | undefined => {
  const own = lineOf(role, areaPath, people).find((tier) => tier.members.length > 0);
  if (own || role !== 'dispatcher') return own;
  return { kind: 'line', role, members: people.filter((p) => p.role === role) };
};

/**
 * Those the rule names. Neighbouring grounds help out where the own holder is away; once a holder
 * had the matter and passed it up, it climbs instead of going round the neighbours.
 */
const handlerTiers = (
  rule: Responsibility,
  { areaPath, excluded }: RoutingMatter,
  people: Candidate[],
): Tier[] => {
  const { handler } = rule;
  if (handler.role === 'unitStaff') {
    const { unitId } = handler as Extract<Responsibility['handler'], { unitId: string }>;
    const members = people.filter((p) => p.role === 'unitStaff' && p.unitId === unitId);
    return [{ kind: 'handler', role: 'unitStaff', rule, members }];
  }
  const { role } = handler;
  const own = covering(role, areaPath, people).map((members): Tier => ({
    kind: 'handler',
    role,
    rule,
    members,
  }));
  const wider = around(role, areaPath, people).map((members): Tier => ({
    kind: 'wider',
    role,
    rule,
    members,
  }));
  const passedUp = [...own, ...wider].some(({ members }) =>
    members.some((p) => excluded.includes(p.personId)),
  );
  return passedUp ? own : [...own, ...wider];
};

const wayUp = {
  ordinary: ['gridWorker', 'gridLeader', 'gridSupervisor', 'dispatcher'],
  undecided: ['alleyChief', 'gridWorker', 'gridLeader', 'gridSupervisor', 'dispatcher'],
  complaint: ['gridSupervisor', 'dispatcher'],
  emergency: ['gridLeader', 'gridWorker', 'gridSupervisor', 'dispatcher'],
  // Neither neighbours nor mediators: whoever may knock on the door and must keep silent about it.
  care: ['gridLeader', 'gridSupervisor', 'dispatcher'],
} as const satisfies Record<Mode, readonly Role[]>;

/** Roles a complaint about staff may be handled by: never somebody of the ground itself. */
const outsideRoles: readonly Role[] = ['unitStaff', 'gridSupervisor', 'dispatcher'];

/** Everybody who may be asked, best first; the last tier is the duty desk. */
export const planFor = (matter: RoutingMatter, snapshot: DirectorySnapshot): Plan => {
  const { people } = snapshot;
  const { areaPath } = matter;
  const mode = modeOf(matter, snapshot);
  const rules = rulesFor(matter.category, areaPath, snapshot);
  const rule = rules[0];

  const handlers =
    mode === 'ordinary'
      ? // Behind the rule of the ground, the units that wider rules name: the same matter further up.
        rules
          .filter((r, i) => i === 0 || r.handler.role === 'unitStaff')
          .flatMap((r) => handlerTiers(r, matter, people))
      : // A quarrel between neighbours stays one when the neighbour is a chief: mediators may take it.
        mode === 'complaint' && ['style', 'dispute'].includes(groupOf(matter.category))
        ? rules
            .filter((r) => outsideRoles.includes(r.handler.role))
            .flatMap((r) => handlerTiers(r, matter, people))
        : [];
  // A chief who does not know whose it is might know who said it: a confidential word goes higher.
  const up: readonly Role[] =
    mode === 'undecided' && matter.confidential ? wayUp.complaint : wayUp[mode];
  const tiers: Tier[] = [
    ...handlers,
    ...up.flatMap((role) => lineOf(role, areaPath, people)),
    // Should the desk of this ground be empty, any desk is better than none.
    { kind: 'line', role: 'dispatcher', members: people.filter((p) => p.role === 'dispatcher') },
  ];

  const seen = new Set<string>();
  const distinct = tiers.map((tier) => {
    // Wider circles are counted without those already asked; the way up always stays whole.
    const members =
      tier.kind === 'wider' ? tier.members.filter((p) => !seen.has(p.personId)) : tier.members;
    for (const p of members) seen.add(p.personId);
    return { ...tier, members };
  });
  return {
    mode,
    tiers: distinct.filter((tier) => tier.members.length > 0),
    ...(rule ? { rule } : {}),
  };
};
