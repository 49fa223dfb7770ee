import { blended, type Blend } from '../learner/blend';
import { createPredictor, type Model } from '../learner';
import type { Decision } from './intents';
import { quiet } from '../models/quiet';
import type { Intent } from '../types';

/**
 * Weighs what the rules decided against what was learnt from examples.
 * @param caseId the open case the words would refer to, if they refer to one
 */
export type IntentJudge = (plain: string, ruled: Decision, caseId?: string) => Decision;

/**
 * How loudly the learnt and the rules speak; found on phrases neither had seen. A rule that is sure
 * (0.9) is overruled only by a clear margin.
 */
const blend: Blend = { linear: 4, other: 2.2 };
/** Decided by what was asked or opened before, not by words: those stand. */
const contextual = new Set<Intent>(['answer', 'emergency']);
/** These need a case they are about, and to be clear: the rules see what else points at it. */
const aboutCase = new Set<Intent>(['followUp', 'withdraw']);
const clear = 0.6;
/** Which of these two it is depends on what the city has an article or a service for. */
const known = new Set<Intent>(['question', 'service']);
const knownFrom = 0.9;

export const createIntentJudge = (model: Model): IntentJudge => {
  const predictor = createPredictor(model);
  const intents = predictor.labels as readonly Intent[];

  return (plain, ruled, caseId) => {
    if (contextual.has(ruled.intent) || ruled.caseId) return ruled;
    const rules = intents.map((intent) => (intent === ruled.intent ? ruled.confidence : 0));
    const p = blended(predictor.scores({ text: quiet(plain) }), rules, blend);
    let best = -1;
    intents.forEach((intent, i) => {
      const foreign = aboutCase.has(intent) && ruled.intent !== intent;
      if (foreign && (!caseId || p[i]! < clear)) return;
      if (best < 0 || p[i]! > p[best]!) best = i;
    });
    const intent = intents[best];
    if (!intent) return ruled;
    if (known.has(intent) && known.has(ruled.intent) && ruled.confidence >= knownFrom) return ruled;
    if (intent === ruled.intent) return ruled;
    const about = aboutCase.has(intent) && caseId ? { caseId } : {};
    return { intent, confidence: p[best]!, ...about };
  };
};
