/** One answered message. Labels by number; a truth the model has no label for is -1. */
export interface Judged {
  truth: number;
  /** Best three, best first; fewer when there are fewer. */
  answers: readonly number[];
  /** Of the first. */
  probability: number;
  abstained: boolean;
}

export const isRight = ({ truth, answers }: Judged): boolean => truth === answers[0];

/** F1 of every label; a label that neither occurs nor is answered has none (NaN). */
export const f1ByLabel = (
  truth: ArrayLike<number>,
  answer: ArrayLike<number>,
  labels: number,
): Float64Array => {
  const right = new Float64Array(labels);
  const said = new Float64Array(labels);
  for (let i = 0; i < truth.length; i++) {
    if (truth[i]! >= 0) said[truth[i]!]!++;
    if (answer[i]! >= 0) said[answer[i]!]!++;
    if (truth[i]! >= 0 && truth[i] === answer[i]) right[truth[i]!]!++;
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

/**
 * Expected calibration error: by how much probabilities are off, over `bins` of equal width,
 * each counted by the messages in it.
 */
export const calibrationError = (judged: readonly Judged[], bins = 10): number => {
  const off = new Float64Array(bins);
  for (const one of judged) {
    const bin = Math.min(bins - 1, Math.floor(one.probability * bins));
    off[bin]! += one.probability - (isRight(one) ? 1 : 0);
  }
  return off.reduce((sum, o) => sum + Math.abs(o), 0) / Math.max(1, judged.length);
};

/** Largest share of the messages, surest first, of which `precision` are answered rightly. */
export const coverageAt = (judged: readonly Judged[], precision: number): number => {
  const sorted = [...judged].sort((a, b) => b.probability - a.probability);
  let right = 0;
  let covered = 0;
  sorted.forEach((one, i) => {
    if (isRight(one)) right++;
    if (right >= precision * (i + 1)) covered = i + 1;
  });
  return covered / Math.max(1, judged.length);
};
