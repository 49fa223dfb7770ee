import { categories, type Role } from '@alley-chief/shared/domain';
import { choose, optionsOf, type Allowed, type Choice } from './choose';
import { findConflicts } from './conflicts';
import { createRoster, dutyRanks } from './duty';
import { NoOneLeft } from './errors';
import { reasonsFor } from './reasons';
import { sentenceFor } from './sentence';
import { closestTier, planFor, rulesFor, type Plan, type Tier } from './tiers';
import type { Candidate, DirectorySnapshot, RoutingDecision, RoutingMatter } from './types';

export { NoOneLeft } from './errors';
export type * from './types';
export { decideThreshold } from './types';

/** Somebody has to be on the way long before; this is when silence is called silence. Hours. */
export const emergencyLimitHours = 2;

/** Nobody is in danger this minute, and nobody may be left alone until tomorrow. Hours. */
export const careLimitHours = 4;

/** How high a role stands on the way up; units and chiefs stand at its foot. */
const height: Partial<Record<Role, number>> = {
  gridWorker: 1,
  gridLeader: 2,
  gridSupervisor: 3,
  dispatcher: 4,
};

const limitFor = (plan: Plan, matter: RoutingMatter, snapshot: DirectorySnapshot): number => {
  if (plan.mode === 'emergency') return emergencyLimitHours;
  if (plan.mode === 'care') return careLimitHours;
  // Undecided, what is promised is an answer whose matter it is, not its solution.
  const category = plan.mode === 'undecided' ? 'other.unclear' : matter.category;
  const rule =
    plan.mode === 'undecided' ? rulesFor(category, matter.areaPath, snapshot)[0] : plan.rule;
  return rule?.limitHours ?? categories[category].limitHours;
};

/**
 * Finds who gets a matter, and says why. Pure: the same matter, directory and moment give the same
 * decision in whatever order the directory lists its people.
 *
 * Conditions are given up in this order until somebody is found: being on duty, not having had it
 * before, not being of the reporter's side or the accused's line. Being the person complained about
 * or their kin is never given up.
 *
 * @throws NoOneLeft when everybody who serves is complained about or kin of those.
 */
export const route = (
  matter: RoutingMatter,
  snapshot: DirectorySnapshot,
  now: Date,
): RoutingDecision => {
  const { people } = snapshot;
  const roster = createRoster(snapshot, now);
  const conflicts = findConflicts(matter, snapshot);
  const plan = planFor(matter, snapshot);

  const had = new Set(matter.excluded);
  // Who could not tell what it is will not be asked what it is.
  const asker = plan.mode === 'undecided' ? matter.reporterId : undefined;
  const clear: Allowed = (id) => !conflicts.barred(id) && !conflicts.partial(id) && id !== asker;
  const strictness: Allowed[] = [
    (id) => clear(id) && !had.has(id),
    clear,
    (id) => !conflicts.barred(id) && !had.has(id),
    (id) => !conflicts.barred(id),
  ];
  let choice: Choice | undefined;
  for (const allowed of strictness) {
    choice = choose(plan.tiers, allowed, roster, people);
    if (choice) break;
  }
  if (!choice) throw new NoOneLeft();

  const { candidate: assignee, standInFor } = choice.option;
  const best = (tier: Tier, allowed: Allowed) => optionsOf(tier, allowed, roster, people)[0];

  const chain: Candidate[] = [];
  const foot = height[assignee.role] ?? 0;
  for (const tier of plan.tiers.slice(choice.index + 1)) {
    const rise = height[tier.role] ?? 0;
    if (tier.kind !== 'line' || rise <= foot) continue;
    const next = best(
      tier,
      (id) =>
        strictness[0]!(id) && id !== assignee.personId && !chain.some((p) => p.personId === id),
    );
    // The desk ends the chain even asleep; before it only who is awake is of use.
    if (next && (next.rank === dutyRanks.onDuty || tier.role === 'dispatcher'))
      chain.push(next.candidate);
    if (next && tier.role === 'dispatcher') break;
  }

  const notify: Candidate[] = [];
  if (plan.mode === 'emergency' || plan.mode === 'care') {
    // A chief may be family's neighbour and gossip: a confidential cry for help passes them by.
    const told: Role[] =
      plan.mode === 'care'
        ? ['dispatcher']
        : [...(matter.confidential ? [] : (['alleyChief'] as const)), 'dispatcher', 'gridWorker'];
    const tellable: Allowed = (id) =>
      !conflicts.barred(id) &&
      id !== matter.reporterId &&
      id !== assignee.personId &&
      !notify.some((p) => p.personId === id);
    for (const role of told) {
      const tier = closestTier(role, matter.areaPath, people);
      const option = tier && best(tier, tellable);
      if (option) notify.push(option.candidate);
    }
  }

  const grounds = { matter, snapshot, plan, choice, roster, conflicts, chain, now };
  const unitName =
    assignee.role === 'unitStaff'
      ? (assignee.unitName ??
        (choice.tier.rule && 'unitName' in choice.tier.rule.handler
          ? choice.tier.rule.handler.unitName
          : undefined))
      : undefined;
  return {
    assignee,
    ...(standInFor !== undefined ? { standInFor } : {}),
    chain: chain.map((p) => p.personId),
    notify,
    undecided: plan.mode === 'undecided',
    reasons: reasonsFor(grounds),
    sentence: sentenceFor(grounds),
    limitHours: limitFor(plan, matter, snapshot),
    ...(unitName ? { unitName } : {}),
  };
};
