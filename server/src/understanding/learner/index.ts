/**
 * Learns which label a text belongs to from examples, and says how sure it is. Pure: texts and
 * bytes come in and go out. `train` makes a `Model` (plain data), `modelToBytes` stores it,
 * `createPredictor` reads texts with it, `fitBlend` joins its scores with those of another scorer,
 * `evaluate` measures.
 */
export { train } from './train';
export { modelFromBytes, modelToBytes } from './format';
export { createPredictor, type Predictor } from './predict';
export * from './types';
