import { modelFromBytes, modelToBytes, type Model } from '../learner';
import {
  categoryModelFromBytes,
  categoryModelToBytes,
  type CategoryModel,
} from '../categories/learnt';
import { packParts, unpackParts } from './container';

/** Everything the understanding has learnt from examples. */
export interface UnderstandingModels {
  /** What a message is about; the part a city goes on teaching. */
  categories: CategoryModel;
  /** What somebody wants. */
  intents: Model;
  /** Which emergency it is, if any. */
  alarms: Model;
}

const names = ['categories', 'intents', 'alarms'] as const;

export const modelsToBytes = (m: UnderstandingModels): Uint8Array =>
  packParts({
    categories: categoryModelToBytes(m.categories),
    intents: modelToBytes(m.intents),
    alarms: modelToBytes(m.alarms),
  });

/** @throws BadContainer, LearnerError */
export const modelsFromBytes = (bytes: Uint8Array): UnderstandingModels => {
  const parts = unpackParts(bytes, names);
  return {
    categories: categoryModelFromBytes(parts.categories),
    intents: modelFromBytes(parts.intents),
    alarms: modelFromBytes(parts.alarms),
  };
};
