import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decideThreshold } from '../../routing/types';
import { modelsFromBytes } from '../../understanding';
import { createLearntClassifier } from '../../understanding/categories/learnt';
import { createLexiconClassifier } from '../../understanding/categories/classifier';
import { canonical, tidy } from '../../understanding/language/normalise';
import { createSegmenter } from '../../understanding/language/words';
import {
  createPredictor,
  topThree,
  type Input,
  type Judged,
  type Model,
  type Segment,
} from '../../understanding/learner';
import { readModel, type LabelMap } from './modelFile';

/** Something that was made before and answers: a model file, or the hand-written word list. */
export interface Scorer {
  version: string;
  /** None: any of the product's categories. */
  labels: readonly string[];
  /** Probability by label, and whether it would rather not say. */
  read(input: Input): { chances: Map<string, number>; abstained: boolean };
}

/** Loaded with the first model that needs it. */
export const segmentFor = (model: Pick<Model, 'words'>): Segment | undefined => {
  if (model.words !== 'segmenter') return undefined;
  const segmenter = createSegmenter();
  return (text) => segmenter.cut(text);
};

const lexiconName = 'lexicon';
/** What the running product begins with: the shipped model joined with the word list. */
const shippedName = 'shipped';
const shippedFile = path.join(path.dirname(fileURLToPath(import.meta.url)), 'understanding.models');
/** Below it the word list is asked for a suggestion only; see `Matter.categoryConfidence`. */
const lexiconThreshold = 0.8;

/** @param name a file, `lexicon` or `shipped` */
export const openScorer = (name: string): Scorer => {
  if (name === lexiconName) {
    const lexicon = createLexiconClassifier();
    return {
      version: lexicon.version,
      labels: [],
      read: ({ text, title }) => {
        const plain = canonical(tidy(title ? `${title}。${text}` : text));
        const { guesses } = lexicon.classify(plain);
        return {
          chances: new Map(guesses.map((g) => [g.label, g.probability])),
          abstained: (guesses[0]?.probability ?? 0) < lexiconThreshold,
        };
      },
    };
  }
  if (name === shippedName) {
    const { categories } = modelsFromBytes(readFileSync(shippedFile));
    const classifier = createLearntClassifier(categories, createLexiconClassifier());
    const plain = (text: string) => canonical(tidy(text));
    return {
      version: classifier.version,
      labels: [],
      read: ({ text, title }) => {
        const read = { text: plain(text), ...(title ? { title: plain(title) } : {}) };
        const chances = classifier.chances(read);
        return { chances, abstained: Math.max(...chances.values()) < decideThreshold };
      },
    };
  }
  const model = readModel(name);
  const predictor = createPredictor(model, segmentFor(model));
  return {
    version: model.version,
    labels: model.labels,
    read: (input) => {
      const p = predictor.probabilities(input);
      return {
        chances: new Map(model.labels.map((label, c) => [label, p[c]!])),
        abstained: p[topThree(p)[0]!]! < model.threshold,
      };
    },
  };
};

/** What a scorer says, in the labels of a file; several of its labels may mean one of the file's. */
export const translated = (
  chances: ReadonlyMap<string, number>,
  labels: readonly string[],
  map: LabelMap | undefined,
): Float64Array => {
  const number = new Map(labels.map((label, c) => [label, c]));
  const out = new Float64Array(labels.length);
  for (const [label, p] of chances) {
    const c = number.get(map?.get(label) ?? label);
    if (c !== undefined) out[c]! += p;
  }
  return out;
};

/** As scores for a blend: logarithms, what is left shared by all. */
export const asScores = (p: Float64Array): Float64Array => {
  const left = Math.max(0.02, 1 - p.reduce((sum, v) => sum + v, 0));
  return p.map((v) => Math.log(v + left / p.length));
};

export const judge = (p: Float64Array, truth: number, abstained: boolean): Judged => {
  const answers = topThree(p).filter((c) => p[c]! > 0);
  const probability = answers.length > 0 ? p[answers[0]!]! : 0;
  return { truth, answers, probability, abstained: abstained || answers.length === 0 };
};
