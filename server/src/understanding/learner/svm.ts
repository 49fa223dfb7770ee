import type { Matrix } from './matrix';
import { randomFrom, shuffle } from './random';

/** One row of weights for each label: `weights[label * features + feature]`. */
export interface Linear {
  labels: number;
  features: number;
  weights: Float32Array;
  biases: Float32Array;
}

export interface SvmOptions {
  /** Cost of a mistake on each row, for the label the row has and for the others. */
  cost: (row: number, label: number, positive: boolean) => number;
  /** Scale features by their count ratios. */
  ratios: boolean;
  seed: number;
  rounds: number;
  /** Told after each label. */
  told?: (done: number) => void;
}

/** Gradients that differ by less than this in a round are as good as even. */
const tolerance = 0.1;

/**
 * One-vs-rest linear support vector machines, L2 loss, by dual coordinate descent with shrinking
 * (Hsieh et al. 2008, algorithm 3). Label by label, so that its weights stay in the cache.
 */
export const trainSvm = (x: Matrix, y: Int32Array, labels: number, options: SvmOptions): Linear => {
  const linear: Linear = {
    labels,
    features: x.features,
    weights: new Float32Array(x.features * labels),
    biases: new Float32Array(labels),
  };
  const counts = options.ratios ? rowCounts(x) : undefined;
  const logarithms = counts ? logarithmsFor(counts) : new Float64Array(0);
  for (let label = 0; label < labels; label++) {
    const weights = linear.weights.subarray(label * x.features, (label + 1) * x.features);
    const scales = counts ? squaredRatios(x, y, label, counts, logarithms) : undefined;
    linear.biases[label] = trainLabel(x, y, label, weights, scales, options);
    options.told?.((label + 1) / labels);
  }
  return linear;
};

/**
 * Weights are kept as they meet unscaled features: a change comes with the scale twice.
 * @returns the bias
 */
const trainLabel = (
  x: Matrix,
  y: Int32Array,
  label: number,
  weights: Float32Array,
  scales: Float32Array | undefined,
  { cost, seed, rounds }: SvmOptions,
): number => {
  const alpha = new Float64Array(x.rows);
  const diagonal = Float64Array.from(y, (l, row) => 0.5 / cost(row, label, l === label));
  const squares = squaredLengths(x, scales);
  const order = Int32Array.from({ length: x.rows }, (_, row) => row);
  const random = randomFrom(seed + label * 7919);
  let bias = 0;
  let active = x.rows;
  let highest = Infinity;

  for (let round = 0; round < rounds; round++) {
    shuffle(order.subarray(0, active), random);
    let high = -Infinity;
    let low = Infinity;
    for (let i = 0; i < active; i++) {
      const row = order[i]!;
      const sign = y[row] === label ? 1 : -1;
      const old = alpha[row]!;
      const gradient = sign * (dot(x, row, weights) + bias) - 1 + old * diagonal[row]!;
      let projected = gradient;
      if (old === 0 && gradient >= 0) {
        if (gradient > highest) {
          order[i--] = order[--active]!;
          order[active] = row;
          continue;
        }
        projected = 0;
      }
      if (projected > high) high = projected;
      if (projected < low) low = projected;
      if (Math.abs(projected) < 1e-9) continue;
      const fresh = Math.max(0, old - gradient / (squares[row]! + diagonal[row]!));
      alpha[row] = fresh;
      const change = (fresh - old) * sign;
      bias += change;
      add(x, row, change, weights, scales);
    }
    if (high - low <= tolerance) {
      if (active === x.rows) break;
      // Even among those that are left: once more with all.
      active = x.rows;
      highest = Infinity;
    } else highest = high > 0 ? high : Infinity;
  }
  return bias;
};

const dot = (x: Matrix, row: number, weights: Float32Array): number => {
  const { starts, index, value } = x;
  const end = starts[row + 1]!;
  let sum = 0;
  for (let k = starts[row]!; k < end; k++) sum += value[k]! * weights[index[k]!]!;
  return sum;
};

const add = (
  x: Matrix,
  row: number,
  change: number,
  weights: Float32Array,
  scales: Float32Array | undefined,
): void => {
  const { starts, index, value } = x;
  const end = starts[row + 1]!;
  if (scales) {
    for (let k = starts[row]!; k < end; k++) {
      const at = index[k]!;
      weights[at]! += change * value[k]! * scales[at]!;
    }
    return;
  }
  for (let k = starts[row]!; k < end; k++) weights[index[k]!]! += change * value[k]!;
};

/** Of every row as the label sees it, the constant of the bias included. */
const squaredLengths = (x: Matrix, scales: Float32Array | undefined): Float64Array => {
  const squares = new Float64Array(x.rows).fill(1);
  for (let row = 0; row < x.rows; row++) {
    let sum = 1;
    for (let k = x.starts[row]!; k < x.starts[row + 1]!; k++) {
      const v = x.value[k]!;
      sum += v * v * (scales ? scales[x.index[k]!]! : 1);
    }
    squares[row] = sum;
  }
  return squares;
};

/** Scores of every row, row after row. */
export const scoresOf = (
  x: Matrix,
  { labels, features, weights, biases }: Linear,
): Float64Array => {
  const all = new Float64Array(x.rows * labels);
  for (let c = 0; c < labels; c++) {
    const mine = weights.subarray(c * features, (c + 1) * features);
    for (let row = 0; row < x.rows; row++) all[row * labels + c] = biases[c]! + dot(x, row, mine);
  }
  return all;
};

/** How many rows have each feature. */
const rowCounts = (x: Matrix): Float64Array => {
  const counts = new Float64Array(x.features);
  for (const feature of x.index) counts[feature]!++;
  return counts;
};

/**
 * Squared log count ratio of every feature for a label against the rest (Wang and Manning 2012),
 * with counts of rows that have it, smoothed by one.
 */
const squaredRatios = (
  x: Matrix,
  y: Int32Array,
  label: number,
  counts: Float64Array,
  logarithms: Float64Array,
): Float32Array => {
  const mine = new Float64Array(x.features);
  let inside = x.features;
  for (let row = 0; row < x.rows; row++) {
    if (y[row] !== label) continue;
    inside += x.starts[row + 1]! - x.starts[row]!;
    for (let k = x.starts[row]!; k < x.starts[row + 1]!; k++) mine[x.index[k]!]!++;
  }
  const outside = x.index.length + 2 * x.features - inside;
  const shift = Math.log(outside / inside);
  const squares = new Float32Array(x.features);
  for (let feature = 0; feature < x.features; feature++) {
    const n = mine[feature]!;
    const ratio = logarithms[n + 1]! - logarithms[counts[feature]! - n + 1]! + shift;
    squares[feature] = ratio * ratio;
  }
  return squares;
};

/** Of every number up to one more than the largest count. */
const logarithmsFor = (counts: Float64Array): Float64Array =>
  Float64Array.from({ length: counts.reduce((a, b) => Math.max(a, b), 0) + 2 }, (_, i) =>
    Math.log(i),
  );
