import type { RoutingDecision } from '../../routing/types';
import type { Slot } from '../../understanding/types';
import type { CaseDoc, Guessed, Holder } from './model';
import type { RouteRequest } from './routing';

/** What becomes a case. */
export interface CaseDraft extends RouteRequest {
  title: string;
  text: string;
  reporterName: string;
  conversationId?: string;
  plateText: string;
  point?: { longitude: number; latitude: number };
  urgent: boolean;
  emergencyKind?: NonNullable<CaseDoc['emergency']>;
  careKind?: CaseDoc['care'];
  photos: string[];
  asking: Slot[];
  /** Absent where a person chose the category. */
  guess?: Guessed;
  /** Names the act that opens it; the same key never opens two. */
  openKey: string;
}

/** In these states the case lies in somebody's hands. */
export const openStates = ['sorting', 'assigned', 'handling', 'waitingReporter'] as const;

/** Undefined: everybody in the thread. */
export const visibilityOf = (
  c: Pick<CaseDoc, 'confidential' | 'reporterId'>,
): string[] | undefined => (c.confidential ? [c.reporterId] : undefined);

export const holderFrom = (d: RoutingDecision, now: Date): Holder => ({
  personId: d.assignee.personId,
  name: d.assignee.name,
  role: d.assignee.role,
  unitName: d.assignee.unitName,
  since: now,
});

const halfHour = 30 * 60_000;

/**
 * When a limit of some hours ends. Longer limits end on the next half hour: a neighbour promises
 * “明天 8 点前”, not “07:46”.
 */
export const dueFrom = (now: Date, hours: number): Date => {
  const exact = now.getTime() + hours * 3_600_000;
  return new Date(hours < 4 ? exact : Math.ceil(exact / halfHour) * halfHour);
};

/** The case as it is first stored, with the first two lines of its history. */
export const buildCase = (
  id: string,
  d: CaseDraft,
  decision: RoutingDecision,
  now: Date,
): CaseDoc => {
  const limitHours = d.emergency ? 1 : decision.limitHours;
  return {
    _id: id,
    kind: 'concern',
    title: d.title,
    text: d.text,
    category: d.category,
    categoryConfidence: d.categoryConfidence,
    alternatives: d.alternatives,
    ...(d.guess ? { guess: d.guess } : {}),
    state: decision.undecided ? 'sorting' : 'assigned',
    rev: 1,
    urgent: d.urgent || d.emergency,
    emergency: d.emergencyKind,
    ...(d.careKind ? { care: d.careKind } : {}),
    confidential: d.confidential,
    against: d.against,
    reporterId: d.reporterId,
    reporterName: d.reporterName,
    householdId: d.householdId,
    conversationId: d.conversationId,
    areaPath: d.areaPath,
    plateText: d.plateText,
    placeText: d.placeText,
    point: d.point,
    holder: holderFrom(decision, now),
    excluded: d.excluded,
    chain: decision.chain,
    watchers: decision.notify.map((n) => n.personId),
    sentence: decision.undecided ? '我先问清楚归谁，问好了马上告诉您。' : decision.sentence,
    reasons: decision.reasons,
    limitHours,
    dueAt: dueFrom(now, limitHours),
    photos: d.photos,
    resultPhotos: [],
    asking: d.asking,
    timeline: [
      {
        at: now,
        action: 'open',
        byId: d.reporterId,
        by: d.reporterName,
        text: d.text,
        photos: d.photos,
      },
      {
        at: now,
        action: 'assign',
        by: '小同',
        text: decision.undecided
          ? `没把握，先请${decision.assignee.name}看看`
          : `分给${decision.assignee.unitName ?? ''}${decision.assignee.name}`,
        photos: [],
      },
    ],
    acts: [],
    openKey: d.openKey,
    openedAt: now,
    updatedAt: now,
  };
};
