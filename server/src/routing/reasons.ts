import { ancestorPaths, categories, roleLabels } from '@alley-chief/shared/domain';
import type { Choice } from './choose';
import type { Conflicts } from './conflicts';
import { dutyRanks, wallTime, type DutyRoster } from './duty';
import type { Plan, Tier } from './tiers';
import {
  decideThreshold,
  type Candidate,
  type DirectorySnapshot,
  type RoutingMatter,
  type RoutingReason,
} from './types';

/** All that a decision rests on, gathered for putting it into words. */
export interface Grounds {
  matter: RoutingMatter;
  snapshot: DirectorySnapshot;
  plan: Plan;
  choice: Choice;
  roster: DutyRoster;
  conflicts: Conflicts;
  chain: Candidate[];
  now: Date;
}

const kindLabels = { basic: '基本履职', cooperative: '配合履职', reclaimed: '上级收回' } as const;
const placeEvidence = { named: '地名对上', located: '定位对上', home: '按住址' } as const;
const weekdayNames = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;
const mostNamed = 3;

export const percent = (p: number): string => `${Math.round(p * 100)}%`;

const clock = (minute: number) => {
  const m = minute === 1440 ? minute : minute % 1440;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(m / 60))}:${two(m % 60)}`;
};

/** 镇电工班, or the role's name. */
export const tierName = (tier: Tier): string => {
  const handler = tier.rule?.handler;
  return handler && 'unitName' in handler ? handler.unitName : roleLabels[tier.role];
};

const named = (names: string[]) =>
  names.length > mostNamed
    ? `${names.slice(0, mostNamed).join('、')}等 ${names.length} 人`
    : names.join('、');

const what = ({ matter, plan }: Grounds): RoutingReason[] => {
  const name = categories[matter.category].name;
  const said = matter.evidence.map((word) => `“${word}”`).join('');
  const sure = matter.categoryConfidence >= decideThreshold;
  const reasons: RoutingReason[] = [
    {
      kind: 'what',
      text: said ? `说到${said}，${sure ? '是' : '像是'}${name}的事` : `听着像是${name}的事`,
      evidence: percent(matter.categoryConfidence),
    },
  ];
  if (matter.secondOpinion)
    reasons.push({
      kind: 'what',
      text: matter.secondOpinion.agrees
        ? `我拿不准，问了大模型（只给打了码的话），也说是${name}`
        : `我拿不准，问了大模型（只给打了码的话），它说像是${categories[matter.secondOpinion.category].name}`,
      evidence: '大模型',
    });
  if (plan.mode === 'emergency')
    reasons.push({ kind: 'what', text: '有人身危险的话，按急事走', evidence: '要紧' });
  if (plan.mode === 'care')
    reasons.push({ kind: 'what', text: '有人受伤害，先护人、再说事', evidence: '要紧' });
  if (plan.mode === 'undecided') {
    const others = matter.alternatives
      .filter((a) => a.label !== matter.category)
      .map((a) => `${categories[a.label].name} ${percent(a.probability)}`);
    reasons.push({
      kind: 'what',
      text: others.length ? `说不准，也可能是${others.join('、')}` : '说不准归哪一类，先找人问清楚',
      evidence: '没把握',
    });
  }
  return reasons;
};

const where = ({ matter, snapshot }: Grounds): RoutingReason => {
  const names = ancestorPaths(matter.areaPath)
    .reverse()
    .flatMap((path) => snapshot.areaNames[path] ?? []);
  const place = matter.placeText.trim();
  // “槐树胡同 7 号在槐树胡同” says nothing: say the area the place does not name itself.
  const [own = '', next = ''] = names;
  const area = own && place.includes(own) ? next : `${next}${own}`;
  const text = place && area ? `${place}在${area}` : place || area || '没说在哪儿';
  return { kind: 'where', text, evidence: placeEvidence[matter.placeSource] };
};

const whose = ({ matter, plan }: Grounds): RoutingReason => {
  if (plan.mode === 'emergency')
    return {
      kind: 'whose',
      text: `急事先到网格长，${matter.confidential ? '' : '胡同长和'}治理中心同时知道`,
      evidence: '急事',
    };
  if (plan.mode === 'care')
    return {
      kind: 'whose',
      text: '要有人护着的事，不经过家里和胡同，直接到网格长，治理中心同时知道',
      evidence: '悄悄办',
    };
  if (plan.mode === 'complaint')
    return {
      kind: 'whose',
      text: '反映干部的事，不经过本人和他这条线上的人',
      evidence: '已避开',
    };
  if (plan.mode === 'undecided')
    return { kind: 'whose', text: '没问清楚以前不派单，先请人定归口', evidence: '等人定' };
  if (!plan.rule)
    return { kind: 'whose', text: '履职清单里没写归谁，先找网格员', evidence: '清单没有' };
  const { dutyNo, dutyName, handler, kind } = plan.rule;
  const handlerName = 'unitName' in handler ? handler.unitName : roleLabels[handler.role];
  return {
    kind: 'whose',
    text: `履职清单第 ${dutyNo} 条“${dutyName}”，归${handlerName}`,
    evidence: kindLabels[kind],
  };
};

const onDuty = ({ choice, roster, snapshot, now }: Grounds): RoutingReason => {
  const { candidate, rank, standInFor } = choice.option;
  const shift = roster.shiftOf(candidate.personId);
  const hand = candidate.load > 0 ? `手里 ${candidate.load} 件` : '手里没有别的事';
  const rivals = choice.options.filter((o) => o.rank === dutyRanks.onDuty);
  if (rank !== dutyRanks.onDuty || !shift)
    return {
      kind: 'onDuty',
      text: `这会儿没有人在岗，先记到${candidate.name}名下，${hand}`,
      evidence: '没人在岗',
    };
  const absent = snapshot.people.find((p) => p.personId === standInFor)?.name;
  const { weekday, minute } = wallTime(now);
  // After midnight a night shift is still last evening's.
  const day = minute < shift.fromMinute ? (weekday + 6) % 7 : weekday;
  const hours = `${weekdayNames[day]!} ${clock(shift.fromMinute)}–${clock(shift.untilMinute)}`;
  return {
    kind: 'onDuty',
    text: `${candidate.name}${absent ? `替${absent}，` : ''}${hours} ${shift.label}，${hand}`,
    evidence: absent ? '替班' : rivals.length > 1 ? '活最少' : '只有一人在岗',
  };
};

const sorted = (people: Candidate[]) =>
  [...people].sort((a, b) => (a.personId < b.personId ? -1 : a.personId > b.personId ? 1 : 0));

/** Why the others of the tier and of the tiers before it were passed over. Conflicts stay nameless. */
const notChosen = (g: Grounds): RoutingReason[] => {
  const { choice, plan, matter, conflicts, roster } = g;
  const chosen = choice.option.candidate.personId;
  const considered = new Map<string, Candidate>();
  // Neighbouring grounds hold many who were never a question: only own people are told of.
  for (const tier of [
    ...plan.tiers.slice(0, choice.index).filter((t) => t.kind !== 'wider'),
    choice.tier,
  ])
    for (const p of tier.members) if (p.personId !== chosen) considered.set(p.personId, p);

  const groups = { leave: [], off: [], had: [], busier: [] } as Record<
    'leave' | 'off' | 'had' | 'busier',
    Candidate[]
  >;
  let kept = 0;
  for (const p of sorted([...considered.values()])) {
    if (conflicts.barred(p.personId) || conflicts.partial(p.personId)) kept += 1;
    else if (matter.excluded.includes(p.personId)) groups.had.push(p);
    else if (roster.rankOf(p.personId) === dutyRanks.onLeave) groups.leave.push(p);
    else if (roster.rankOf(p.personId) === dutyRanks.offDuty) groups.off.push(p);
    else groups.busier.push(p);
  }
  const reason = (
    people: Candidate[],
    say: (names: string) => string,
    evidence: string,
    nameOf = (p: Candidate) => p.name,
  ) =>
    people.length
      ? [{ kind: 'notChosen' as const, text: say(named(people.map(nameOf))), evidence }]
      : [];
  const busier = groups.busier.some((p) => p.load > choice.option.candidate.load);
  return [
    ...reason(groups.had, (n) => `${n}经手过，不再找`, '退过'),
    ...reason(groups.leave, (n) => `${n}请假`, '请假'),
    ...reason(groups.off, (n) => `${n}这会儿不在岗`, '不在岗'),
    ...reason(
      groups.busier,
      (n) => `也在岗的有${n}`,
      busier ? '活更多' : '一样忙',
      (p) => `${p.name} ${p.load} 件`,
    ),
    ...(kept
      ? [
          {
            kind: 'notChosen' as const,
            text: `有 ${kept} 人与这事有牵连，没有选`,
            evidence: '已避开',
          },
        ]
      : []),
  ];
};

const fallback = ({ choice, plan, chain }: Grounds): RoutingReason[] => {
  const reasons: RoutingReason[] = [];
  const { candidate } = choice.option;
  const first = plan.tiers[0];
  if (first && choice.index > 0)
    reasons.push({
      kind: 'fallback',
      text: `${tierName(first)}这会儿找不到能接的人，${choice.tier.kind === 'wider' ? '就近' : '顺着'}找到${tierName(choice.tier)}${candidate.name}`,
      evidence: '换人',
    });
  reasons.push({
    kind: 'fallback',
    text: chain.length
      ? `接不了就往上，依次是${chain.map((p) => `${roleLabels[p.role]}${p.name}`).join('、')}`
      : `到${roleLabels[candidate.role]}就是最后一站，不再往上`,
    evidence:
      chain.at(-1)?.role === 'dispatcher' || candidate.role === 'dispatcher'
        ? '治理中心兜底'
        : '没有更上一级',
  });
  return reasons;
};

/** 什么事 / 在哪儿 / 谁管 / 谁在岗 / 没选谁 / 兜底, in the order staff read them. */
export const reasonsFor = (g: Grounds): RoutingReason[] => [
  ...what(g),
  where(g),
  whose(g),
  onDuty(g),
  ...notChosen(g),
  ...fallback(g),
];
