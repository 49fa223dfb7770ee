/** Something people ask for by many names. */
export interface Askable {
  id: string;
  words: readonly string[];
  /** Longer text that may be searched too, weakly. */
  title: string;
}

export interface Match {
  id: string;
  /** 0..1; from `sure` on it may be acted on. */
  score: number;
}

/** From here on a match is meant, not met by chance. */
export const sure = 0.5;

const squeeze = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
const pairs = (text: string): Set<string> => {
  const grams = new Set<string>();
  for (let i = 0; i + 1 < text.length; i++) grams.add(text.slice(i, i + 2));
  return grams;
};

/**
 * Finds what a sentence asks for: a whole word of the entry in the sentence counts most, longer words
 * more than short ones; shared pairs of characters, weighted by rarity, do the rest. A word written
 * with `~` between its parts (`交~医保`) matches when all parts stand in the sentence in this order.
 */
export const createMatcher = (
  entries: readonly Askable[],
  read: (text: string) => string,
): ((text: string) => Match[]) => {
  const books = entries.map((e) => {
    const words = [...new Set([...e.words, e.title])].map((w) => read(w.replace(/\s+/g, '')));
    return {
      id: e.id,
      plain: words
        .filter((w) => !w.includes('~'))
        .map(squeeze)
        .filter((w) => w.length > 1),
      parted: words.filter((w) => w.includes('~')).map((w) => w.split('~').filter(Boolean)),
      grams: pairs(squeeze(words.join('~').replaceAll('~', ''))),
    };
  });
  const frequency = new Map<string, number>();
  for (const b of books) for (const g of b.grams) frequency.set(g, (frequency.get(g) ?? 0) + 1);
  const rarity = (gram: string) => Math.log((books.length + 1) / (frequency.get(gram) ?? 1));
  const most = Math.log(books.length + 1);

  return (text) => {
    const said = squeeze(text);
    const grams = pairs(said);
    return books
      .map((b) => {
        let longest = 0;
        let count = 0;
        for (const w of b.plain) {
          if (!said.includes(w)) continue;
          longest = Math.max(longest, w.length);
          count++;
        }
        for (const parts of b.parted) {
          if (!inOrder(said, parts)) continue;
          // Parts that need not touch say a little less than a word of that length.
          longest = Math.max(longest, parts.join('').length - 0.5);
          count++;
        }
        let shared = 0;
        for (const g of grams) if (b.grams.has(g)) shared += rarity(g) / most;
        const points = longest * 0.9 + Math.max(0, count - 1) * 0.4 + Math.min(1.2, shared * 0.25);
        return { id: b.id, score: points <= 0 ? 0 : 1 - Math.exp(-points / 2.6) };
      })
      .filter((m) => m.score >= 0.3)
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  };
};

const inOrder = (text: string, parts: readonly string[]): boolean => {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
};
