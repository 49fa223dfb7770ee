import { z } from 'zod';
import { isoTime, id } from './primitives';

/** How a person is drawn: surname tile colour follows what they are to the viewer. */
export const personTile = z.object({
  id,
  name: z.string(),
  surname: z.string(),
  /** What neighbours call them, e.g. 王婶. Falls back to the name. */
  callName: z.string(),
  /** Role or unit in plain words, e.g. 胡同长, 镇电工班. */
  title: z.string(),
  tone: z.enum(['chief', 'household', 'worker', 'volunteer', 'bot']),
  /** Number to dial; present only when this viewer may call this person. */
  phone: z.string().optional(),
});
export type PersonTile = z.infer<typeof personTile>;

/** A door plate: where a matter is. Outline = a place outside the viewer's own alley. */
export const plate = z.object({ text: z.string(), tone: z.enum(['solid', 'outline', 'brick']) });
export type Plate = z.infer<typeof plate>;

/** A status word with its colour; the colour only repeats the word. */
export const statusTag = z.object({
  text: z.string(),
  tone: z.enum(['do', 'wait', 'hot', 'hotTint', 'free', 'done']),
});
export type StatusTag = z.infer<typeof statusTag>;

/** One of the five bricks 发现·分办·处置·反馈·评价. */
export const brick = z.object({
  key: z.enum(['discover', 'assign', 'coHandle', 'feedback', 'appraise']),
  label: z.string(),
  state: z.enum(['done', 'now', 'late', 'todo']),
});
export type Brick = z.infer<typeof brick>;

/** What an action asks for before it can be sent. */
export const actionInput = z.enum(['text', 'reason', 'photo', 'stars', 'person', 'result']);
export type ActionInput = z.infer<typeof actionInput>;

/** A button on a card. The server decides which exist, so that no client re-implements a policy. */
export const cardAction = z.object({
  /** Sent back as `action`; `call`, `photo` and `open:*` are carried out by the client itself. */
  action: z.string(),
  label: z.string(),
  style: z.enum(['filled', 'outline', 'text', 'danger']),
  needs: z.array(actionInput).default([]),
  /** Disabled until then; the label stays, the client says when it returns. */
  disabledUntil: isoTime.optional(),
  /** For `call`: the number. */
  phone: z.string().optional(),
  /** For `open:*`: the id of what to open. */
  target: z.string().optional(),
});
export type CardAction = z.infer<typeof cardAction>;

const cardBase = { id, rev: z.number().int() };

/** The routing card: who has the matter, why, by when. One per case per thread; it updates in place. */
export const caseCard = z.object({
  ...cardBase,
  type: z.literal('case'),
  number: z.string(),
  title: z.string(),
  icon: z.string(),
  categoryName: z.string(),
  plate,
  status: statusTag,
  state: z.string(),
  /** Who is looking: decides wording and actions. */
  viewer: z.enum(['reporter', 'household', 'chief', 'handler', 'desk', 'watcher']),
  reporterName: z.string().optional(),
  /** Households that reported the same event; absent while it is one. */
  reporters: z.number().int().optional(),
  holder: personTile.optional(),
  /** One sentence a villager would accept: whose duty, why this person now. */
  reason: z.string(),
  dueAt: isoTime.optional(),
  /** What is promised by then: 修好, 回话, 答复 … */
  dueVerb: z.string().optional(),
  overdue: z.boolean(),
  urgent: z.boolean(),
  confidential: z.boolean(),
  bricks: z.array(brick).length(5),
  /** Candidates, for whoever may decide (chief, duty desk), when the text was not clear enough. */
  uncertain: z
    .object({
      sentence: z.string(),
      candidates: z.array(
        z.object({ category: z.string(), label: z.string(), percent: z.number() }),
      ),
    })
    .optional(),
  photos: z.array(z.string()),
  resultText: z.string().optional(),
  resultPhotos: z.array(z.string()),
  rating: z
    .object({ stars: z.number(), tags: z.array(z.string()), text: z.string().optional() })
    .optional(),
  openedAt: isoTime,
  updatedAt: isoTime,
  actions: z.array(cardAction),
});
export type CaseCard = z.infer<typeof caseCard>;

/** Emergency: instructions come before buttons (a call from a gas-filled room is dangerous). */
export const emergencyCard = z.object({
  ...cardBase,
  type: z.literal('emergency'),
  kind: z.enum([
    'fire',
    'gas',
    'violence',
    'drowning',
    'selfHarm',
    'medical',
    'traffic',
    'electric',
    'collapse',
  ]),
  icon: z.string(),
  headline: z.string(),
  place: z.string(),
  steps: z.array(z.string()).max(3),
  dials: z.array(z.object({ number: z.string(), label: z.string() })).min(1),
  told: z.array(
    z.object({ text: z.string(), sub: z.string().optional(), person: personTile.optional() }),
  ),
  state: z.enum(['told', 'onTheWay', 'arrived', 'closed', 'falseAlarm']),
  viewer: z.enum(['reporter', 'household', 'chief', 'handler', 'desk', 'watcher']),
  /** The three facts rescuers need; sent as ordinary messages. */
  chips: z.array(z.string()),
  actions: z.array(cardAction),
});
export type EmergencyCard = z.infer<typeof emergencyCard>;

/** A knowledge answer: quotes its passage and names its source. */
export const answerCard = z.object({
  ...cardBase,
  type: z.literal('answer'),
  title: z.string(),
  passage: z.string(),
  source: z.string(),
  sourceDate: z.string().optional(),
  note: z.string().optional(),
  actions: z.array(cardAction),
});
export type AnswerCard = z.infer<typeof answerCard>;

/** One line of the personal checklist of a service bundle. */
export const checklistRow = z.object({
  key: z.string(),
  name: z.string(),
  /** Where to get it, or how it is already covered. */
  hint: z.string(),
  need: z.enum(['required', 'deferrable', 'optional', 'waived']),
  done: z.boolean(),
});
export type ChecklistRow = z.infer<typeof checklistRow>;

/** A service bundle (一件事) offered in the thread. */
export const bundleCard = z.object({
  ...cardBase,
  type: z.literal('bundle'),
  serviceId: z.string(),
  title: z.string(),
  summary: z.string(),
  trips: z.number().int(),
  workingDays: z.number().int().optional(),
  fee: z.string(),
  rows: z.array(checklistRow),
  ready: z.number().int(),
  total: z.number().int(),
  linkedMatters: z.array(
    z.object({ name: z.string(), unit: z.string().optional(), days: z.number().optional() }),
  ),
  sample: z.boolean(),
  bookingId: z.string().optional(),
  actions: z.array(cardAction),
});
export type BundleCard = z.infer<typeof bundleCard>;

/** A booked counter slot, drawn as a queue ticket. */
export const bookingCard = z.object({
  ...cardBase,
  type: z.literal('booking'),
  serviceId: z.string(),
  serviceName: z.string(),
  ticket: z.string(),
  startsAt: isoTime,
  plate,
  ahead: z.number().int(),
  minutes: z.number().int(),
  bring: z.array(z.string()),
  state: z.enum(['booked', 'near', 'called', 'served', 'missed', 'cancelled']),
  status: statusTag,
  actions: z.array(cardAction),
});
export type BookingCard = z.infer<typeof bookingCard>;

/** A request for a helping hand, offered to the village's volunteers. */
export const helpCard = z.object({
  ...cardBase,
  type: z.literal('help'),
  kind: z.string(),
  title: z.string(),
  note: z.string(),
  elder: personTile,
  elderAge: z.number().int().optional(),
  plate,
  distanceMetres: z.number().int().optional(),
  when: z.string(),
  minutes: z.number().int(),
  creditHours: z.number(),
  state: z.enum(['open', 'accepted', 'done', 'confirmed', 'cancelled']),
  status: statusTag,
  volunteer: personTile.optional(),
  steps: z.array(z.object({ text: z.string(), warn: z.string().optional(), done: z.boolean() })),
  consent: z.object({ scope: z.string(), until: isoTime, proof: z.string() }).optional(),
  rating: z.object({ stars: z.number(), text: z.string().optional() }).optional(),
  viewer: z.enum(['elder', 'family', 'volunteer', 'chief', 'watcher']),
  actions: z.array(cardAction),
});
export type HelpCard = z.infer<typeof helpCard>;

export const card = z.discriminatedUnion('type', [
  caseCard,
  emergencyCard,
  answerCard,
  bundleCard,
  bookingCard,
  helpCard,
]);
/** Anything that can hang in a thread besides words. `type:id` names it, the highest `rev` wins. */
export type Card = z.infer<typeof card>;
export type CardType = Card['type'];
