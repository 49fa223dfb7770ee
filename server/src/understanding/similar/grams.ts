/** Says nothing about what a report is about. */
const filler = /[^\p{L}\p{N}]|[的了吗呢啊吧呀嘛哦着就也还都又很太]/gu;

/**
 * Pairs of neighbouring characters. Reports are a sentence long and compared with a few dozen others,
 * so the sets themselves are as quick as any sketch of them.
 */
export const gramsOf = (plain: string): ReadonlySet<string> => {
  const text = plain.replace(filler, '');
  const grams = new Set<string>();
  for (let i = 0; i + 1 < text.length; i++) grams.add(text.slice(i, i + 2));
  return grams;
};

/** Dice coefficient, 0..1. */
export const overlapOf = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  if (a.size === 0 || b.size === 0) return 0;
  let both = 0;
  for (const gram of a) if (b.has(gram)) both++;
  return (2 * both) / (a.size + b.size);
};
