/**
 * Learns which label a text belongs to from examples, and says how sure it is. Pure: texts and
 * bytes come in and go out. `train` makes a `Model` (plain data), `modelToBytes` stores it,
 * `createPredictor` reads texts with it, `fitBlend` and `blended` join its scores with those of
 * another scorer, `crossValidate` answers what was not learnt from, `evaluate` measures answers.
 */
export { blended, fitBlend, untried, type Blend, type Past } from './blend';
export {
  crossValidate,
  timeSplit,
  validateInTime,
  type ValidateOptions,
  type Validation,
} from './crossValidate';
export { evaluate, type Figure, type LabelReport, type Report } from './evaluate';
export { modelFromBytes, modelToBytes } from './format';
export type { Judged } from './metrics';
export { learnOnTheJob, type JobOptions } from './onTheJob';
export { createPredictor, topThree, type Predictor } from './predict';
export { train } from './train';
export * from './types';
