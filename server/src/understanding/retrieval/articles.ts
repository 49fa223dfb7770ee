import MiniSearch, { type MatchInfo } from 'minisearch';
import type { Article, SynonymGroup } from '../types';
import { canonical } from '../language/normalise';
import { least, pointsOfWords, scoreOf, type Match } from './match';
import { createPassagePicker } from './passages';
import { createPhraseFinder, squeeze, wordsOf } from './phrases';
import { createMeaning } from './synonyms';
import { createTokens, type Tokens } from './tokens';
import { dayOf, holdsIn, validityOf } from './validity';

export interface ArticleMatch extends Match {
  /** The paragraph that answers, whole. */
  passage: string;
}

/** Who asks, and when: decides what holds for them. */
export interface Asked {
  now: Date;
  areaPath?: string | undefined;
}

export type ArticleSearch = (text: string, asked: Asked) => ArticleMatch[];

export interface ArticleSearchOptions {
  /** A segmenter's `cutForSearch`. */
  cut: (text: string) => string[];
  synonyms?: readonly SynonymGroup[];
}

/** Only the best of what shares a word are weighed closely. */
const weighed = 12;
/** Title and words are what somebody asks with; the body says many things beside. */
const boost = { title: 2, words: 2, body: 1 };

/**
 * Points for the words shared. Chosen on the `tuned` questions of the tests, so that what comes out as
 * `sure` is right about nine times in ten; measured on the others.
 */
const points = {
  /** For a rare word; less for a common one, and when much of the question stays unmatched. */
  perWord: 1.8,
  most: 3.5,
  /** A word that stands in the body only. */
  inBody: 0.6,
  /** One character alone: 卖 is met by chance, 医保 is not. */
  single: 0.4,
  /** Share of the question that may stay unmatched without loss. */
  unmatched: 0.25,
  /** For standing clear of the next best. */
  clear: 0.6,
};
/** An own article before the sample it stands beside, the near one before the far one. */
const ownBefore = 0.02;

/**
 * Finds the articles that answer a question, best first. Words people ask with count as for service
 * bundles; MiniSearch over segmented words, widened by synonyms, finds what is put differently. What is
 * expired, not yet in force or from elsewhere is not found at all.
 */
export const createArticleSearch = (
  articles: readonly Article[],
  { cut, synonyms = [] }: ArticleSearchOptions,
): ArticleSearch => {
  const tokens = createTokens(cut, createMeaning(synonyms));
  const asked = articles.map((a) => wordsOf(a, canonical));
  const findPhrases = createPhraseFinder(asked);
  const { index, weight } = createIndex(articles, tokens);
  const pickers = new Map<number, (asked: readonly string[]) => string>();
  const passageOf = (i: number, said: readonly string[]): string => {
    const pick = pickers.get(i) ?? createPassagePicker(articles[i]!, tokens, weight);
    pickers.set(i, pick);
    return pick(said);
  };

  return (text, { now, areaPath }) => {
    const today = dayOf(now);
    const holds = (i: number): boolean => {
      const a = articles[i]!;
      return validityOf(a, today) === 'valid' && holdsIn(a, areaPath);
    };
    const said = tokens(text);
    const won = new Map<number, number>();
    for (const [i, found] of findPhrases(squeeze(text))) {
      if (holds(i)) won.set(i, pointsOfWords(found));
    }
    const results = index.search(said.join(' '), { filter: (r) => holds(r.id as number) });
    const shared = results
      .slice(0, weighed)
      .map(({ id, match }) => ({ i: id as number, mass: massOf(match, weight) }))
      .sort((a, b) => b.mass - a.mass);
    const whole = said.reduce((sum, t) => sum + weight(t), 0);
    shared.forEach(({ i, mass }, rank) => {
      const covered = Math.min(1, mass / whole + points.unmatched);
      const ahead = rank === 0 ? (mass - (shared[1]?.mass ?? 0)) / mass : 0;
      const clear = points.clear * Math.min(1, mass) * ahead;
      const forWords = Math.min(points.most, mass * points.perWord * covered) + clear;
      won.set(i, (won.get(i) ?? 0) + forWords);
    });
    return [...won]
      .map(([i, p]) => {
        const a = articles[i]!;
        const near = a.region.length / 1000 + (a.sample ? 0 : ownBefore);
        return { i, id: a.id, score: scoreOf(p + near) };
      })
      .filter((m) => m.score >= least)
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .map(({ i, id, score }) => ({ id, score, passage: passageOf(i, said) }));
  };
};

/** How much of a question an article shares: its words by rarity, by where and how long they are. */
const massOf = (match: MatchInfo, weight: (token: string) => number): number =>
  Object.entries(match).reduce((sum, [token, fields]) => {
    const place = fields.some((f) => f !== 'body') ? 1 : points.inBody;
    return sum + weight(token) * place * (token.length > 1 ? 1 : points.single);
  }, 0);

/** The inverted index, and how much a word tells: 1 for one that no or one article has. */
const createIndex = (articles: readonly Article[], tokens: Tokens) => {
  const documents = articles.map((a, id) => ({
    id,
    title: tokens(a.title).join(' '),
    words: tokens(a.words.join(' ').replaceAll('~', ' ')).join(' '),
    body: tokens(a.paragraphs.join('\n')).join(' '),
  }));
  const index = new MiniSearch<(typeof documents)[number]>({
    fields: ['title', 'words', 'body'],
    // Words are cut already; MiniSearch's own rules know no Chinese.
    tokenize: (text) => (text ? text.split(' ') : []),
    processTerm: (term) => term,
    searchOptions: { boost },
  });
  index.addAll(documents);
  const frequency = new Map<string, number>();
  for (const d of documents) {
    for (const t of new Set(`${d.title} ${d.words} ${d.body}`.split(' '))) {
      frequency.set(t, (frequency.get(t) ?? 0) + 1);
    }
  }
  const most = Math.log(articles.length + 1);
  const weight = (token: string): number =>
    most > 0 ? Math.log((articles.length + 1) / (frequency.get(token) ?? 1)) / most : 1;
  return { index, weight };
};
