import { randomFrom, shuffle } from './random';

/**
 * Deals rows into folds so that every label is spread evenly; a label of one row is in one fold.
 * @returns the fold of every row
 */
export const stratifiedFolds = (y: ArrayLike<number>, folds: number, seed: number): Uint8Array => {
  const byLabel = new Map<number, number[]>();
  for (let row = 0; row < y.length; row++) {
    const list = byLabel.get(y[row]!);
    if (list) list.push(row);
    else byLabel.set(y[row]!, [row]);
  }
  const fold = new Uint8Array(y.length);
  const random = randomFrom(seed);
  let next = 0;
  for (const label of [...byLabel.keys()].sort((a, b) => a - b)) {
    for (const row of shuffle(byLabel.get(label)!, random)) fold[row] = next++ % folds;
  }
  return fold;
};

/** Rows inside and outside one fold, in their own order. */
export const parted = (fold: Uint8Array, one: number): { inside: number[]; outside: number[] } => {
  const inside: number[] = [];
  const outside: number[] = [];
  fold.forEach((f, row) => (f === one ? inside : outside).push(row));
  return { inside, outside };
};
