import type { Classification } from '../categories/classifier';
import { canonical, tidy } from '../language/normalise';
import type { UnderstandingInput } from '../types';

type OpenCase = UnderstandingInput['openCases'][number];

/** Below this a category is a hunch and does not say that a message is about another matter. */
const evident = 0.6;

const pairs = (text: string): Set<string> => {
  const plain = canonical(tidy(text)).replace(/[^\p{L}\p{N}]/gu, '');
  const grams = new Set<string>();
  for (let i = 0; i + 1 < plain.length; i++) grams.add(plain.slice(i, i + 2));
  return grams;
};

/** Share of the case's title found again in what was said, 0..1. */
const overlap = (said: Set<string>, openCase: OpenCase): number => {
  const title = pairs(openCase.title);
  if (title.size === 0) return 0;
  let both = 0;
  for (const g of title) if (said.has(g)) both++;
  return both / title.size;
};

export interface Link {
  caseId: string;
  /** How the case was recognised. */
  by: 'category' | 'words' | 'newest';
}

/**
 * The open case a message refers to. With evidence for a category that no open case has, none: that
 * is a new matter. Without any evidence the newest.
 */
export const linkToCase = (
  text: string,
  classification: Classification,
  openCases: readonly OpenCase[],
): Link | undefined => {
  const best = classification.guesses[0];
  const sameCategory = openCases.filter((c) => c.category === best?.label);
  const said = pairs(text);
  const ranked = openCases
    .map((c, i) => ({ id: c.id, i, share: overlap(said, c) }))
    .filter((c) => c.share >= 0.3)
    .sort((a, b) => b.share - a.share || a.i - b.i);
  if (sameCategory.length > 0) {
    const inBoth = ranked.find((r) => sameCategory.some((c) => c.id === r.id));
    return { caseId: inBoth?.id ?? sameCategory[0]!.id, by: 'category' };
  }
  if (ranked[0]) return { caseId: ranked[0].id, by: 'words' };
  if (best && best.probability >= evident) return undefined;
  return openCases[0] ? { caseId: openCases[0].id, by: 'newest' } : undefined;
};
