import type { DecidingWords } from './types';

const most = 3;
/** Longer than this is a sentence, not a word. */
const longest = 8;

/**
 * Spreads what every feature says over the characters it stands on and takes the loudest stretches.
 * @param speaks what each feature says in the whole text
 * @param each tells every occurrence of every feature
 */
export const stretches = (
  text: string,
  speaks: ReadonlyMap<number, number>,
  each: (emit: (feature: number, start: number, end: number) => void) => void,
): DecidingWords[] => {
  const occurrences = new Map<number, number>();
  each((feature) => occurrences.set(feature, (occurrences.get(feature) ?? 0) + 1));
  const loud = new Float64Array(text.length);
  each((feature, start, end) => {
    const said = speaks.get(feature);
    if (said === undefined || start < 0) return;
    const part = said / occurrences.get(feature)! / (end - start);
    for (let i = start; i < end; i++) loud[i]! += part;
  });
  const total = loud.reduce((sum, v) => sum + Math.max(0, v), 0);
  if (total <= 0) return [];

  // A character counts when it says more than half as much as the loudest ones do.
  const loudest = [...loud].sort((a, b) => b - a);
  const floor = loudest[Math.min(4, loudest.length - 1)]! * 0.4;
  const found: DecidingWords[] = [];
  for (let i = 0; i < text.length; i++) {
    if (loud[i]! <= 0 || loud[i]! < floor) continue;
    const start = i;
    let said = 0;
    while (i < text.length && i - start < longest && loud[i]! > 0 && loud[i]! >= floor)
      said += loud[i++]!;
    found.push({ ...wholeCharacters(text, start, i), share: said / total });
    i--;
  }
  return found.sort((a, b) => b.share - a.share || a.start - b.start).slice(0, most);
};

/** Widens a stretch that would cut a character of two units. */
const wholeCharacters = (
  text: string,
  start: number,
  end: number,
): { start: number; end: number } => ({
  start: isTail(text.charCodeAt(start)) && start > 0 ? start - 1 : start,
  end: isTail(text.charCodeAt(end)) ? end + 1 : end,
});

const isTail = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
