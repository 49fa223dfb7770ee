import { blended, type Blend } from '../learner/blend';
import { createPredictor, type Model } from '../learner';
import type { Decision } from './intents';
import { quiet } from '../models/quiet';
import type { Intent } from '../types';

/** Weighs what the rules decided against what was learnt from examples. */
export type IntentJudge = (plain: string, ruled: Decision) => Decision;

/**
 * How loudly the learnt and the rules speak; found on phrases neither had seen. A rule that is sure
 * (0.9) is overruled only by a clear margin.
 */
const blend: Blend = { linear: 4, other: 2.2 };
/** Decided by what was asked or opened before, not by words: those stand. */
const contextual = new Set<Intent>(['answer', 'emergency']);
/** These need a case they are about; without one the rules know better what to make of it. */
const aboutCase = new Set<Intent>(['followUp', 'withdraw']);
/** Which of these two it is depends on what the city has an article or a service for. */
const known = new Set<Intent>(['question', 'service']);
const knownFrom = 0.9;

export const createIntentJudge = (model: Model): IntentJudge => {
  const predictor = createPredictor(model);
  const intents = predictor.labels as readonly Intent[];

  return (plain, ruled) => {
    if (contextual.has(ruled.intent) || ruled.caseId) return ruled;
    const rules = intents.map((intent) => (intent === ruled.intent ? ruled.confidence : 0));
    const p = blended(predictor.scores({ text: quiet(plain) }), rules, blend);
    let best = -1;
    intents.forEach((intent, i) => {
      if (aboutCase.has(intent) && ruled.intent !== intent) return;
      if (best < 0 || p[i]! > p[best]!) best = i;
    });
    const intent = intents[best];
    if (!intent) return ruled;
    if (known.has(intent) && known.has(ruled.intent) && ruled.confidence >= knownFrom) return ruled;
    return { intent, confidence: intent === ruled.intent ? ruled.confidence : p[best]! };
  };
};
