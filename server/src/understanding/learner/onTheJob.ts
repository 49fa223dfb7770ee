import { blended, fitBlend, untried, type Blend, type Past } from './blend';
import { fit, type Fitted } from './fit';
import { weigh } from './matrix';
import type { Judged } from './metrics';
import { topThree } from './predict';
import { scoresOf } from './svm';
import { readExamples, usual } from './train';
import type { Example, Input, TrainOptions } from './types';

export interface JobOptions extends TrainOptions {
  /** Learn anew after so many messages; later after every twentieth part of what is known. */
  every?: number;
  /** Scores of somebody who knows the matter beforehand, in the order of `labels`. */
  other?: (input: Input, labels: readonly string[]) => ArrayLike<number>;
  onStep?: (done: number) => void;
}

/** How many past predictions say whom to listen to: older ones are of a learner that knew less. */
const remembered = 500;

/**
 * What happens in an office that corrects its machine: each message is answered first, then its
 * right label is learnt. Answers join the learner with the other scorer as far as each has earned.
 * @param messages in the order they came
 */
export const learnOnTheJob = (
  messages: readonly Example[],
  { every = 50, other, onStep, ...options }: JobOptions = {},
): { labels: string[]; judged: Judged[]; blends: Blend[] } => {
  const { task, labels } = readExamples(messages, options);
  const seed = options.seed ?? 1;
  const nothing = new Float64Array(labels.length);
  const judged: Judged[] = [];
  const blends: Blend[] = [];
  const past: Past[] = [];
  let blend = untried;

  for (let from = 0; from < messages.length;) {
    const to = Math.min(messages.length, from + Math.max(every, Math.floor(from / 20)));
    const fitted = teach(from);
    const rows = Array.from({ length: to - from }, (_, i) => from + i);
    const scores = fitted
      ? scoresOf(weigh(task.corpus, rows, fitted.vocabulary), fitted.linear)
      : new Float64Array(rows.length * labels.length);
    rows.forEach((row, i) => {
      const linear = scores.subarray(i * labels.length, (i + 1) * labels.length);
      const known = other?.(messages[row]!, labels) ?? nothing;
      const p = blended(linear, known, blend);
      const answers = topThree(p);
      judged.push({ truth: task.y[row]!, answers, probability: p[answers[0]!]!, abstained: false });
      if (fitted) past.push({ linear, other: known, label: task.y[row]! });
    });
    past.splice(0, past.length - remembered);
    if (past.length > 0) blend = fitBlend(past, other ? untried : { linear: 1, other: 0 });
    else if (!other) blend = { linear: 1, other: 0 };
    blends.push(blend);
    from = to;
    onStep?.(from / messages.length);
  }
  return { labels, judged, blends };

  function teach(known: number): Fitted | undefined {
    const seen = new Set(task.y.subarray(0, known));
    if (seen.size < 2) return undefined;
    const rows = Int32Array.from({ length: known }, (_, row) => row);
    return fit(task, rows, { ...usual, ...options.parameters }, seed);
  }
};
