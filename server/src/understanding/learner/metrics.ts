/** F1 of every label; a label that neither occurs nor is answered has none (NaN). */
export const f1ByLabel = (
  truth: ArrayLike<number>,
  answer: ArrayLike<number>,
  labels: number,
): Float64Array => {
  const right = new Float64Array(labels);
  const said = new Float64Array(labels);
  for (let i = 0; i < truth.length; i++) {
    said[truth[i]!]!++;
    said[answer[i]!]!++;
    if (truth[i] === answer[i]) right[truth[i]!]!++;
  }
  return right.map((r, c) => (2 * r) / said[c]!);
};

/** Mean F1 over the labels that occur or are answered. */
export const macroF1 = (
  truth: ArrayLike<number>,
  answer: ArrayLike<number>,
  labels: number,
): number => {
  const known = f1ByLabel(truth, answer, labels).filter((f) => !Number.isNaN(f));
  return known.reduce((sum, f) => sum + f, 0) / Math.max(1, known.length);
};
