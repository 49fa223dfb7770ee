import type { Corpus } from './corpus';
import { blockCount, blockWeights } from './tokens';

/** Buckets that count, with their rarity. */
export interface Vocabulary {
  bits: number;
  /** In training the most frequent first: what is used most lies together in the cache. */
  buckets: Uint32Array;
  /** Sixteenths: as exact as it needs to be, and the same before and after storing. */
  idf: Uint8Array;
  /** Bucket -> position in `buckets`, -1 for unknown. */
  position: Int32Array;
}

/** Rows of unit length, sparse. */
export interface Matrix {
  rows: number;
  features: number;
  starts: Int32Array;
  index: Int32Array;
  value: Float32Array;
}

export const vocabularyOf = (bits: number, buckets: Uint32Array, idf: Uint8Array): Vocabulary => {
  const position = new Int32Array(1 << bits).fill(-1);
  buckets.forEach((bucket, i) => (position[bucket] = i));
  return { bits, buckets, idf, position };
};

/**
 * The buckets at least `minimum` of the rows have; at most `limit`, the most frequent.
 * @param rows which rows of the corpus to look at
 */
export const learnVocabulary = (
  corpus: Corpus,
  rows: ArrayLike<number>,
  minimum: number,
  limit: number,
): Vocabulary => {
  const frequency = new Int32Array(1 << corpus.bits);
  const last = new Int32Array(1 << corpus.bits).fill(-1);
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r]!;
    const end = corpus.starts[(row + 1) * blockCount]!;
    for (let k = corpus.starts[row * blockCount]!; k < end; k++) {
      const bucket = corpus.bucket[k]!;
      if (last[bucket] === row) continue;
      last[bucket] = row;
      frequency[bucket]!++;
    }
  }
  const least = rarest(frequency, minimum, limit);
  const buckets: number[] = [];
  for (let b = 0; b < frequency.length; b++) if (frequency[b]! >= least) buckets.push(b);
  buckets.sort((a, b) => frequency[b]! - frequency[a]! || a - b);
  const idf = Uint8Array.from(buckets, (b) =>
    Math.min(255, Math.round(16 * (1 + Math.log((1 + rows.length) / (1 + frequency[b]!))))),
  );
  return vocabularyOf(corpus.bits, Uint32Array.from(buckets), idf);
};

/** The lowest frequency, from `minimum` up, that leaves no more than `limit` buckets. */
const rarest = (frequency: Int32Array, minimum: number, limit: number): number => {
  for (let least = Math.max(1, minimum); ; least++) {
    let kept = 0;
    for (const f of frequency) if (f >= least) kept++;
    if (kept <= limit) return least;
  }
};

/** Sublinear tf-idf; every block to its weight, then the row to length one. */
export const weigh = (
  corpus: Corpus,
  rows: ArrayLike<number>,
  { buckets, idf, position }: Vocabulary,
): Matrix => {
  let most = 0;
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r]!;
    most += corpus.starts[(row + 1) * blockCount]! - corpus.starts[row * blockCount]!;
  }
  const starts = new Int32Array(rows.length + 1);
  const index = new Int32Array(most);
  const value = new Float32Array(most);
  let used = 0;
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r]!;
    let whole = 0;
    for (let block = 0; block < blockCount; block++) {
      const from = used;
      const end = corpus.starts[row * blockCount + block + 1]!;
      let square = 0;
      for (let k = corpus.starts[row * blockCount + block]!; k < end; k++) {
        const at = position[corpus.bucket[k]!]!;
        if (at < 0) continue;
        const n = corpus.count[k]!;
        const v = (n === 1 ? 1 : 1 + Math.log(n)) * idf[at]!;
        index[used] = at;
        value[used++] = v;
        square += v * v;
      }
      if (square === 0) continue;
      const weight = blockWeights[block]!;
      const scale = weight / Math.sqrt(square);
      for (let k = from; k < used; k++) value[k]! *= scale;
      whole += weight * weight;
    }
    const scale = whole > 0 ? 1 / Math.sqrt(whole) : 0;
    for (let k = starts[r]!; k < used; k++) value[k]! *= scale;
    starts[r + 1] = used;
  }
  return {
    rows: rows.length,
    features: buckets.length,
    starts,
    index: index.subarray(0, used),
    value: value.subarray(0, used),
  };
};
