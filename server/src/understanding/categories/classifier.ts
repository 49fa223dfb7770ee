import { categoryCodes, type CategoryCode } from '@alley-chief/shared/domain';
import { lexicon } from './lexicon';
import { compile, entriesOf, type Phrase } from '../language/phrases';
import type { Guess } from '../types';

/** A word that spoke for the best category, by its place in the text that was read. */
export interface Spoken {
  start: number;
  end: number;
}

/** What a text is about. */
export interface Classification {
  /** Best first, at most three, none when nothing speaks for anything. */
  guesses: Guess<CategoryCode>[];
  /** What spoke for the best guess, in order of appearance. */
  spoken: Spoken[];
}

/**
 * Text (canonical) -> categories. The seam for a learnt model: whatever stands here must be
 * deterministic and give probabilities that hold (see `Matter.categoryConfidence`).
 */
export interface CategoryClassifier {
  /** Names what decides; kept with every decision, so that it can be explained later. */
  readonly version: string;
  classify(text: string): Classification;
}

const weights = { sure: 4, likely: 2.5, hint: 1, not: -4 } as const;
/** Further words of a category add less and less: a long complaint is not a surer one. */
const decay = 0.6;
/** "Something else altogether" competes with this score; one sure word beats it at about .92. */
const nothing = 1.5;
/** Nobody is ever certain from words alone. */
const ceiling = 0.97;
const longest = 400;

interface Entry {
  phrase: Phrase;
  weight: number;
}

/** Counts phrases of a hand-written lexicon; each speaks once, by its strength. */
export const createLexiconClassifier = (): CategoryClassifier => {
  const book = categoryCodes
    .map((code) => {
      const words = lexicon[code] ?? {};
      const entries: Entry[] = (['sure', 'likely', 'hint', 'not'] as const).flatMap((strength) =>
        entriesOf(words[strength] ?? '').map((entry) => ({
          phrase: compile(entry),
          weight: weights[strength],
        })),
      );
      return { code, entries };
    })
    .filter((c) => c.entries.length > 0);

  const classify = (text: string): Classification => {
    const read = text.slice(0, longest);
    const scored = book
      .map(({ code, entries }) => {
        const hits: { weight: number; start: number; end: number }[] = [];
        for (const { phrase, weight } of entries) {
          const at = phrase.find(read);
          if (at) hits.push({ weight, ...at });
        }
        const score = total(hits);
        return { code, score, hits };
      })
      .filter((c) => c.score > 0)
      .sort((a, b) => b.score - a.score);

    const best = scored[0];
    if (!best) return { guesses: [], spoken: [] };
    // Shares are taken relative to the best score, so that nothing can overflow.
    const share = (score: number) => Math.exp(score - best.score);
    const sum = scored.reduce((s, c) => s + share(c.score), 0) + share(nothing);
    return {
      guesses: scored
        .slice(0, 3)
        .map((c) => ({ label: c.code, probability: Math.min(ceiling, share(c.score) / sum) })),
      spoken: best.hits
        .filter((h) => h.weight > 0)
        .map(({ start, end }) => ({ start, end }))
        .sort((a, b) => a.start - b.start || b.end - a.end),
    };
  };
  return { version: 'lexicon', classify };
};

const total = (hits: { weight: number; start: number; end: number }[]): number => {
  const speaking = hits.filter((h) => h.weight > 0).sort((a, b) => b.weight - a.weight);
  const against = hits.filter((h) => h.weight < 0).reduce((s, h) => s + h.weight, 0);
  return speaking.reduce((s, h, i) => s + h.weight * decay ** i, 0) + against;
};
