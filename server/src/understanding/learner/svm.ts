import type { Matrix } from './matrix';
import { randomFrom, shuffle } from './random';

/** Weights of all labels side by side: `weights[feature * labels + label]`. */
export interface Linear {
  labels: number;
  weights: Float32Array;
  biases: Float32Array;
}

export interface SvmOptions {
  /** Cost of each row for each label: `costs(row, positive)`. */
  cost: (row: number, label: number, positive: boolean) => number;
  /** Feature scales, laid out as the weights; all 1 when absent. */
  scales?: Float32Array;
  seed: number;
  rounds: number;
}

/** Largest remaining violation, in units of the margin, that is not worth another round. */
const tolerance = 0.05;

/**
 * One-vs-rest linear support vector machines, L2 loss, by dual coordinate descent (Hsieh et al.
 * 2008). All labels walk through the rows together: a row's features are fetched from memory once
 * for all of them, and memory is what takes the time.
 */
export const trainSvm = (x: Matrix, y: Int32Array, labels: number, options: SvmOptions): Linear => {
  const { scales, cost } = options;
  const weights = new Float32Array(x.features * labels);
  const biases = new Float32Array(labels);
  const alpha = new Float32Array(x.rows * labels);
  const squares = norms(x, labels, scales);
  /** Rounds for which an easy row is left alone by a label. */
  const rest = new Uint8Array(x.rows * labels);
  const order = Int32Array.from({ length: x.rows }, (_, i) => i);
  const random = randomFrom(options.seed);
  const scores = new Float64Array(labels);
  const active = new Int32Array(labels);
  const change = new Float64Array(labels);

  for (let round = 0; round < options.rounds; round++) {
    shuffle(order, random);
    const last = round === options.rounds - 1;
    let worst = 0;
    for (const row of order) {
      let n = 0;
      for (let c = 0; c < labels; c++) {
        const at = row * labels + c;
        if (rest[at]! > 0 && !last) rest[at]!--;
        else active[n++] = c;
      }
      if (n === 0) continue;
      score(x, row, weights, biases, labels, active, n, scores);
      let changed = 0;
      for (let k = 0; k < n; k++) {
        const c = active[k]!;
        const at = row * labels + c;
        const sign = y[row] === c ? 1 : -1;
        const old = alpha[at]!;
        const diagonal = 0.5 / cost(row, c, sign > 0);
        const gradient = sign * scores[c]! - 1 + old * diagonal;
        if (old === 0 && gradient >= 0) {
          if (gradient > 0.3) rest[at] = Math.min(8, 1 + round);
          continue;
        }
        const violation = Math.abs(gradient);
        if (violation > worst) worst = violation;
        if (violation < 1e-6) continue;
        const fresh = Math.fround(Math.max(0, old - gradient / (squares[at]! + diagonal)));
        alpha[at] = fresh;
        const d = (fresh - old) * sign;
        biases[c]! += d;
        change[changed] = d;
        active[changed++] = c;
      }
      if (changed > 0) apply(x, row, weights, scales, labels, active, change, changed);
    }
    if (worst < tolerance) break;
  }
  return { labels, weights, biases };
};

const score = (
  x: Matrix,
  row: number,
  weights: Float32Array,
  biases: Float32Array,
  labels: number,
  active: Int32Array,
  n: number,
  out: Float64Array,
): void => {
  out.set(biases);
  const end = x.starts[row + 1]!;
  if (n * 2 > labels) {
    for (let k = x.starts[row]!; k < end; k++) {
      const v = x.value[k]!;
      const at = x.index[k]! * labels;
      for (let c = 0; c < labels; c++) out[c]! += v * weights[at + c]!;
    }
    return;
  }
  for (let k = x.starts[row]!; k < end; k++) {
    const v = x.value[k]!;
    const at = x.index[k]! * labels;
    for (let i = 0; i < n; i++) {
      const c = active[i]!;
      out[c]! += v * weights[at + c]!;
    }
  }
};

/** With scaled features, weights are kept as they meet the unscaled ones: scale times scale. */
const apply = (
  x: Matrix,
  row: number,
  weights: Float32Array,
  scales: Float32Array | undefined,
  labels: number,
  active: Int32Array,
  change: Float64Array,
  n: number,
): void => {
  const end = x.starts[row + 1]!;
  for (let k = x.starts[row]!; k < end; k++) {
    const v = x.value[k]!;
    const at = x.index[k]! * labels;
    for (let i = 0; i < n; i++) {
      const j = at + active[i]!;
      const s = scales ? scales[j]! : 1;
      weights[j]! += change[i]! * v * s * s;
    }
  }
};

/** Squared length of every row as each label sees it, the constant of the bias included. */
const norms = (x: Matrix, labels: number, scales: Float32Array | undefined): Float32Array => {
  const squares = new Float32Array(x.rows * labels).fill(1);
  for (let row = 0; row < x.rows; row++) {
    for (let k = x.starts[row]!; k < x.starts[row + 1]!; k++) {
      const v2 = x.value[k]! * x.value[k]!;
      const at = x.index[k]! * labels;
      for (let c = 0; c < labels; c++) {
        const s = scales ? scales[at + c]! : 1;
        squares[row * labels + c]! += v2 * s * s;
      }
    }
  }
  return squares;
};

/** Scores of every row, row after row. */
export const scoresOf = (x: Matrix, { labels, weights, biases }: Linear): Float64Array => {
  const all = new Float64Array(x.rows * labels);
  for (let row = 0; row < x.rows; row++) {
    const out = all.subarray(row * labels, (row + 1) * labels);
    out.set(biases);
    for (let k = x.starts[row]!; k < x.starts[row + 1]!; k++) {
      const v = x.value[k]!;
      const at = x.index[k]! * labels;
      for (let c = 0; c < labels; c++) out[c]! += v * weights[at + c]!;
    }
  }
  return all;
};

/**
 * |log count ratio| of every feature for every label against the rest (Wang and Manning 2012),
 * with counts of rows that have it, smoothed by one.
 */
export const countRatios = (x: Matrix, y: Int32Array, labels: number): Float32Array => {
  const counts = new Float32Array(x.features * labels);
  const all = new Float64Array(x.features);
  for (let row = 0; row < x.rows; row++) {
    for (let k = x.starts[row]!; k < x.starts[row + 1]!; k++) {
      counts[x.index[k]! * labels + y[row]!]!++;
      all[x.index[k]!]!++;
    }
  }
  const inside = new Float64Array(labels).fill(x.features);
  let total = 0;
  for (let j = 0; j < x.features; j++) {
    total += all[j]!;
    for (let c = 0; c < labels; c++) inside[c]! += counts[j * labels + c]!;
  }
  for (let j = 0; j < x.features; j++) {
    for (let c = 0; c < labels; c++) {
      const at = j * labels + c;
      const here = (counts[at]! + 1) / inside[c]!;
      const outside = (all[j]! - counts[at]! + 1) / (total + 2 * x.features - inside[c]!);
      counts[at] = Math.abs(Math.log(here / outside));
    }
  }
  return counts;
};
