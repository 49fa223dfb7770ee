import { answersOf, fitCalibration, never, thresholdFor, uncalibrated } from './calibrate';
import { CorpusBuilder } from './corpus';
import { fit, outOfFold, type Task } from './fit';
import { stratifiedFolds } from './folds';
import { macroF1 } from './metrics';
import { pack } from './model';
import {
  LearnerError,
  type Example,
  type Model,
  type Parameters,
  type TrainOptions,
} from './types';
import type { Reader } from './tokens';

/** Wins most often; also where there is too little to choose by. */
export const usual: Parameters = { c: 1, ratios: true, balanced: false };
const candidates: readonly Parameters[] = [
  usual,
  { c: 0.3, ratios: true, balanced: false },
  { c: 0.1, ratios: true, balanced: false },
  { c: 1, ratios: false, balanced: false },
  { c: 1, ratios: true, balanced: true },
];
const bits = 19;
/** Fewer rows than this are all learnt from: nothing can be chosen or calibrated by them. */
const fewest = 40;
const mostLabels = 2000;
/** The threshold is chosen by hindsight; this much stricter it holds in future. */
const caution = 0.01;

/** Reads the examples into a task; texts are not kept. */
export const readExamples = (
  examples: Iterable<Example>,
  options: TrainOptions,
): { task: Task; labels: string[]; reader: Reader } => {
  const reader = readerOf(options);
  const builder = new CorpusBuilder(reader, bits);
  const number = new Map<string, number>();
  const found: number[] = [];
  const weights: number[] = [];
  for (const { text, title, label, weight = 1 } of examples) {
    if (!(weight > 0 && weight < Infinity)) {
      throw new LearnerError('badWeight', `weight of row ${found.length + 1} is ${weight}`);
    }
    builder.add({ text, ...(title === undefined ? {} : { title }) });
    if (!number.has(label)) number.set(label, number.size);
    found.push(number.get(label)!);
    weights.push(weight);
    if (found.length % 1000 === 0) options.onProgress?.({ step: 'reading', done: found.length });
  }
  const labels = [...number.keys()].sort();
  const order = Int32Array.from(number.keys(), (label) => labels.indexOf(label));
  const task: Task = {
    corpus: builder.finish(),
    y: Int32Array.from(found, (n) => order[n]!),
    weight: Float32Array.from(weights),
    labels: labels.length,
  };
  return { task, labels, reader };
};

const readerOf = ({ segment, segmented }: TrainOptions): Reader =>
  segmented ? { words: 'spaces' } : segment ? { words: 'segmenter', segment } : { words: 'none' };

/**
 * Learns a model from examples: parameters and calibration are chosen inside them.
 * Same examples in the same order, same options: same model, bit by bit.
 * @throws LearnerError `tooFewLabels`, `tooManyLabels` or `badWeight`
 */
export const train = (examples: Iterable<Example>, options: TrainOptions = {}): Model => {
  const { task, labels, reader } = readExamples(examples, options);
  const rows = Int32Array.from(task.y, (_, row) => row);
  return learnModel(task, rows, labels, reader, options);
};

/** As `train`, from some rows of a task that was read before. */
export const learnModel = (
  task: Task,
  rows: Int32Array,
  labels: string[],
  reader: Reader,
  options: TrainOptions,
): Model => {
  if (new Set(Array.from(rows, (row) => task.y[row])).size < 2) {
    throw new LearnerError('tooFewLabels', `${rows.length} examples of fewer than two labels`);
  }
  if (labels.length > mostLabels) {
    throw new LearnerError('tooManyLabels', `${labels.length} labels, at most ${mostLabels}`);
  }
  const seed = options.seed ?? 1;
  const parameters = { ...choose(task, rows, options, seed), ...options.parameters };
  const { calibration, threshold } =
    options.calibrated === false
      ? { calibration: uncalibrated(task.labels), threshold: never }
      : calibrate(task, rows, parameters, options, seed);
  options.onProgress?.({ step: 'learning', done: 0 });
  const fitted = fit(task, rows, parameters, seed);
  return pack(fitted, {
    labels,
    words: reader.words,
    bits,
    parameters,
    calibration,
    threshold,
    examples: rows.length,
  });
};

/** At most `most` rows with every label in its share. */
const sample = (task: Task, rows: Int32Array, most: number, seed: number): Int32Array => {
  if (rows.length <= most) return rows;
  const y = Int32Array.from(rows, (row) => task.y[row]!);
  const parts = Math.min(255, Math.ceil(rows.length / most));
  const fold = stratifiedFolds(y, parts, seed);
  return rows.filter((_, i) => fold[i] === 0);
};

const choose = (
  task: Task,
  rows: Int32Array,
  { parameters, tuningRows = 3000, onProgress }: TrainOptions,
  seed: number,
): Parameters => {
  const open = candidates.filter((candidate) =>
    Object.entries(parameters ?? {}).every(
      ([name, value]) => name === 'c' || candidate[name as keyof Parameters] === value,
    ),
  );
  const fixed = parameters?.c !== undefined && parameters.ratios !== undefined;
  if (rows.length < fewest || fixed || open.length < 2) return open[0] ?? usual;
  const some = sample(task, rows, tuningRows, seed);
  const y = Int32Array.from(some, (row) => task.y[row]!);
  const scores = outOfFold(task, some, 3, open, seed, (done) =>
    onProgress?.({ step: 'choosing', done }),
  );
  const goodness = scores.map((s) => macroF1(y, bestOf(s, task.labels), task.labels));
  return open[goodness.indexOf(Math.max(...goodness))]!;
};

/** Label with the highest score, row by row. */
export const bestOf = (scores: Float64Array, labels: number): Int32Array =>
  Int32Array.from({ length: scores.length / labels }, (_, row) => {
    let best = 0;
    for (let c = 1; c < labels; c++) {
      if (scores[row * labels + c]! > scores[row * labels + best]!) best = c;
    }
    return best;
  });

const calibrate = (
  task: Task,
  rows: Int32Array,
  parameters: Parameters,
  { precision = 0.95, onProgress }: TrainOptions,
  seed: number,
) => {
  if (rows.length < fewest) return { calibration: uncalibrated(task.labels), threshold: never };
  const some = sample(task, rows, 20_000, seed + 1);
  const [scores] = outOfFold(task, some, 5, [parameters], seed + 1, (done) =>
    onProgress?.({ step: 'calibrating', done }),
  );
  const scored = {
    labels: task.labels,
    scores: scores!,
    y: Int32Array.from(some, (row) => task.y[row]!),
    weight: Float32Array.from(some, (row) => task.weight[row]!),
  };
  const calibration = fitCalibration(scored);
  const answers = answersOf(scored, calibration);
  return { calibration, threshold: thresholdFor(answers, Math.min(1, precision + caution)) };
};
