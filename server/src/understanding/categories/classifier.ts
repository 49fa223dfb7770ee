import { categoryCodes, type CategoryCode } from '@alley-chief/shared/domain';
import { lexicon } from './lexicon';
import { Characters, compile, entriesOf, type Phrase } from '../language/phrases';
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
/** Words against a category rule it out no further than this. */
const silenced = -4;

interface Hit extends Spoken {
  weight: number;
}
interface Heard {
  code: CategoryCode;
  score: number;
  hits: Hit[];
}
interface Entry {
  phrase: Phrase;
  weight: number;
}

/** The hand-written lexicon as a scorer of its own, and as a classifier. */
export interface LexiconClassifier extends CategoryClassifier {
  /** How loudly the words speak for each category, in the order of `categoryCodes`; 0 for silence. */
  scores(text: string): Float64Array;
  /** What spoke for one category, in order of appearance. */
  spokenFor(text: string, category: CategoryCode): Spoken[];
}

/** Counts phrases of a hand-written lexicon; each speaks once, by its strength. */
export const createLexiconClassifier = (): LexiconClassifier => {
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

  const characters = new Characters();
  // Scores and words of one text are asked for one after the other.
  let last: { text: string; heard: Heard[] } | undefined;
  const heard = (text: string): Heard[] => {
    if (last?.text !== text) last = { text, heard: hear(text.slice(0, longest)) };
    return last.heard;
  };
  const hear = (read: string): Heard[] => {
    characters.of(read);
    return book.map(({ code, entries }) => {
      const hits: Hit[] = [];
      for (const { phrase, weight } of entries) {
        if (!phrase.mayBeIn(characters)) continue;
        const at = phrase.find(read);
        if (at) hits.push({ weight, ...at });
      }
      return { code, score: total(hits), hits };
    });
  };

  const classify = (text: string): Classification => {
    const scored = heard(text)
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
      spoken: spokenIn(best.hits),
    };
  };

  return {
    version: 'lexicon',
    classify,
    scores: (text) => {
      const scores = new Float64Array(categoryCodes.length);
      for (const { code, score } of heard(text)) {
        scores[categoryCodes.indexOf(code)] = Math.max(score, silenced);
      }
      return scores;
    },
    spokenFor: (text, category) =>
      spokenIn(heard(text).find((c) => c.code === category)?.hits ?? []),
  };
};

const spokenIn = (hits: readonly Hit[]): Spoken[] =>
  hits
    .filter((h) => h.weight > 0)
    .map(({ start, end }) => ({ start, end }))
    .sort((a, b) => a.start - b.start || b.end - a.end);

const total = (hits: readonly Hit[]): number => {
  const speaking = hits.filter((h) => h.weight > 0).sort((a, b) => b.weight - a.weight);
  const against = hits.filter((h) => h.weight < 0).reduce((s, h) => s + h.weight, 0);
  return speaking.reduce((s, h, i) => s + h.weight * decay ** i, 0) + against;
};
