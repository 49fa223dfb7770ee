import { z } from 'zod';
import { endpoint } from './endpoint';
import { caseCard, personTile } from './cards';
import { conversationView } from './messages';
import { clientId, id, isoTime, pageOf, pageQuery, point, sentence } from './primitives';

const byId = z.object({ id });

/** One sentence of the routing decision with what it rests on. */
export const reasonView = z.object({
  kind: z.enum(['what', 'where', 'whose', 'onDuty', 'notChosen', 'fallback']),
  /** 什么事 / 在哪儿 / 谁管 / 谁在岗 / 没选谁 / 兜底 */
  label: z.string(),
  text: z.string(),
  evidence: z.string(),
});
export type ReasonView = z.infer<typeof reasonView>;

export const timelineEntry = z.object({
  at: isoTime,
  action: z.string(),
  who: z.string(),
  text: z.string(),
  photos: z.array(z.string()),
});

/** Another case that may be the same event, for those who may decide. */
export const eventSuggestion = z.object({
  /** The case that would join: `join` and `notSame` are steps of it. */
  joinerId: id,
  /** The case it would join: the steps' `caseId`. */
  leadId: id,
  /** Of the two, the one that is not being looked at. */
  other: z.object({ id, title: z.string(), plate: z.string(), openedAt: isoTime }),
  /** 可能和 XC-261123-0007 是同一件事 */
  sentence: z.string(),
  /** Plain words: 同一条胡同, 都说停电, 相隔 12 分钟. */
  reasons: z.array(z.string()),
});
export type EventSuggestion = z.infer<typeof eventSuggestion>;

/** What a case has in common with others: one event, reported by several households. */
export const caseEvent = z.object({
  /** `lead` is the one that is worked on; `single` has suggestions only. */
  role: z.enum(['lead', 'member', 'single']),
  /** Households that reported it, this one included. */
  reporters: z.number().int(),
  /** The case that is worked on; only for those who may see it. */
  leadId: id.optional(),
  /** Why a member belongs to it. */
  reasons: z.array(z.string()),
  suggestions: z.array(eventSuggestion).max(5),
});
export type CaseEvent = z.infer<typeof caseEvent>;

/** One more household that reported the event. */
export const eventReporter = z.object({
  caseId: id,
  /** Masked: 张**. */
  name: z.string(),
  plate: z.string(),
  text: z.string(),
  at: isoTime,
  /** Why it was put here. */
  reasons: z.array(z.string()),
  /** By whom, when a person decided. */
  by: z.string().optional(),
  /** Where it stands: 一起在办, 等打分, 办完. */
  status: z.string(),
  maySplit: z.boolean(),
});
export type EventReporter = z.infer<typeof eventReporter>;

export const caseDetail = z.object({
  card: caseCard,
  text: z.string(),
  reasons: z.array(reasonView),
  timeline: z.array(timelineEntry),
  /** People the case may be given to next, for `reassign`. Empty when the viewer may not. */
  candidates: z.array(personTile.extend({ why: z.string() })),
  /** Absent where a case has nothing to do with any other. */
  event: caseEvent.optional(),
  householdConversationId: id.optional(),
  caseConversationId: id.optional(),
});
export type CaseDetail = z.infer<typeof caseDetail>;

/** A row of a list of cases: the card plus what a queue needs. */
export const caseRow = z.object({
  card: caseCard,
  /** 已超时 / 今天到点 / 明天 / 以后 / 办完 */
  band: z.enum(['overdue', 'today', 'tomorrow', 'later', 'closed']),
  sub: z.string(),
});
export type CaseRow = z.infer<typeof caseRow>;

export const caseActionBody = z.object({
  clientId,
  action: z.string().min(1).max(40),
  /** Revision the person was looking at; a stale one answers `conflict` when the step no longer fits. */
  rev: z.number().int().optional(),
  text: z.string().trim().max(1000).optional(),
  fileIds: z.array(id).max(9).optional(),
  stars: z.number().int().min(1).max(5).optional(),
  tags: z.array(z.string().trim().min(1).max(12)).max(6).optional(),
  personId: id.optional(),
  category: z.string().max(40).optional(),
  /** For `join` and `notSame`: the case it is about. */
  caseId: id.optional(),
});
export type CaseActionBody = z.infer<typeof caseActionBody>;

export const caseEndpoints = {
  'GET /cases': endpoint({
    operationId: 'listCases',
    summary: 'Cases: `mine` reported by the household, `held` in own hands, `ground` on own ground',
    access: 'signedIn',
    query: pageQuery.extend({
      box: z.enum(['mine', 'held', 'ground']).default('mine'),
      state: z.enum(['open', 'rating', 'closed', 'all']).default('all'),
      filter: z.enum(['all', 'urgent', 'unclaimed', 'undecided', 'overdue']).default('all'),
      q: z.string().trim().max(50).optional(),
    }),
    reply: pageOf(caseRow).extend({
      counts: z.object({
        open: z.number().int(),
        rating: z.number().int(),
        closed: z.number().int(),
        overdue: z.number().int(),
        urgent: z.number().int(),
        unclaimed: z.number().int(),
        undecided: z.number().int(),
      }),
    }),
  }),
  'POST /cases': endpoint({
    operationId: 'openCase',
    summary: 'Open a case from a staff member (found on a walk-round, or told by phone)',
    access: ['alleyChief', 'gridWorker', 'gridLeader', 'gridSupervisor', 'dispatcher', 'admin'],
    body: z.object({
      clientId,
      text: sentence(1000),
      category: z.string().max(40).optional(),
      householdId: id.optional(),
      place: z.string().trim().max(80).optional(),
      point: point.optional(),
      fileIds: z.array(id).max(9).default([]),
    }),
    reply: caseDetail,
    status: 201,
  }),
  'GET /cases/:id': endpoint({
    operationId: 'getCase',
    summary: 'One case: card, reasons of its routing, timeline',
    access: 'signedIn',
    params: byId,
    reply: caseDetail,
  }),
  'GET /cases/:id/reporters': endpoint({
    operationId: 'listReporters',
    summary: 'The other households that reported the event a case leads, oldest first',
    access: [
      'alleyChief',
      'gridWorker',
      'gridLeader',
      'gridSupervisor',
      'unitStaff',
      'dispatcher',
      'admin',
    ],
    params: byId,
    query: pageQuery,
    reply: pageOf(eventReporter),
  }),
  'POST /cases/:id/actions': endpoint({
    operationId: 'actOnCase',
    summary: 'Take a step of the workflow; repeating a clientId changes nothing',
    access: 'signedIn',
    params: byId,
    body: caseActionBody,
    reply: caseDetail,
    errors: ['wrongStep', 'conflict', 'tooSoon'],
    perMinute: 60,
  }),
  'POST /cases/:id/thread': endpoint({
    operationId: 'openCaseThread',
    summary: 'The staff thread of a case, made on first use',
    access: [
      'alleyChief',
      'gridWorker',
      'gridLeader',
      'gridSupervisor',
      'unitStaff',
      'dispatcher',
      'admin',
    ],
    params: byId,
    reply: conversationView,
  }),
} as const;
