import { calibrationError, coverageAt, f1ByLabel, isRight, macroF1, type Judged } from './metrics';
import { randomFrom } from './random';

/** A figure with its 95 % interval. */
export interface Figure {
  value: number;
  low: number;
  high: number;
}

export interface LabelReport {
  label: string;
  /** Messages that have it. */
  messages: number;
  /** 0..1; NaN where there is nothing to divide by. */
  precision: number;
  recall: number;
  f1: number;
}

export interface Report {
  messages: number;
  accuracy: Figure;
  macroF1: Figure;
  /** The right label is among the best three. */
  topThree: number;
  /** Expected calibration error, ten bins. */
  calibrationError: number;
  /** Share answered by a threshold set beforehand, and how much of it is right (NaN: none). */
  answered: { share: number; precision: number };
  /** Share that could be answered at this precision with the threshold chosen in hindsight. */
  coverage: { precision: number; share: number };
  byLabel: LabelReport[];
  /** Messages by truth (row) and answer (column), in the order of `byLabel`. */
  confusion: number[][];
  /** Of each fold, when messages come in folds: accuracy and macro-F1. */
  folds: { accuracy: number; macroF1: number }[];
}

export interface MeasureOptions {
  /** Fold of each message. */
  fold?: ArrayLike<number>;
  precision?: number;
  seed?: number;
}

/** Draws for the intervals; fewer when there are so many messages that it would take minutes. */
const draws = 1000;
const mostDrawn = 20_000_000;

/**
 * All figures of a set of answers. Intervals are by drawing messages anew (bootstrap), so they say
 * what another set of messages of the same kind would show.
 */
export const evaluate = (
  judged: readonly Judged[],
  labels: readonly string[],
  { fold, precision = 0.95, seed = 1 }: MeasureOptions = {},
): Report => {
  const truth = Int32Array.from(judged, (j) => j.truth);
  const answer = Int32Array.from(judged, (j) => j.answers[0] ?? -1);
  const answered = judged.filter((j) => !j.abstained);
  const [accuracy, f1] = intervals(truth, answer, labels.length, seed);
  const confusion = labels.map(() => new Array<number>(labels.length).fill(0));
  truth.forEach((t, i) => {
    const row = confusion[t];
    if (row && answer[i]! >= 0) row[answer[i]!]!++;
  });
  return {
    messages: judged.length,
    accuracy,
    macroF1: f1,
    topThree: shareOf(judged, (j) => j.answers.includes(j.truth)),
    calibrationError: calibrationError(judged),
    answered: {
      share: answered.length / Math.max(1, judged.length),
      precision: answered.length > 0 ? shareOf(answered, isRight) : NaN,
    },
    coverage: { precision, share: coverageAt(judged, precision) },
    byLabel: byLabel(truth, answer, labels),
    confusion,
    folds: fold ? byFold(truth, answer, labels.length, fold) : [],
  };
};

const shareOf = <T>(list: readonly T[], holds: (one: T) => boolean): number =>
  list.filter(holds).length / Math.max(1, list.length);

const accuracyOf = (truth: Int32Array, answer: Int32Array): number => {
  let right = 0;
  for (let i = 0; i < truth.length; i++) if (truth[i]! >= 0 && truth[i] === answer[i]) right++;
  return right / Math.max(1, truth.length);
};

/** Accuracy and macro-F1, each with its interval. */
const intervals = (
  truth: Int32Array,
  answer: Int32Array,
  labels: number,
  seed: number,
): [Figure, Figure] => {
  const n = truth.length;
  const times = Math.max(50, Math.min(draws, Math.floor(mostDrawn / Math.max(1, n))));
  const random = randomFrom(seed);
  const [t, a] = [new Int32Array(n), new Int32Array(n)];
  const [accuracies, f1s] = [new Float64Array(times), new Float64Array(times)];
  for (let draw = 0; draw < times; draw++) {
    for (let i = 0; i < n; i++) {
      const from = (random() * n) | 0;
      t[i] = truth[from]!;
      a[i] = answer[from]!;
    }
    accuracies[draw] = accuracyOf(t, a);
    f1s[draw] = macroF1(t, a, labels);
  }
  const figure = (value: number, drawn: Float64Array): Figure => {
    drawn.sort();
    return {
      value,
      low: drawn[Math.floor(times * 0.025)]!,
      high: drawn[Math.ceil(times * 0.975) - 1]!,
    };
  };
  return [
    figure(accuracyOf(truth, answer), accuracies),
    figure(macroF1(truth, answer, labels), f1s),
  ];
};

const byLabel = (
  truth: Int32Array,
  answer: Int32Array,
  labels: readonly string[],
): LabelReport[] => {
  const f1 = f1ByLabel(truth, answer, labels.length);
  return labels.map((label, c) => {
    let [has, said, right] = [0, 0, 0];
    truth.forEach((t, i) => {
      if (t === c) has++;
      if (answer[i] === c) said++;
      if (t === c && answer[i] === c) right++;
    });
    return { label, messages: has, precision: right / said, recall: right / has, f1: f1[c]! };
  });
};

const byFold = (
  truth: Int32Array,
  answer: Int32Array,
  labels: number,
  fold: ArrayLike<number>,
): Report['folds'] =>
  [...new Set(Array.from(fold))]
    .sort((a, b) => a - b)
    .map((one) => {
      const t = truth.filter((_, i) => fold[i] === one);
      const a = answer.filter((_, i) => fold[i] === one);
      return { accuracy: accuracyOf(t, a), macroF1: macroF1(t, a, labels) };
    });
