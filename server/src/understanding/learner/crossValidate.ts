import { parted, stratifiedFolds } from './folds';
import type { Judged } from './metrics';
import { createPredictor } from './predict';
import { learnModel, readExamples } from './train';
import type { Example, Model, TrainOptions } from './types';

export interface Validation {
  labels: string[];
  /** In the order of the examples that were answered. */
  judged: Judged[];
  /** Fold of each of them. */
  fold: Uint8Array;
  /** One for each fold. */
  models: Model[];
}

export interface ValidateOptions extends TrainOptions {
  /** Told with every answer how long it took, in the unit of `now`. */
  now?: () => number;
  onAnswer?: (took: number) => void;
  onFold?: (fold: number) => void;
}

/**
 * Learns from all folds but one and answers that one, for each; parameters, calibration and
 * threshold are chosen inside the learning part every time, so nothing is seen beforehand.
 */
export const crossValidate = (
  examples: readonly Example[],
  folds: number,
  options: ValidateOptions = {},
): Validation => {
  const read = readExamples(examples, options);
  const fold = stratifiedFolds(read.task.y, folds, options.seed ?? 1);
  const judged = new Array<Judged>(examples.length);
  const models: Model[] = [];
  for (let one = 0; one < folds; one++) {
    const { inside, outside } = parted(fold, one);
    models.push(answer(examples, read, outside, inside, options, (row, j) => (judged[row] = j)));
    options.onFold?.(one + 1);
  }
  return { labels: read.labels, judged, fold, models };
};

/**
 * Learns from the older messages and answers the newest.
 * @param times of each example, any unit
 * @param share of the newest to answer
 */
export const validateInTime = (
  examples: readonly Example[],
  times: readonly number[],
  share: number,
  options: ValidateOptions = {},
): Validation => {
  const { older, newer } = timeSplit(times, share);
  const read = readExamples(examples, options);
  const judged: Judged[] = [];
  const model = answer(examples, read, older, newer, options, (_, j) => judged.push(j));
  return { labels: read.labels, judged, fold: new Uint8Array(judged.length), models: [model] };
};

/** Rows by time, the newest apart; rows of the same moment keep their order. */
export const timeSplit = (
  times: readonly number[],
  share: number,
): { older: number[]; newer: number[] } => {
  const order = times.map((_, row) => row).sort((a, b) => times[a]! - times[b]! || a - b);
  const cut = Math.round(order.length * (1 - share));
  return { older: order.slice(0, cut), newer: order.slice(cut) };
};

const answer = (
  examples: readonly Example[],
  { task, labels, reader }: ReturnType<typeof readExamples>,
  learnt: number[],
  asked: number[],
  options: ValidateOptions,
  take: (row: number, judged: Judged) => void,
): Model => {
  const model = learnModel(task, Int32Array.from(learnt), labels, reader, options);
  const predictor = createPredictor(model, options.segment);
  const number = new Map(labels.map((label, c) => [label, c]));
  const now = options.now ?? (() => 0);
  for (const row of asked) {
    const before = now();
    const { guesses, abstained } = predictor.predict(examples[row]!);
    options.onAnswer?.(now() - before);
    take(row, {
      truth: task.y[row]!,
      answers: guesses.map((g) => number.get(g.label)!),
      probability: guesses[0]!.probability,
      abstained,
    });
  }
  return model;
};
