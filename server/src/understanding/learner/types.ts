/** A text to learn from. */
export interface Example {
  text: string;
  /** Subject line, when there is one; it says more per word than the text. */
  title?: string;
  label: string;
  /** How many messages of its kind it stands for, more than 0; 1 when absent. */
  weight?: number;
}

/** A text to read. */
export type Input = Pick<Example, 'text' | 'title'>;

/** Cuts a text into words, in order. What it leaves out (spaces) is not a word. */
export type Segment = (text: string) => string[];

/**
 * Where words come from: `none` reads characters only, `spaces` takes the text as segmented
 * already, `segmenter` needs the same segmenter for learning and for reading.
 */
export type WordSource = 'none' | 'spaces' | 'segmenter';

/** What validation on the training data decides. */
export interface Parameters {
  /** Cost of a wrong training example against the size of the weights. */
  c: number;
  /** Scale features by |log count ratio| of the label against the rest (NB-SVM). */
  ratios: boolean;
  /** Give small labels the same say as large ones. */
  balanced: boolean;
}

export interface TrainOptions {
  /** Absent together with `segmented`: characters only. */
  segment?: Segment;
  /** The text has spaces between words already. */
  segmented?: boolean;
  /** Same seed and examples, same bytes. */
  seed?: number;
  /** Fixes what would be chosen by validation. */
  parameters?: Partial<Parameters>;
  /** Share of answers that should be right among those not abstained from; 0.95 when absent. */
  precision?: number;
  /** False: its probabilities are never asked for, only its scores; several times quicker. */
  calibrated?: boolean;
  /** Rows used to choose parameters and calibrate; the model itself learns from all. */
  tuningRows?: number;
  /** Told between steps, for people who wait. */
  onProgress?: (step: Progress) => void;
}

export interface Progress {
  step: 'reading' | 'choosing' | 'calibrating' | 'learning';
  /** 0..1 within the step. */
  done: number;
}

/** Turns scores into probabilities that hold. */
export interface Calibration {
  /** Multiplies every score: one over the temperature. */
  slope: number;
  /** Added to the scaled score, one for each label. */
  offsets: number[];
}

/** A learnt model: plain data, made by `train` or `modelFromBytes`. */
export interface Model {
  /** Hash of everything below; kept with every decision so that it can be explained later. */
  version: string;
  /** Sorted; scores and probabilities come in this order. */
  labels: string[];
  words: WordSource;
  /** Features are hashed to 2^bits buckets. */
  bits: number;
  parameters: Parameters;
  calibration: Calibration;
  /** Below this probability the model abstains; 2 when it may never answer alone. */
  threshold: number;
  /** Examples learnt from. */
  examples: number;
  /** Buckets seen in training, ascending. */
  buckets: Uint32Array;
  /** Inverse document frequency of each bucket in sixteenths. */
  idf: Uint8Array;
  /** Positions in `buckets` that have weights, ascending; the rest only counts for the length. */
  kept: Uint32Array;
  /** Compressed weights, a row of labels for each kept bucket; see `quantise`. */
  codes: Int8Array;
  /** Largest weight of each label. */
  scales: Float32Array;
  biases: Float32Array;
}

export interface LabelGuess {
  label: string;
  /** 0..1, over all labels they sum to 1. */
  probability: number;
}

/** A stretch of the text that spoke for the best label. */
export interface DecidingWords {
  /** Offsets into the text as it was given, in UTF-16 units. */
  start: number;
  end: number;
  /** Its share of everything that spoke for the label, 0..1. */
  share: number;
}

export interface Prediction {
  /** Best first, at most three. */
  guesses: LabelGuess[];
  /** Not sure enough to answer without a person, or nothing of the text is known. */
  abstained: boolean;
}

export type LearnerProblem =
  /** Nothing to learn: fewer than two different labels. */
  | 'tooFewLabels'
  /** More labels than a model can hold. */
  | 'tooManyLabels'
  /** A weight that is not a number above 0. */
  | 'badWeight'
  /** Bytes that are no model, or cut off, or changed. */
  | 'badModel'
  /** A model of a newer format. */
  | 'newerModel'
  /** The model was learnt with a segmenter and none was given. */
  | 'noSegmenter';

/** The learner cannot do what it was asked to. */
export class LearnerError extends Error {
  constructor(
    readonly problem: LearnerProblem,
    detail: string,
  ) {
    super(detail);
    this.name = 'LearnerError';
  }
}
