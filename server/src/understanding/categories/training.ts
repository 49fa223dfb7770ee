import { isCategory } from '@alley-chief/shared/domain';
import { quiet } from '../models/quiet';
import { canonical, tidy } from '../language/normalise';
import { createPredictor, train, type Example, type Parameters } from '../learner';
import { macroF1 } from '../learner/metrics';
import { fitBlend, type Blend, type Past } from '../learner/blend';
import { createLexiconClassifier, type LexiconClassifier } from './classifier';
import { createLearntClassifier, lexiconScores, type CategoryModel } from './learnt';

/** A settled matter: what was said and what it turned out to be about. */
export interface TaughtLesson {
  text: string;
  label: string;
  /** Said by a person against a guess; counts more than an end nobody objected to. */
  corrected: boolean;
}

/** How a model did on lessons kept from it; see the contract's `modelFigures`. */
export interface ComparedFigures {
  lessons: number;
  accuracy: number;
  macroF1: number;
  sureAccuracy: number;
  sureShare: number;
}

export interface RetrainInput {
  /** Oldest first. */
  lessons: readonly TaughtLesson[];
  /** What the product knows beforehand. */
  shipped: readonly Example[];
  running: CategoryModel;
  parameters: Parameters;
  /** From here on an answer is acted on without a person. */
  sure: number;
  onProgress?: (done: number) => void;
}

export interface Retrained {
  model: CategoryModel;
  figures: ComparedFigures;
  against: ComparedFigures;
  accepted: boolean;
}

/** Fewer lessons than this can neither teach nor compare. */
export const fewestLessons = 40;
const heldShare = 0.2;
const [fewestHeld, mostHeld] = [20, 500] as const;
/** A correction speaks louder than a written example: it is how people here talk. */
const weights = { corrected: 3, confirmed: 1.5 } as const;
/** So much of the sureness may be lost by chance on a few hundred lessons. */
const slack = 0.01;

/**
 * Learns anew from the shipped phrases and the city's lessons. The newest lessons are held back and
 * both models are asked about them; only then are they learnt, too. Deterministic.
 */
export const retrainCategories = (input: RetrainInput): Retrained => {
  const { shipped, running, parameters, sure, onProgress } = input;
  const lexicon = createLexiconClassifier();
  const lessons = input.lessons
    .map((l) => ({ ...l, text: quiet(canonical(tidy(l.text))) }))
    .filter((l) => l.text !== '' && isCategory(l.label));
  const held = Math.min(mostHeld, Math.max(fewestHeld, Math.round(lessons.length * heldShare)));
  const older = lessons.slice(0, -held);
  const newest = lessons.slice(-held);
  const learn = (known: readonly TaughtLesson[]) =>
    train([...shipped, ...known.map(asExample)], { parameters, calibrated: false });

  // Whom to listen to is decided by lessons that this model has not seen either.
  const early = older.slice(0, Math.floor(older.length * 0.75));
  const blend = blendOn(learn(early), older.slice(early.length), lexicon, running.blend);
  onProgress?.(0.33);
  const figures = compare({ model: learn(older), blend }, newest, lexicon, sure);
  onProgress?.(0.66);
  const against = compare(running, newest, lexicon, sure);
  const model = { model: learn(lessons), blend };
  onProgress?.(1);
  return {
    model,
    figures,
    against,
    accepted:
      figures.accuracy >= against.accuracy &&
      (figures.sureShare === 0 || figures.sureAccuracy >= against.sureAccuracy - slack),
  };
};

const asExample = ({ text, label, corrected }: TaughtLesson): Example => ({
  text,
  label,
  weight: corrected ? weights.corrected : weights.confirmed,
});

const blendOn = (
  model: CategoryModel['model'],
  lessons: readonly TaughtLesson[],
  lexicon: LexiconClassifier,
  start: Blend,
): Blend => {
  const predictor = createPredictor(model);
  const heard = lexiconScores(predictor.labels, lexicon);
  const past = lessons.flatMap(({ text, label }): Past[] => {
    const right = predictor.labels.indexOf(label);
    if (right < 0) return [];
    return [{ linear: predictor.scores({ text }), other: heard(text), label: right }];
  });
  return fitBlend(past, start);
};

const compare = (
  model: CategoryModel,
  lessons: readonly TaughtLesson[],
  lexicon: LexiconClassifier,
  sure: number,
): ComparedFigures => {
  const classifier = createLearntClassifier(model, lexicon);
  const answers = lessons.map(({ text, label }) => {
    const best = classifier.classify(text).guesses[0];
    return { label, answer: best?.label, probability: best?.probability ?? 0 };
  });
  const right = answers.filter((a) => a.answer === a.label).length;
  const bold = answers.filter((a) => a.probability >= sure);
  const labels = [...new Set(lessons.map((l) => l.label))];
  const number = (label: string | undefined) => labels.indexOf(label ?? '');
  return {
    lessons: lessons.length,
    accuracy: right / lessons.length,
    macroF1: macroF1(
      answers.map((a) => number(a.label)),
      answers.map((a) => number(a.answer)),
      labels.length,
    ),
    sureAccuracy:
      bold.length === 0 ? 0 : bold.filter((a) => a.answer === a.label).length / bold.length,
    sureShare: bold.length / lessons.length,
  };
};
