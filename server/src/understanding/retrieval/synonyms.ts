import type { SynonymGroup } from '../types';

/** The words of the articles that a text means without saying them. */
export type Meaning = (text: string) => string[];

/**
 * One pass over a text, whatever the size of the table: what is said waits under its first character.
 */
export const createMeaning = (groups: readonly SynonymGroup[]): Meaning => {
  const byStart = new Map<string, { said: string; word: string }[]>();
  for (const { word, said } of groups) {
    for (const s of said) {
      const start = s.charAt(0);
      byStart.set(start, [...(byStart.get(start) ?? []), { said: s, word }]);
    }
  }
  return (text) => {
    const meant = new Set<string>();
    for (let i = 0; i < text.length; i++) {
      for (const { said, word } of byStart.get(text.charAt(i)) ?? []) {
        if (text.startsWith(said, i)) meant.add(word);
      }
    }
    return [...meant];
  };
};
