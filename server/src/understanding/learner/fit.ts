import type { Corpus } from './corpus';
import { parted, stratifiedFolds } from './folds';
import { learnVocabulary, weigh, type Matrix, type Vocabulary } from './matrix';
import { scoresOf, trainSvm, type Linear } from './svm';
import type { Parameters } from './types';

/** What is to be learnt: counted texts with their labels by number. */
export interface Task {
  corpus: Corpus;
  y: Int32Array;
  weight: Float32Array;
  labels: number;
}

export interface Fitted {
  vocabulary: Vocabulary;
  linear: Linear;
}

/** From here on a feature must occur twice; below, every word is precious. */
const tiny = 300;
/** Weights of a model while it is learnt, 4 bytes each. */
const mostWeights = 50_000_000;
/** Walks over the rows; more makes nothing better, and stopping early is milder to outliers. */
const rounds = 6;
/** How much more a label may say for being rare. */
const mostBalance = 10;

interface Prepared {
  vocabulary: Vocabulary;
  x: Matrix;
  y: Int32Array;
  weight: Float32Array;
}

const prepare = (task: Task, rows: ArrayLike<number>): Prepared => {
  const limit = Math.floor(mostWeights / task.labels);
  const minimum = rows.length < tiny ? 1 : 2;
  const vocabulary = learnVocabulary(task.corpus, rows, minimum, limit);
  const weight = Float32Array.from(rows, (row) => task.weight[row]!);
  const mean = weight.reduce((sum, w) => sum + w, 0) / Math.max(1, weight.length);
  return {
    vocabulary,
    x: weigh(task.corpus, rows, vocabulary),
    y: Int32Array.from(rows, (row) => task.y[row]!),
    weight: weight.map((w) => w / mean),
  };
};

const learn = (
  task: Task,
  data: Prepared,
  { c, ratios, balanced }: Parameters,
  seed: number,
): Linear => {
  const { x, y, weight } = data;
  const sizes = new Float64Array(task.labels);
  y.forEach((label, row) => (sizes[label]! += weight[row]!));
  const say = Array.from(sizes, (n) =>
    balanced ? Math.min(mostBalance, Math.sqrt(Math.max(1, (y.length - n) / Math.max(n, 0.1)))) : 1,
  );
  return trainSvm(x, y, task.labels, {
    cost: (row, label, positive) => c * weight[row]! * (positive ? say[label]! : 1),
    ratios,
    seed,
    rounds,
  });
};

/** Learns from the given rows. */
export const fit = (
  task: Task,
  rows: ArrayLike<number>,
  parameters: Parameters,
  seed: number,
): Fitted => {
  const data = prepare(task, rows);
  return { vocabulary: data.vocabulary, linear: learn(task, data, parameters, seed) };
};

/**
 * Scores every row by a model that has not seen it, for each set of parameters.
 * @param rows rows to use
 * @param only folds to hold out; all of them when absent. Rows of the others keep scores of 0
 */
export const outOfFold = (
  task: Task,
  rows: ArrayLike<number>,
  folds: number,
  candidates: readonly Parameters[],
  seed: number,
  told: (done: number) => void = () => undefined,
): Float64Array[] => {
  const y = Int32Array.from(rows, (row) => task.y[row]!);
  const fold = stratifiedFolds(y, folds, seed);
  const scores = candidates.map(() => new Float64Array(rows.length * task.labels));
  for (let one = 0; one < folds; one++) {
    const { inside, outside } = parted(fold, one);
    const data = prepare(
      task,
      outside.map((i) => rows[i]!),
    );
    const held = weigh(
      task.corpus,
      inside.map((i) => rows[i]!),
      data.vocabulary,
    );
    candidates.forEach((parameters, n) => {
      const found = scoresOf(held, learn(task, data, parameters, seed));
      inside.forEach((i, at) =>
        scores[n]!.set(found.subarray(at * task.labels, (at + 1) * task.labels), i * task.labels),
      );
      told((one * candidates.length + n + 1) / (folds * candidates.length));
    });
  }
  return scores;
};
