import { Schema, type Connection, type Model } from 'mongoose';
import { helpKinds } from '@alley-chief/shared/contract';

export type HelpKind = (typeof helpKinds)[number];
export type HelpState = 'open' | 'accepted' | 'done' | 'confirmed' | 'cancelled';

export interface HelpStepDoc {
  text: string;
  /** What must not happen at this step. */
  warn?: string;
  done: boolean;
}

/** What the household lets the volunteer do for them, and until when. */
export interface ConsentDoc {
  /** What it is limited to, to be read after 仅限. */
  scope: string;
  until: Date;
  proof: string;
}

export interface HelpDoc {
  _id: string;
  kind: HelpKind;
  /** Says nobody's full name: it is read by volunteers who have not accepted. */
  title: string;
  /** The household's own words. */
  note: string;
  when: string;
  /** About how long it takes. */
  minutes: number;
  /** Time credit once confirmed. */
  creditHours: number;
  state: HelpState;
  elderId: string;
  householdId: string;
  /** Path of the household's alley: offered to the volunteers whose ground covers it. */
  areaPath: string;
  plateText: string;
  /** [longitude, latitude] */
  home: number[];
  askedById: string;
  /** How the household agreed; goes into the consent. */
  proof: string;
  volunteerId?: string;
  consent?: ConsentDoc;
  steps: HelpStepDoc[];
  rating?: { stars: number; text?: string };
  clientId?: string;
  /** The last client acts carried out, so that a retry changes nothing. */
  acts: { by: string; clientId: string }[];
  rev: number;
  createdAt: Date;
  updatedAt: Date;
  confirmedAt?: Date;
}

export interface HelpModels {
  helpRequests: Model<HelpDoc>;
}

const opts = { versionKey: false as const, autoIndex: false };
const text = { type: String, required: true };

export const defineHelp = (db: Connection): HelpModels => {
  const help = new Schema<HelpDoc>(
    {
      _id: String,
      kind: { type: String, enum: helpKinds, required: true },
      title: text,
      note: text,
      when: text,
      minutes: { type: Number, required: true },
      creditHours: { type: Number, required: true },
      state: {
        type: String,
        enum: ['open', 'accepted', 'done', 'confirmed', 'cancelled'],
        required: true,
      },
      elderId: text,
      householdId: text,
      areaPath: text,
      plateText: text,
      home: [Number],
      askedById: text,
      proof: text,
      volunteerId: String,
      consent: { type: Schema.Types.Mixed },
      steps: { type: Schema.Types.Mixed, default: [] },
      rating: { type: Schema.Types.Mixed },
      clientId: String,
      acts: [{ _id: false, by: String, clientId: String }],
      rev: { type: Number, default: 1 },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
      confirmedAt: Date,
    },
    opts,
  );
  help.index({ state: 1, areaPath: 1, createdAt: -1 });
  help.index({ volunteerId: 1, createdAt: -1 }, { sparse: true });
  help.index({ householdId: 1, createdAt: -1 });
  help.index(
    { askedById: 1, clientId: 1 },
    { unique: true, partialFilterExpression: { clientId: { $exists: true } } },
  );
  return { helpRequests: db.model<HelpDoc>('HelpRequest', help, 'helpRequests') };
};
