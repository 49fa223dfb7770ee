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
  const kept = strongest(linear, vocabulary.idf);
  const scales = new Float32Array(labels);
  kept.forEach((feature) => {
    for (let c = 0; c < labels; c++) {
      scales[c] = Math.max(scales[c]!, Math.abs(weights[c * features + feature]!));
    }
  });
  const codes = new Int8Array(kept.length * labels);
  kept.forEach((feature, row) => {
    for (let c = 0; c < labels; c++) {
      codes[row * labels + c] = quantise(weights[c * features + feature]!, scales[c]!);
    }
  });
  const model = {
    ...about,
    buckets: vocabulary.buckets,
    idf: vocabulary.idf,
    kept,
    codes,
    scales,
    biases,
  };
  return { version: versionOf(model), ...model };
};

const strongest = ({ labels, features, weights }: Linear, idf: Uint8Array): Uint32Array => {
  const strength = Float32Array.from(idf, (rarity, feature) => {
    let most = 0;
    for (let c = 0; c < labels; c++) {
      most = Math.max(most, Math.abs(weights[c * features + feature]!));
    }
    return most * rarity;
  });
  const wanted = Math.max(few, Math.round(share * strength.length));
  if (wanted >= strength.length) return Uint32Array.from(idf, (_, feature) => feature);
  const least = Float32Array.from(strength).sort()[strength.length - wanted]!;
  return Uint32Array.from(idf.keys()).filter((feature) => strength[feature]! >= least);
};

/** Small weights need the finer steps, so the code is that of the square root. */
const quantise = (weight: number, scale: number): number =>
  scale > 0 ? Math.sign(weight) * Math.round(127 * Math.sqrt(Math.abs(weight) / scale)) : 0;

/** What a code stands for, as a share of the label's scale; look up `code + 128`. */
export const decoded = Float32Array.from({ length: 256 }, (_, i) => {
  const root = (i - 128) / 127;
  return Math.sign(root) * root * root;
});
