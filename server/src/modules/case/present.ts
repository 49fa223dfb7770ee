import type {
  CardAction,
  CaseCard,
  EmergencyCard,
  PersonTile,
  Plate,
} from '@alley-chief/shared/contract';
import {
  buttonsFor,
  categories,
  concernWorkflow,
  stageLabels,
  stages,
  type CaseActor,
} from '@alley-chief/shared/domain';
import { emergencyGuides } from '../../understanding';
import type { CaseDoc } from './model';

export interface CasePresentation {
  now: Date;
  actors: CaseActor[];
  viewerId: string;
  /** Households that reported the same event. */
  reporters: number;
  holder?: PersonTile;
  /** Tiles of those told besides the holder, for the emergency card. */
  told: PersonTile[];
  /** The reporter's tile, for those who serve. */
  reporter?: PersonTile;
  photoUrl(fileId: string): string;
}

const viewerKind = (actors: readonly CaseActor[]): CaseCard['viewer'] => {
  if (actors.includes('reporter')) return 'reporter';
  if (actors.includes('household')) return 'household';
  if (actors.includes('holder')) return 'handler';
  if (actors.includes('chief')) return 'chief';
  if (actors.includes('desk') || actors.includes('leader')) return 'desk';
  return 'watcher';
};

const isHome = (kind: CaseCard['viewer']): boolean => kind === 'reporter' || kind === 'household';

/** Where the work on it stands: a joined case stands where its leading case does. */
export const shownState = (c: CaseDoc): CaseDoc['state'] => c.leadState ?? c.state;

/** True while the promise is broken: the clock runs and the time is over. */
export const isOverdue = (c: CaseDoc, now: Date): boolean =>
  concernWorkflow.states[shownState(c)].clockRuns && c.dueAt <= now;

const bricksOf = (c: CaseDoc, late: boolean): CaseCard['bricks'] => {
  const state = concernWorkflow.states[shownState(c)];
  const at = stages.indexOf(state.stage);
  return stages.map((key, i) => ({
    key,
    label: stageLabels[key],
    state:
      i < at || state.final
        ? 'done'
        : i > at
          ? 'todo'
          : late
            ? ('late' as const)
            : ('now' as const),
  }));
};

const plateOf = (c: CaseDoc): Plate => ({
  text: c.plateText,
  tone: c.emergency ? 'brick' : c.householdId ? 'solid' : 'outline',
});

const actionsOf = (c: CaseDoc, p: CasePresentation): CardAction[] => {
  const actions: CardAction[] = buttonsFor(concernWorkflow, c.state, p.actors).map(
    ({ action, step }) => ({
      action,
      label: step.label,
      style: step.style,
      needs: (step.needs ?? []).flatMap((n) => (n === 'category' || n === 'case' ? [] : [n])),
      disabledUntil:
        step.cooldownHours && c.nudgedAt
          ? untilIfLater(c.nudgedAt, step.cooldownHours, p.now)
          : undefined,
    }),
  );
  const kind = viewerKind(p.actors);
  const callee = isHome(kind) ? p.holder : p.reporter;
  if (callee?.phone && callee.id !== p.viewerId) {
    actions.push({
      action: 'call',
      label: isHome(kind) ? '打电话' : `打给${callee.callName}`,
      style: 'outline',
      needs: [],
      phone: callee.phone,
    });
  }
  if (isHome(kind) && shownState(c) === 'handling') {
    // Once somebody works on it, taking it back is saying it is no longer needed (ui.md section 4).
    for (const a of actions) if (a.action === 'withdraw') a.label = '不用办了';
  }
  return oneFilled(actions);
};

/** One filled button a card: the first keeps it. Plain text ones go last. */
const oneFilled = (actions: CardAction[]): CardAction[] => {
  let filled = false;
  const toned = actions.map((a) => {
    if (a.style !== 'filled') return a;
    if (!filled) {
      filled = true;
      return a;
    }
    return { ...a, style: 'outline' as const };
  });
  const rank = { filled: 0, danger: 0, outline: 1, text: 2 };
  return toned.sort((a, b) => rank[a.style] - rank[b.style]);
};

const untilIfLater = (from: Date, hours: number, now: Date): string | undefined => {
  const until = new Date(from.getTime() + hours * 3_600_000);
  return until > now ? until.toISOString() : undefined;
};

/** The routing card for one viewer. */
export const presentCase = (c: CaseDoc, p: CasePresentation): CaseCard => {
  const category = categories[c.category];
  const state = concernWorkflow.states[shownState(c)];
  const late = isOverdue(c, p.now);
  const viewer = viewerKind(p.actors);
  const home = isHome(viewer);
  const undecided = c.state === 'sorting';
  return {
    type: 'case',
    id: c._id,
    rev: c.rev,
    number: c._id,
    title: c.title,
    icon: category.icon,
    categoryName: category.name,
    plate: plateOf(c),
    status: late
      ? { text: '超时', tone: 'hot' }
      : undecided && !home
        ? { text: '没把握', tone: 'wait' }
        : { text: home ? state.label : staffLabel(c, state.label), tone: state.tone },
    state: c.state,
    viewer,
    reporterName: home || c.confidential ? undefined : c.reporterName,
    reporters: p.reporters > 1 ? p.reporters : undefined,
    holder: p.holder,
    reason: c.sentence,
    dueAt: state.clockRuns || c.state === 'waitingReporter' ? c.dueAt.toISOString() : undefined,
    dueVerb: undecided ? '回话' : category.dueVerb,
    overdue: late,
    urgent: c.urgent,
    confidential: c.confidential,
    bricks: bricksOf(c, late),
    uncertain: undecided && !home ? uncertainOf(c) : undefined,
    photos: c.photos.map((id) => p.photoUrl(id)),
    resultText: c.resultText,
    resultPhotos: c.resultPhotos.map((id) => p.photoUrl(id)),
    rating: c.rating,
    openedAt: c.openedAt.toISOString(),
    updatedAt: c.updatedAt.toISOString(),
    actions: actionsOf(c, p),
  };
};

/** Labels speak to the villager (您); to staff they speak of the household. */
const staffLabel = ({ state }: CaseDoc, label: string): string => {
  if (state === 'joined') return '一起在办';
  if (state === 'waitingReporter') return '等住户回话';
  if (state === 'resolved') return '等打分';
  return label;
};

/** A few percent is no help to whoever decides: it only looks like one. */
const worthOffering = (a: CaseDoc['alternatives'][number], rank: number): boolean =>
  rank < 3 && a.probability >= 0.1;

const uncertainOf = (c: CaseDoc): CaseCard['uncertain'] => {
  const candidates = c.alternatives.filter(worthOffering).map((a) => ({
    category: a.label,
    label: categories[a.label].name,
    percent: Math.round(a.probability * 100),
  }));
  const [first, second] = candidates;
  const sentence =
    first && second
      ? `像是${first.label}，也可能是${second.label}。交给谁，您定。`
      : first
        ? `像是${first.label}，拿不准。交给谁，您定。`
        : '没听准是啥事。交给谁，您定。';
  return { sentence, candidates };
};

const toldWords: Record<EmergencyCard['state'], string> = {
  told: '刚通知到，等他接',
  onTheWay: '接到了，正往您这儿来',
  arrived: '到了，处置完了',
  closed: '处置完了',
  falseAlarm: '问过了，没事',
};

/** The emergency card: what to do first, whom to dial, who has been told. */
export const presentEmergency = (c: CaseDoc, p: CasePresentation): EmergencyCard => {
  const guide = emergencyGuides[c.emergency!.kind];
  const viewer = viewerKind(p.actors);
  const card = presentCase(c, p);
  const state = (
    {
      sorting: 'told',
      assigned: 'told',
      handling: 'onTheWay',
      waitingReporter: 'onTheWay',
      joined: 'onTheWay',
      resolved: 'arrived',
      rated: 'closed',
      withdrawn: 'falseAlarm',
      dismissed: 'falseAlarm',
    } as const
  )[shownState(c)];
  const holderTold = p.holder
    ? [
        {
          text: `已通知${p.holder.title} ${p.holder.name}`,
          sub: toldWords[state],
          person: p.holder,
        },
      ]
    : [];
  const others = p.told.map((t) => t.title).filter((t, i, all) => all.indexOf(t) === i);
  return {
    type: 'emergency',
    id: c._id,
    rev: c.rev,
    kind: c.emergency!.kind,
    icon: guide.icon,
    headline: guide.headline,
    place: c.plateText,
    steps: guide.steps,
    dials: guide.dials,
    told: [...holderTold, ...(others.length ? [{ text: `${others.join('、')}也知道了` }] : [])],
    state,
    viewer,
    chips: isHome(viewer) ? guide.chips : [],
    // The household has the dial and the call beside the name; a false alarm is said in words.
    actions: isHome(viewer)
      ? []
      : card.actions.filter((a) =>
          ['acknowledge', 'resolve', 'call', 'askBack'].includes(a.action),
        ),
  };
};
