import { staffRoles, type Role } from '@alley-chief/shared/domain';
import { dutyRanks, type DutyRank, type DutyRoster } from './duty';
import { compare, type Tier } from './tiers';
import type { Candidate } from './types';

/** Somebody who could take the matter, as they are now. */
export interface Option {
  candidate: Candidate;
  rank: DutyRank;
  /** Id of the absent person whose place they take. */
  standInFor?: string;
}

export type Allowed = (personId: string) => boolean;

/** Total over different people, so that the order of the snapshot never shows. */
const better = (a: Option, b: Option): number =>
  a.rank - b.rank ||
  a.candidate.load - b.candidate.load ||
  Number(a.standInFor !== undefined) - Number(b.standInFor !== undefined) ||
  compare(a.candidate.personId, b.candidate.personId) ||
  compare(a.standInFor ?? '', b.standInFor ?? '') ||
  compare(JSON.stringify(a.candidate), JSON.stringify(b.candidate));

const isStaffRole = (role: Role) => (staffRoles as readonly Role[]).includes(role);

/** The stand-in's own entry, in the same role if they hold it. */
const entryOf = (personId: string, role: Role, people: Candidate[]): Candidate | undefined =>
  people
    .filter((p) => p.personId === personId && isStaffRole(p.role))
    .sort(
      (a, b) =>
        Number(b.role === role) - Number(a.role === role) ||
        compare(JSON.stringify(a), JSON.stringify(b)),
    )[0];

/** Everybody of a tier who may be asked, best first: on duty, then least load, then by id. */
export const optionsOf = (
  tier: Tier,
  allowed: Allowed,
  roster: DutyRoster,
  people: Candidate[],
): Option[] => {
  const options: Option[] = [];
  for (const member of tier.members) {
    if (!allowed(member.personId)) continue;
    const rank = roster.rankOf(member.personId);
    options.push({ candidate: member, rank });
    if (rank !== dutyRanks.onLeave) continue;
    const standInId = roster.standInOf(member.personId);
    const standIn = standInId && allowed(standInId) && entryOf(standInId, member.role, people);
    if (standIn)
      options.push({
        candidate: standIn,
        rank: roster.rankOf(standIn.personId),
        standInFor: member.personId,
      });
  }
  const seen = new Set<string>();
  return options.sort(better).filter(({ candidate }) => {
    if (seen.has(candidate.personId)) return false;
    seen.add(candidate.personId);
    return true;
  });
};

/** Everybody who serves anywhere, the likeliest to know what to do first. The very last resort. */
export const everybodyElse = (people: Candidate[]): Tier[] => {
  const order: Role[] = [
    'dispatcher',
    'gridSupervisor',
    'gridLeader',
    'gridWorker',
    'alleyChief',
    'unitStaff',
    'admin',
  ];
  return order.map((role) => ({
    kind: 'line',
    role,
    members: people.filter((p) => p.role === role),
  }));
};

export interface Choice {
  option: Option;
  tier: Tier;
  /** All options of the tier, the chosen one among them. */
  options: Option[];
  /** Place of the tier in the plan; its length when the plan had nobody. */
  index: number;
}

/**
 * Walks the tiers once for those on duty and, when the whole plan has nobody, again for those who
 * are not: somebody awake further up beats somebody asleep. Leave comes last of all.
 */
export const choose = (
  tiers: Tier[],
  allowed: Allowed,
  roster: DutyRoster,
  people: Candidate[],
): Choice | undefined => {
  const open = (list: Tier[], offset?: number) =>
    list.map((tier, i) => ({
      tier,
      index: offset ?? i,
      options: optionsOf(tier, allowed, roster, people),
    }));
  const planned = open(tiers);
  const others = open(everybodyElse(people), tiers.length);
  const walks: [ReturnType<typeof open>, DutyRank][] = [
    [planned, dutyRanks.onDuty],
    [planned, dutyRanks.offDuty],
    [others, dutyRanks.onDuty],
    [others, dutyRanks.offDuty],
    [planned, dutyRanks.onLeave],
    [others, dutyRanks.onLeave],
  ];
  for (const [list, rank] of walks)
    for (const { tier, index, options } of list) {
      // Options are sorted by rank: only the first can be the best of its tier.
      const option = options[0];
      if (option?.rank === rank) return { option, tier, options, index };
    }
  return undefined;
};
