import { Schema, type Connection, type Model } from 'mongoose';
import type { Bundle } from './types';

export interface ServiceDoc extends Omit<Bundle, 'id'> {
  _id: string;
  sample: boolean;
  words: string[];
  /** Order of the catalogue. */
  position: number;
}

/** What a household has ready for one service. */
export interface ChecklistDoc {
  /** `household:service`: one per pair, without a second index. */
  _id: string;
  householdId: string;
  serviceId: string;
  /** By material key. */
  done: Record<string, boolean>;
  /** Also moves when a booking for the service changes: the bundle card shows both. */
  rev: number;
}

export interface ServiceModels {
  services: Model<ServiceDoc>;
  checklists: Model<ChecklistDoc>;
}

const opts = { versionKey: false as const, autoIndex: false, minimize: false };
const text = { type: String, required: true };

export const defineServices = (db: Connection): ServiceModels => {
  const service = new Schema<ServiceDoc>(
    {
      _id: String,
      name: text,
      audience: { type: String, enum: ['person', 'enterprise'], required: true },
      lead: text,
      co: [String],
      promisedWorkingDays: Number,
      materials: { type: Schema.Types.Mixed, default: [] },
      linkedMatters: { type: Schema.Types.Mixed, default: [] },
      hasGuide: { type: Boolean, required: true },
      trips: { type: Number, default: 1 },
      fee: { type: String, default: '' },
      note: String,
      sample: { type: Boolean, default: true },
      words: [String],
      position: { type: Number, default: 0 },
    },
    opts,
  );
  const checklist = new Schema<ChecklistDoc>(
    {
      _id: String,
      householdId: text,
      serviceId: text,
      done: { type: Schema.Types.Mixed, default: {} },
      rev: { type: Number, default: 0 },
    },
    opts,
  );
  return {
    services: db.model<ServiceDoc>('Service', service, 'services'),
    checklists: db.model<ChecklistDoc>('Checklist', checklist, 'checklists'),
  };
};
