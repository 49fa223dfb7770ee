import { createPhraseFinder, squeeze, wordsOf, type Askable } from './phrases';

export type { Askable } from './phrases';

export interface Match {
  id: string;
  /** 0..1; from `sure` on it may be acted on. */
  score: number;
}

/** From here on a match is meant, not met by chance. */
export const sure = 0.5;

/** Below this nobody needs to hear of it. */
export const least = 0.3;

/** Points of what was found become a score: 1.8 points are the border of `sure`. */
export const scoreOf = (points: number): number => (points <= 0 ? 0 : 1 - Math.exp(-points / 2.6));

/** A whole word said counts most, longer words more than short ones, further words a little. */
export const pointsOfWords = (said: { longest: number; count: number } | undefined): number =>
  said ? said.longest * 0.9 + (said.count - 1) * 0.4 : 0;

const pairs = (text: string): Set<string> => {
  const grams = new Set<string>();
  for (let i = 0; i + 1 < text.length; i++) grams.add(text.slice(i, i + 2));
  return grams;
};

/**
 * Finds what a sentence asks for: whole words of an entry first (see `pointsOfWords`); shared pairs of
 * characters, weighted by rarity, do the rest.
 */
export const createMatcher = (
  entries: readonly Askable[],
  read: (text: string) => string,
): ((text: string) => Match[]) => {
  const words = entries.map((e) => wordsOf(e, read));
  const findPhrases = createPhraseFinder(words);
  const books = words.map((w) => pairs(squeeze(w.join(''))));
  const frequency = new Map<string, number>();
  for (const b of books) for (const g of b) frequency.set(g, (frequency.get(g) ?? 0) + 1);
  const rarity = (gram: string) => Math.log((books.length + 1) / (frequency.get(gram) ?? 1));
  const most = Math.log(books.length + 1);

  return (text) => {
    const said = squeeze(text);
    const grams = pairs(said);
    const phrases = findPhrases(said);
    return entries
      .map((e, i) => {
        let shared = 0;
        for (const g of grams) if (books[i]!.has(g)) shared += rarity(g) / most;
        const points = pointsOfWords(phrases.get(i)) + Math.min(1.2, shared * 0.25);
        return { id: e.id, score: scoreOf(points) };
      })
      .filter((m) => m.score >= least)
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  };
};
