import { inOrder } from '../../understanding/language/inOrder';

/** What a search looks through. */
export interface Searchable {
  id: string;
  name: string;
  /** Words people use for it; `~` stands for anything between two parts of one. */
  words: readonly string[];
}

export interface Hit {
  id: string;
  /** 0 and up; comparable within one search only. */
  score: number;
}

/** Letters, digits and Chinese characters only: punctuation and spaces say nothing here. */
const squeeze = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

const bigramsOf = (text: string): Set<string> => {
  const chars = [...text];
  const grams = new Set<string>();
  for (let i = 0; i + 1 < chars.length; i++) grams.add(`${chars[i]}${chars[i + 1]}`);
  return grams;
};

/** Parts of a word, `满月~户口` -> [满月, 户口]. */
const partsOf = (word: string): string[] => word.split('~').map(squeeze).filter(Boolean);

const lengthOf = (parts: readonly string[]): number =>
  parts.reduce((sum, part) => sum + [...part].length, 0);

/** A pair of characters half the catalogue shares (办理, 申请) must not decide. */
const rarityOf = (documents: readonly Set<string>[]): ((gram: string) => number) => {
  const count = new Map<string, number>();
  for (const d of documents) for (const g of d) count.set(g, (count.get(g) ?? 0) + 1);
  return (gram) => Math.log(1 + documents.length / (count.get(gram) ?? documents.length));
};

/** A word found whole is worth more the longer it is; this much a character. */
const wholeWord = 3;
/** One shared pair of characters alone is chance more often than meaning. */
const least = 2.2;

/**
 * Bundles that fit what somebody typed or said, best first. Whole words of the bundle inside the
 * sentence count most (说“娃上户口” finds 新生儿出生), the whole query inside a name or word next,
 * then shared pairs of characters, weighted by how rare they are.
 */
export const searchBundles = (query: string, bundles: readonly Searchable[]): Hit[] => {
  const q = squeeze(query);
  if (!q) return [];
  const words = bundles.map((b) =>
    [b.name, ...b.words].map(partsOf).filter((w) => lengthOf(w) > 1),
  );
  const grams = words.map((w) => new Set(w.flat().flatMap((part) => [...bigramsOf(part)])));
  const rarity = rarityOf(grams);
  const asked = bigramsOf(q);
  return bundles
    .map((b, i) => {
      const said = (words[i] ?? []).filter((w) => inOrder(q, w));
      const longest = Math.max(0, ...said.map(lengthOf));
      const inside = (words[i] ?? []).flat().some((part) => part.includes(q)) ? [...q].length : 0;
      let shared = 0;
      for (const g of asked) if (grams[i]?.has(g)) shared += rarity(g);
      const score = Math.max(longest, inside) * wholeWord + said.length * 0.5 + shared;
      return { id: b.id, score };
    })
    .filter((h) => h.score >= least)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
};
