/** How much two scorers are listened to; see `blended`. */
export interface Blend {
  linear: number;
  other: number;
}

/** A prediction made before its right label was known. */
export interface Past {
  /** Scores of the learnt model by label; see `Predictor.scores`. */
  linear: ArrayLike<number>;
  /** Scores of the other one in the same order, e.g. logarithms of its probabilities. */
  other: ArrayLike<number>;
  /** Position of the right label. */
  label: number;
}

/** Before anything is known: the other is believed, the learner is not. */
export const untried: Blend = { linear: 0, other: 1 };

/** How many mistakes it takes to move away from the start. */
const inertia = 4;
const rounds = 25;

/**
 * Probabilities of `softmax(linear * scores + other * scores)`: they sum to 1.
 * @param out receives them; as long as the scores
 */
export const blended = (
  linear: ArrayLike<number>,
  other: ArrayLike<number>,
  blend: Blend,
  out = new Float64Array(linear.length),
): Float64Array => {
  let best = -Infinity;
  for (let c = 0; c < out.length; c++) {
    out[c] = blend.linear * linear[c]! + blend.other * other[c]!;
    if (out[c]! > best) best = out[c]!;
  }
  let sum = 0;
  for (let c = 0; c < out.length; c++) sum += out[c] = Math.exp(out[c]! - best);
  for (let c = 0; c < out.length; c++) out[c]! /= sum;
  return out;
};

/**
 * Finds how much to listen to each, by maximum likelihood on past predictions (Newton's method on
 * two numbers: well under a millisecond for some hundreds). The pair carries the temperature, too,
 * so what comes out is calibrated on the past. Neither is ever listened to in the negative.
 * @param start what to stay near while there is little to go by
 */
export const fitBlend = (past: readonly Past[], start: Blend = untried): Blend => {
  let { linear: a, other: b } = start;
  for (let round = 0; round < rounds; round++) {
    // Gradient and curvature of the log likelihood, held back by the start.
    let [ga, gb, haa, hab, hbb] = [
      inertia * (start.linear - a),
      inertia * (start.other - b),
      inertia,
      0,
      inertia,
    ];
    for (const { linear, other, label } of past) {
      const p = blended(linear, other, { linear: a, other: b });
      let [ml, mo, ll, lo, oo] = [0, 0, 0, 0, 0];
      for (let c = 0; c < p.length; c++) {
        const [l, o, q] = [linear[c]!, other[c]!, p[c]!];
        ml += q * l;
        mo += q * o;
        ll += q * l * l;
        lo += q * l * o;
        oo += q * o * o;
      }
      ga += linear[label]! - ml;
      gb += other[label]! - mo;
      haa += ll - ml * ml;
      hab += lo - ml * mo;
      hbb += oo - mo * mo;
    }
    const determinant = haa * hbb - hab * hab;
    if (!(determinant > 0)) break;
    const da = (ga * hbb - gb * hab) / determinant;
    const db = (gb * haa - ga * hab) / determinant;
    a = Math.max(0, a + bounded(da));
    b = Math.max(0, b + bounded(db));
    if (Math.abs(da) + Math.abs(db) < 1e-6) break;
  }
  return { linear: a, other: b };
};

/** A far step of Newton's method may overshoot. */
const bounded = (step: number): number => Math.max(-1, Math.min(1, step));
