import { calibrated } from './calibrate';
import { CorpusBuilder } from './corpus';
import { vocabularyOf, weigh, type Matrix } from './matrix';
import { decoded } from './model';
import { eachFeature, type Reader } from './tokens';
import {
  LearnerError,
  type DecidingWords,
  type Input,
  type Model,
  type Prediction,
  type Segment,
} from './types';
import { stretches } from './stretches';

/** Reads texts with a learnt model. */
export interface Predictor {
  readonly version: string;
  /** The order of `scores` and `probabilities`. */
  readonly labels: readonly string[];
  predict(input: Input): Prediction;
  /** Distance to the border of each label, positive inside; for `blend`. */
  scores(input: Input): Float64Array;
  /** Calibrated, sum to 1. */
  probabilities(input: Input): Float64Array;
  /** What of the text spoke for a label, most first, at most three. */
  deciding(input: Input, label: string): DecidingWords[];
}

/**
 * Made once for a model (some milliseconds), then asked for every message (a fraction of one).
 * @param segment the segmenter the model was learnt with, if any
 * @throws LearnerError `noSegmenter`
 */
export const createPredictor = (model: Model, segment?: Segment): Predictor => {
  if (model.words === 'segmenter' && !segment) {
    throw new LearnerError('noSegmenter', 'the model was learnt with a segmenter');
  }
  const reader: Reader = { words: model.words, ...(segment ? { segment } : {}) };
  const vocabulary = vocabularyOf(model.bits, model.buckets, model.idf);
  const labels = model.labels.length;
  const rowOf = new Int32Array(model.buckets.length).fill(-1);
  model.kept.forEach((position, row) => (rowOf[position] = row));

  const rowFor = (input: Input): Matrix => {
    const builder = new CorpusBuilder(reader, model.bits, 160);
    builder.add(input);
    return weigh(builder.finish(), [0], vocabulary);
  };

  const score = (x: Matrix): Float64Array => {
    const out = new Float64Array(labels);
    for (let k = 0; k < x.index.length; k++) {
      const row = rowOf[x.index[k]!]!;
      if (row < 0) continue;
      const v = x.value[k]!;
      for (let c = 0; c < labels; c++)
        out[c]! += v * decoded[model.codes[row * labels + c]! + 128]!;
    }
    return out.map((s, c) => s * model.scales[c]! + model.biases[c]!);
  };
  const chances = (scores: Float64Array): Float64Array =>
    calibrated(scores, model.calibration, new Float64Array(labels));

  return {
    version: model.version,
    labels: model.labels,
    scores: (input) => score(rowFor(input)),
    probabilities: (input) => chances(score(rowFor(input))),

    predict(input) {
      const x = rowFor(input);
      const p = chances(score(x));
      const best = topThree(p);
      const known = x.index.length > 0;
      return {
        guesses: best.map((c) => ({ label: model.labels[c]!, probability: p[c]! })),
        abstained: !known || p[best[0]!]! < model.threshold,
      };
    },

    deciding(input, label) {
      const c = model.labels.indexOf(label);
      const x = rowFor(input);
      if (c < 0 || x.index.length === 0) return [];
      const speaks = new Map<number, number>();
      x.index.forEach((position, k) => {
        const row = rowOf[position]!;
        if (row < 0) return;
        let rest = 0;
        for (let o = 0; o < labels; o++) rest += weightAt(model, row, o) / labels;
        const v = x.value[k]! * (weightAt(model, row, c) - rest);
        speaks.set(position, (speaks.get(position) ?? 0) + v);
      });
      return stretches(input.text, speaks, (emit) =>
        eachFeature(input, reader, (_, hash, start, end) =>
          emit(
            vocabulary.position[((hash >>> model.bits) ^ hash) & ((1 << model.bits) - 1)]!,
            start,
            end,
          ),
        ),
      );
    },
  };
};

const weightAt = (model: Model, row: number, c: number): number =>
  decoded[model.codes[row * model.labels.length + c]! + 128]! * model.scales[c]!;

/** Positions of the three highest, highest first. */
export const topThree = (p: ArrayLike<number>): number[] => {
  const best: number[] = [];
  for (let c = 0; c < p.length; c++) {
    let at = best.length;
    while (at > 0 && p[best[at - 1]!]! < p[c]!) at--;
    if (at < 3) best.splice(at, 0, c);
    if (best.length > 3) best.pop();
  }
  return best;
};
