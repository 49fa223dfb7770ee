import type { ModelFigures } from '@alley-chief/shared/contract';

/** What a training is given: everything the city has taught, and what it is compared with. */
export interface TrainingJob {
  /** Oldest first. */
  lessons: { text: string; label: string; corrected: boolean }[];
  /** Bytes of the running model. */
  running: Uint8Array;
}

export interface TrainingResult {
  version: string;
  bytes: Uint8Array;
  /** Lessons used. */
  lessons: number;
  figures?: ModelFigures;
  against?: ModelFigures;
  /** Whether it may replace the running one. */
  accepted: boolean;
  /** In one sentence for the centre. */
  why: string;
}

/**
 * Trains away from the thread that answers people.
 * @param onProgress 0..1
 */
export interface Trainer {
  train(job: TrainingJob, onProgress: (done: number) => void): Promise<TrainingResult>;
  /** Ends what is under way. */
  stop(): Promise<void>;
}
