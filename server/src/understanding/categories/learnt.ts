import { categoryCodes, isCategory, type CategoryCode } from '@alley-chief/shared/domain';
import { packParts, unpackParts } from '../models/container';
import { quiet } from '../models/quiet';
import { blended, type Blend } from '../learner/blend';
import { createPredictor, modelFromBytes, modelToBytes, type Input, type Model } from '../learner';
import type { Classification, CategoryClassifier, LexiconClassifier, Spoken } from './classifier';

/** What was learnt about categories, and how far it is listened to beside the lexicon. */
export interface CategoryModel {
  model: Model;
  blend: Blend;
}

export const categoryModelToBytes = ({ model, blend }: CategoryModel): Uint8Array =>
  packParts({
    blend: new TextEncoder().encode(JSON.stringify(blend)),
    model: modelToBytes(model),
  });

/** @throws BadContainer, LearnerError */
export const categoryModelFromBytes = (bytes: Uint8Array): CategoryModel => {
  const parts = unpackParts(bytes, ['blend', 'model']);
  return {
    blend: JSON.parse(new TextDecoder().decode(parts.blend)) as Blend,
    model: modelFromBytes(parts.model),
  };
};

export interface LearntClassifier extends CategoryClassifier {
  /** Probability of every category it knows, `other.unclear` among them; they sum to 1. */
  chances(input: Input): Map<CategoryCode, number>;
}

/** Less than this says nothing to anybody. */
const least = 0.05;
/** Nobody is ever certain from words alone. */
const ceiling = 0.97;

/** What the lexicon hears, in the order of a model's labels; 0 for what is no category. */
export const lexiconScores = (
  labels: readonly string[],
  lexicon: LexiconClassifier,
): ((text: string) => number[]) => {
  const order = labels.map((label) => (isCategory(label) ? categoryCodes.indexOf(label) : -1));
  return (text) => {
    const heard = lexicon.scores(text);
    return order.map((at) => (at < 0 ? 0 : heard[at]!));
  };
};

/**
 * Learnt scores joined with the hand-written words: the words carry what was never seen in training,
 * the learnt what nobody thought of writing down. What speaks for nothing ends in `other.unclear`,
 * which is no guess.
 */
export const createLearntClassifier = (
  { model, blend }: CategoryModel,
  lexicon: LexiconClassifier,
): LearntClassifier => {
  const predictor = createPredictor(model);
  const labels = predictor.labels.map((label) => (isCategory(label) ? label : undefined));
  const heard = lexiconScores(predictor.labels, lexicon);

  const probabilities = ({ text, title }: Input): Float64Array => {
    const read = { text: quiet(text), ...(title ? { title: quiet(title) } : {}) };
    return blended(predictor.scores(read), heard(title ? `${title}。${text}` : text), blend);
  };

  const spokenFor = (text: string, category: CategoryCode): Spoken[] => {
    const words = lexicon.spokenFor(text, category);
    if (words.length > 0) return words;
    return predictor
      .deciding({ text: quiet(text) }, category)
      .map(({ start, end }) => ({ start, end }))
      .sort((a, b) => a.start - b.start);
  };

  const classify = (text: string): Classification => {
    const p = probabilities({ text });
    const guesses = labels
      .flatMap((label, i) => (label ? [{ label, probability: p[i]! }] : []))
      .sort((a, b) => b.probability - a.probability || (a.label < b.label ? -1 : 1))
      .slice(0, 3)
      .filter((g) => g.label !== 'other.unclear' && g.probability >= least)
      .map((g) => ({ ...g, probability: Math.min(ceiling, g.probability) }));
    const best = guesses[0];
    return best ? { guesses, spoken: spokenFor(text, best.label) } : { guesses: [], spoken: [] };
  };
  return {
    version: predictor.version,
    classify,
    chances: (input) => {
      const p = probabilities(input);
      return new Map(labels.flatMap((label, i) => (label ? [[label, p[i]!]] : [])));
    },
  };
};
