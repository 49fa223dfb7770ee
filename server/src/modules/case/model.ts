import { Schema, type Connection, type Model } from 'mongoose';
import type { CaseState, CategoryCode, Role } from '@alley-chief/shared/domain';
import type { RoutingReason } from '../../routing/types';
import type { Care, EmergencyKind, Slot } from '../../understanding/types';
import { defineEvents, type LinkDoc, type TidingDoc } from './event/model';

export interface Holder {
  personId: string;
  name: string;
  role: Role;
  unitName?: string;
  since: Date;
}

export interface TimelineDoc {
  at: Date;
  action: string;
  byId?: string;
  by: string;
  text: string;
  photos: string[];
}

/** A decision of the understanding, with the version that made it. */
export interface Guessed {
  category: CategoryCode;
  confidence: number;
  by: string;
}

/** What a person said a case is about: what the understanding is to learn from. */
export interface Lesson {
  category: CategoryCode;
  byId: string;
  at: Date;
}

export interface CaseDoc {
  /** Also the number people read: XC-261123-0007. */
  _id: string;
  kind: 'concern';
  title: string;
  text: string;
  category: CategoryCode;
  categoryConfidence: number;
  alternatives: { label: CategoryCode; probability: number }[];
  /** What the understanding made of it, untouched by later corrections; absent where people chose. */
  guess?: Guessed;
  lesson?: Lesson;
  state: CaseState;
  /** Present in an event that another case leads: that case's id, also after it was resolved. */
  leadId?: string;
  /** While joined: where the leading case stands. */
  leadState?: CaseState;
  /** Households that reported the event this case leads, itself included; absent means one. */
  reporters?: number;
  /** Village and family of matters: what it is compared with. Absent where it is nobody else's. */
  matchKey?: string;
  /** Moves by one with every change; compare-and-set and newest-card-wins rest on it. */
  rev: number;
  urgent: boolean;
  emergency?: { kind: EmergencyKind; dial: string };
  /** Somebody needs care more than repair; such cases are always confidential. */
  care?: Care['kind'];
  confidential: boolean;
  /** Never assigned, never informed. */
  against: string[];
  reporterId: string;
  reporterName: string;
  householdId?: string;
  /** The household's thread. */
  conversationId?: string;
  areaPath: string;
  plateText: string;
  placeText: string;
  point?: { longitude: number; latitude: number };
  holder: Holder;
  /** Had it before; not chosen again. */
  excluded: string[];
  chain: string[];
  /** Told besides the holder. */
  watchers: string[];
  sentence: string;
  reasons: RoutingReason[];
  limitHours: number;
  dueAt: Date;
  photos: string[];
  resultText?: string;
  resultPhotos: string[];
  rating?: { stars: number; tags: string[]; text?: string };
  nudgedAt?: Date;
  /** What 小同 still wants to ask, first first. */
  asking: Slot[];
  timeline: TimelineDoc[];
  /** Client ids of the last steps: a repeated one changes nothing. */
  acts: { by: string; clientId: string }[];
  /** Names the act that opened it (a message, a staff member's clientId): it cannot open two. */
  openKey: string;
  openedAt: Date;
  updatedAt: Date;
  resolvedAt?: Date;
  closedAt?: Date;
}

export interface WorkloadDoc {
  _id: string;
  /** Open cases in hand. */
  open: number;
}

export interface CaseModels {
  cases: Model<CaseDoc>;
  workloads: Model<WorkloadDoc>;
  counters: Model<{ _id: string; n: number }>;
  links: Model<LinkDoc>;
  tidings: Model<TidingDoc>;
}

const mixed = { type: Schema.Types.Mixed };
const text = { type: String, required: true };

export const defineCases = (db: Connection): CaseModels => {
  const schema = new Schema<CaseDoc>(
    {
      _id: String,
      kind: text,
      title: text,
      text: { type: String, default: '' },
      category: text,
      categoryConfidence: Number,
      alternatives: mixed,
      guess: mixed,
      lesson: mixed,
      state: text,
      leadId: String,
      leadState: String,
      reporters: Number,
      matchKey: String,
      rev: { type: Number, required: true },
      urgent: Boolean,
      emergency: mixed,
      care: String,
      confidential: Boolean,
      against: [String],
      reporterId: text,
      reporterName: String,
      householdId: String,
      conversationId: String,
      areaPath: text,
      plateText: String,
      placeText: String,
      point: mixed,
      holder: mixed,
      excluded: [String],
      chain: [String],
      watchers: [String],
      sentence: String,
      reasons: mixed,
      limitHours: Number,
      dueAt: Date,
      photos: [String],
      resultText: String,
      resultPhotos: [String],
      rating: mixed,
      nudgedAt: Date,
      asking: [String],
      timeline: mixed,
      acts: mixed,
      openKey: text,
      openedAt: Date,
      updatedAt: Date,
      resolvedAt: Date,
      closedAt: Date,
    },
    { versionKey: false, autoIndex: false, minimize: false },
  );
  schema.index({ householdId: 1, state: 1, openedAt: -1 });
  schema.index({ 'holder.personId': 1, state: 1, dueAt: 1 });
  schema.index({ areaPath: 1, state: 1, dueAt: 1 });
  schema.index({ state: 1, dueAt: 1 });
  schema.index({ photos: 1 });
  schema.index({ openKey: 1 }, { unique: true });
  schema.index({ openedAt: 1 });
  schema.index({ matchKey: 1, state: 1, openedAt: -1 }, { sparse: true });
  schema.index({ leadId: 1, openedAt: 1 }, { sparse: true });
  schema.index({ closedAt: 1 }, { sparse: true });
  schema.index({ resolvedAt: 1 }, { sparse: true });
  schema.index({ 'lesson.at': 1 }, { sparse: true });
  const workload = new Schema<WorkloadDoc>(
    { _id: String, open: { type: Number, required: true } },
    { versionKey: false, autoIndex: false },
  );
  const counter = new Schema<{ _id: string; n: number }>(
    { _id: String, n: Number },
    { versionKey: false, autoIndex: false },
  );
  return {
    cases: db.model<CaseDoc>('Case', schema, 'cases'),
    workloads: db.model<WorkloadDoc>('Workload', workload, 'workloads'),
    counters: db.model<{ _id: string; n: number }>('Counter', counter, 'counters'),
    ...defineEvents(db),
  };
};
