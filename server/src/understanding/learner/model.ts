import type { Fitted } from './fit';
import { versionOf } from './format';
import type { Linear } from './svm';
import type { Model } from './types';

/** Share of the features whose weights are stored; the rest changes nothing that matters. */
const share = 0.3;
/** So few are all kept. */
const few = 20_000;

/** Makes a small model of what was learnt: the strongest features, one byte a weight. */
export const pack = (
  { vocabulary, linear }: Fitted,
  about: Pick<
    Model,
    'labels' | 'words' | 'bits' | 'parameters' | 'calibration' | 'threshold' | 'examples'
  >,
): Model => {
  const { labels, features, weights, biases } = linear;
  const strong = strongest(linear, vocabulary.idf);
  const scales = new Float32Array(labels);
  for (let c = 0; c < labels; c++) {
    for (let f = 0; f < features; f++) {
      if (strong[f]) scales[c] = Math.max(scales[c]!, Math.abs(weights[c * features + f]!));
    }
  }
  // Training has its own order of features; the model has that of the buckets.
  const order = Uint32Array.from(vocabulary.buckets.keys());
  order.sort((a, b) => vocabulary.buckets[a]! - vocabulary.buckets[b]!);
  const kept = Uint32Array.from(order.keys()).filter((at) => strong[order[at]!]);
  const codes = new Int8Array(kept.length * labels);
  kept.forEach((at, row) => {
    for (let c = 0; c < labels; c++) {
      codes[row * labels + c] = quantise(weights[c * features + order[at]!]!, scales[c]!);
    }
  });
  const model = {
    ...about,
    buckets: order.map((feature) => vocabulary.buckets[feature]!),
    idf: Uint8Array.from(order, (feature) => vocabulary.idf[feature]!),
    kept,
    codes,
    scales,
    biases,
  };
  return { version: versionOf(model), ...model };
};

/** Marks the features whose weights are worth keeping. */
const strongest = ({ features, weights }: Linear, idf: Uint8Array): Uint8Array => {
  const strength = new Float32Array(features);
  for (let at = 0; at < weights.length; at++) {
    const feature = at % features;
    strength[feature] = Math.max(strength[feature]!, Math.abs(weights[at]!) * idf[feature]!);
  }
  const wanted = Math.max(few, Math.round(share * features));
  if (wanted >= features) return new Uint8Array(features).fill(1);
  const least = Float32Array.from(strength).sort()[features - wanted]!;
  return Uint8Array.from(strength, (s) => (s >= least ? 1 : 0));
};

/** Small weights need the finer steps, so the code is that of the square root. */
const quantise = (weight: number, scale: number): number =>
  scale > 0 ? Math.sign(weight) * Math.round(127 * Math.sqrt(Math.abs(weight) / scale)) : 0;

/** What a code stands for, as a share of the label's scale; look up `code + 128`. */
export const decoded = Float32Array.from({ length: 256 }, (_, i) => {
  const root = (i - 128) / 127;
  return Math.sign(root) * root * root;
});
