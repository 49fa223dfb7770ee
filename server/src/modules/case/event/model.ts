import { Schema, type Connection, type Model } from 'mongoose';
import type { TimelineDoc, CaseDoc } from '../model';

/**
 * What two cases have to do with each other. An event is a leading case with everything linked to
 * it; a link once rejected or split stays, so that nobody is asked the same twice.
 */
export interface LinkDoc {
  _id: string;
  caseId: string;
  leadId: string;
  /** `joined` by the server, `confirmed` by a person. */
  state: 'suggested' | 'joined' | 'confirmed' | 'rejected' | 'split';
  rev: number;
  score?: number;
  /** Plain Chinese, shown as it is. */
  reasons: string[];
  /** Who decided last; absent: the server. */
  by?: { id: string; name: string };
  /** Why it was split off, in the words of whoever did it. */
  why?: string;
  at: Date;
}

/** Fields of the leading case that its members carry a copy of. */
export type Carried = Pick<
  CaseDoc,
  'holder' | 'chain' | 'sentence' | 'dueAt' | 'limitHours' | 'reasons'
> &
  Partial<Pick<CaseDoc, 'state' | 'leadState' | 'resolvedAt' | 'resultText' | 'resultPhotos'>>;

/**
 * A step of the leading case on its way to one member: stored with the step, delivered to the
 * member's case and thread right after, by whichever node comes first.
 */
export interface TidingDoc {
  _id: string;
  caseId: string;
  leadId: string;
  conversationId?: string;
  /** Revision of the leading case: the order of the tidings. */
  rev: number;
  set: Carried;
  entry: TimelineDoc;
  /** What 小同 says in the thread; absent: the card changes quietly. */
  line?: string;
  at: Date;
}

const mixed = { type: Schema.Types.Mixed };
const text = { type: String, required: true };

export const defineEvents = (
  db: Connection,
): { links: Model<LinkDoc>; tidings: Model<TidingDoc> } => {
  const link = new Schema<LinkDoc>(
    {
      _id: String,
      caseId: text,
      leadId: text,
      state: text,
      rev: Number,
      score: Number,
      reasons: [String],
      by: mixed,
      why: String,
      at: Date,
    },
    { versionKey: false, autoIndex: false, minimize: false },
  );
  link.index({ caseId: 1, leadId: 1 }, { unique: true });
  link.index({ leadId: 1, state: 1, at: 1 });
  const tiding = new Schema<TidingDoc>(
    {
      _id: String,
      caseId: text,
      leadId: text,
      conversationId: String,
      rev: Number,
      set: mixed,
      entry: mixed,
      line: String,
      at: Date,
    },
    { versionKey: false, autoIndex: false, minimize: false },
  );
  tiding.index({ caseId: 1, rev: 1 });
  tiding.index({ at: 1 });
  return {
    links: db.model<LinkDoc>('CaseLink', link, 'caseLinks'),
    tidings: db.model<TidingDoc>('CaseTiding', tiding, 'caseTidings'),
  };
};
