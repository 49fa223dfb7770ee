import { inOrder } from '../language/inOrder';

/** Something people ask for by many names. */
export interface Askable {
  id: string;
  /** `~` between two parts stands for anything: `交~医保`. */
  words: readonly string[];
  title: string;
}

/** What of an entry's words stands in a sentence. */
export interface Said {
  /** Characters of the longest word said. */
  longest: number;
  count: number;
}

/** Only letters, digits and Chinese characters: the rest says nothing. */
export const squeeze = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The words of an entry in the form the rules read, its title among them. */
export const wordsOf = (e: Askable, read: (text: string) => string): string[] =>
  [...new Set([...e.words, e.title])].map((w) => read(w.replace(/\s+/g, '')));

interface Phrase {
  entry: number;
  parts: string[];
  length: number;
}

/**
 * Finds which entries are named in a squeezed sentence. Phrases wait under the first two characters of
 * their first part, so that a sentence looks at those it can hold and not at all of them.
 */
export const createPhraseFinder = (
  entries: readonly (readonly string[])[],
): ((said: string) => Map<number, Said>) => {
  const byStart = new Map<string, Phrase[]>();
  entries.forEach((words, entry) => {
    for (const word of words) {
      const parts = word.split('~').map(squeeze).filter(Boolean);
      const characters = parts.join('').length;
      if (characters < 2) continue;
      const start = parts[0]!.slice(0, 2);
      const phrase = {
        entry,
        parts,
        // Parts that need not touch say a little less than a word of that length.
        length: parts.length > 1 ? characters - 0.5 : characters,
      };
      byStart.set(start, [...(byStart.get(start) ?? []), phrase]);
    }
  });

  return (said) => {
    const found = new Map<number, Said>();
    const starts = new Set<string>();
    for (let i = 0; i < said.length; i++) {
      starts.add(said.charAt(i));
      starts.add(said.slice(i, i + 2));
    }
    for (const start of starts) {
      for (const p of byStart.get(start) ?? []) {
        if (!inOrder(said, p.parts)) continue;
        const before = found.get(p.entry) ?? { longest: 0, count: 0 };
        found.set(p.entry, {
          longest: Math.max(before.longest, p.length),
          count: before.count + 1,
        });
      }
    }
    return found;
  };
};
