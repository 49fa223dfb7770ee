import { Schema, type Connection, type Model } from 'mongoose';
import type { ModelFigures } from '@alley-chief/shared/contract';

/** A version made in this city. The one that came with the software is in no collection. */
export interface ModelDoc {
  /** Version: a hash of what is in it. */
  _id: string;
  /** See `understanding/categories/artefact.ts`. */
  bytes: Buffer;
  madeAt: Date;
  madeBy: string;
  lessons: number;
  /** Settled after this moment, a lesson is not in it. */
  learntUntil: Date;
  figures?: ModelFigures;
  against?: ModelFigures;
  /** Worse than the one then running. */
  rejected: boolean;
  why: string;
}

export interface TrainingDoc {
  /** `done` keeps the act's name: repeated, it begins nothing. */
  state: 'running' | 'failed' | 'done';
  since: Date;
  by: string;
  /** Names the act that began it. */
  clientId: string;
  done: number;
  /** Whoever runs it says so before this moment, or has died. */
  leaseUntil: Date;
  problem?: string;
}

export interface LearningDoc {
  _id: 'categories';
  /** Absent: what came with the software. */
  running?: string;
  why?: string;
  training?: TrainingDoc;
  /** Switches of version, the last fifty: who, when, why. */
  switches: { to: string; by: string; at: Date; reason: string; clientId: string }[];
}

export interface LearningModels {
  models: Model<ModelDoc>;
  states: Model<LearningDoc>;
}

/** The one document of what is going on: whoever comes first makes it. */
export const ensureState = (states: LearningModels['states']): Promise<unknown> =>
  states.updateOne({ _id: 'categories' }, { $setOnInsert: { switches: [] } }, { upsert: true });

export const defineLearning = (db: Connection): LearningModels => {
  const options = { versionKey: false, autoIndex: false, minimize: false } as const;
  const mixed = { type: Schema.Types.Mixed };
  const model = new Schema<ModelDoc>(
    {
      _id: String,
      bytes: Buffer,
      madeAt: Date,
      madeBy: String,
      lessons: Number,
      learntUntil: Date,
      figures: mixed,
      against: mixed,
      rejected: Boolean,
      why: String,
    },
    options,
  );
  model.index({ madeAt: -1, _id: -1 });
  return {
    models: db.model<ModelDoc>('CategoryModel', model, 'categoryModels'),
    states: db.model<LearningDoc>(
      'LearningState',
      new Schema<LearningDoc>(
        { _id: String, running: String, why: String, training: mixed, switches: mixed },
        options,
      ),
      'learningStates',
    ),
  };
};
