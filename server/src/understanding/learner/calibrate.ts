import type { Calibration } from './types';

/** Scores of many rows with what was right, row after row. */
export interface Scored {
  labels: number;
  scores: Float64Array;
  /** Right label of each row. */
  y: Int32Array;
  /** Say of each row. */
  weight: Float32Array;
}

/** Without data to fit it on: a margin of one is about four to one. */
export const uncalibrated = (labels: number): Calibration => ({
  slope: 1.5,
  offsets: new Array<number>(labels).fill(0),
});

/** Softmax of the calibrated scores, written into `out`. */
export const calibrated = (
  scores: ArrayLike<number>,
  { slope, offsets }: Calibration,
  out: Float64Array,
): Float64Array => {
  let best = -Infinity;
  for (let c = 0; c < out.length; c++) {
    out[c] = slope * scores[c]! + offsets[c]!;
    if (out[c]! > best) best = out[c]!;
  }
  let sum = 0;
  for (let c = 0; c < out.length; c++) sum += out[c] = Math.exp(out[c]! - best);
  for (let c = 0; c < out.length; c++) out[c]! /= sum;
  return out;
};

/**
 * Fits slope and offsets by maximum likelihood on rows the model has not learnt from. In turn: the
 * slope by Newton's method, the offsets so that every label is foretold as often as it occurs.
 */
export const fitCalibration = (data: Scored, rounds = 30): Calibration => {
  const { labels } = data;
  const calibration = uncalibrated(labels);
  const occurs = new Float64Array(labels);
  data.y.forEach((label, row) => (occurs[label]! += data.weight[row]!));
  for (let round = 0; round < rounds; round++) {
    const { gradient, curvature, foretold } = moments(data, calibration);
    const step = curvature > 0 ? gradient / curvature : 0;
    const slope = calibration.slope + step;
    calibration.slope = Math.min(50, Math.max(calibration.slope / 2, slope, 0.01));
    for (let c = 0; c < labels; c++) {
      // Smoothed: a label of three rows says little about how often it comes.
      calibration.offsets[c]! += 0.5 * Math.log((occurs[c]! + 10) / (foretold[c]! + 10));
    }
  }
  return calibration;
};

const moments = (
  { labels, scores, y, weight }: Scored,
  calibration: Calibration,
): { gradient: number; curvature: number; foretold: Float64Array } => {
  const p = new Float64Array(labels);
  const foretold = new Float64Array(labels);
  // Platt's remedy: without a mistake in a hundred rows, the next may still be one.
  const doubt = 2 / (y.length + 2);
  let gradient = 0;
  let curvature = 1e-9;
  for (let row = 0; row < y.length; row++) {
    const at = row * labels;
    calibrated(scores.subarray(at, at + labels), calibration, p);
    let mean = 0;
    let square = 0;
    let plain = 0;
    for (let c = 0; c < labels; c++) {
      const s = scores[at + c]!;
      mean += p[c]! * s;
      plain += s / labels;
      square += p[c]! * s * s;
      foretold[c]! += weight[row]! * p[c]!;
    }
    const wanted = (1 - doubt) * scores[at + y[row]!]! + doubt * plain;
    gradient += weight[row]! * (wanted - mean);
    curvature += weight[row]! * (square - mean * mean);
  }
  return { gradient, curvature, foretold };
};

/** Below this many rows a share of right answers means nothing. */
const fewest = 50;
/** No probability reaches it: the model never answers alone. */
export const never = 2;

/**
 * The lowest probability from which on at least `precision` of the answers are right.
 * Pass a little more than what is wanted: the best of many thresholds looks better than it is.
 */
export const thresholdFor = (
  answers: readonly { probability: number; right: boolean; weight: number }[],
  precision: number,
): number => {
  const sorted = [...answers].sort((a, b) => b.probability - a.probability);
  let right = 0;
  let all = 0;
  let found = never;
  sorted.forEach((answer, i) => {
    all += answer.weight;
    if (answer.right) right += answer.weight;
    const next = sorted[i + 1];
    if (next && next.probability === answer.probability) return;
    if (i + 1 >= fewest && right >= precision * all) found = answer.probability;
  });
  // All were right enough: what is lower was not seen, but is still worth its probability.
  return found === sorted.at(-1)?.probability ? Math.min(found, precision) : found;
};

/** Best label of every row with its probability. */
export const answersOf = (
  { labels, scores, y, weight }: Scored,
  calibration: Calibration,
): { label: number; probability: number; right: boolean; weight: number }[] => {
  const p = new Float64Array(labels);
  return Array.from(y, (truth, row) => {
    calibrated(scores.subarray(row * labels, (row + 1) * labels), calibration, p);
    let label = 0;
    for (let c = 1; c < labels; c++) if (p[c]! > p[label]!) label = c;
    return { label, probability: p[label]!, right: label === truth, weight: weight[row]! };
  });
};
