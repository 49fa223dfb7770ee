import { local } from '../kernel/localTime';
import type { Clock } from '../kernel/clock';
import { decideThreshold } from '../routing/types';
import type { Matter, Understanding } from '../understanding/types';
import type { Budget } from './budget';
import type { LanguageModel } from './languageModel';
import { maskForOutside } from './mask';

/** Asks for a second opinion where the understanding abstains. */
export type Consult = (u: Understanding) => Promise<Understanding>;

export interface ConsultDeps {
  model: LanguageModel;
  budget: Budget;
  clock: Clock;
}

/** Off: what nobody configured is never asked. */
export const noSecondOpinion: Consult = (u) => Promise.resolve(u);

const asksAbout = new Set<Matter['intent']>(['concern', 'question', 'unclear', 'dispute']);
/** A reference to something else, or a word or two: there is nothing to classify. */
const shortest = 6;

/**
 * Only what the model at home is unsure of, and never what is private: confidential words, cries for
 * help and complaints about people stay in the house.
 */
const isOpen = (m: Matter): boolean =>
  asksAbout.has(m.intent) &&
  m.categoryConfidence < decideThreshold &&
  !m.confidential &&
  !m.care &&
  !m.emergency &&
  m.against.length === 0 &&
  m.articleIds.length === 0 &&
  m.text.length >= shortest;

/** One call a message at most: the first open matter. */
export const createConsult =
  ({ model, budget, clock }: ConsultDeps): Consult =>
  async (u) => {
    const i = u.matters.findIndex(isOpen);
    const matter = u.matters[i];
    if (!matter || u.matters.some((m) => m.confidential)) return u;
    if (!(await budget(local(clock.now()).format('YYYY-MM-DD')))) return u;
    const category = await model(maskForOutside(matter));
    if (!category) return u;
    return { ...u, matters: u.matters.with(i, advised(matter, category)) };
  };

/**
 * An opinion that agrees with our own best guess settles it. One that differs is put to the person
 * who decides, first in the list: how often the model is right has been measured by nobody here.
 */
const advised = (m: Matter, category: Matter['category'] & string): Matter => {
  const agrees = m.category === category;
  const others = m.alternatives.filter((a) => a.label !== category);
  const confidence = agrees ? decideThreshold : 0.5;
  return {
    ...m,
    intent: m.intent === 'unclear' ? 'concern' : m.intent,
    category,
    categoryConfidence: confidence,
    alternatives: [
      { label: category, probability: confidence },
      ...others.slice(0, 2).map((a) => ({ ...a, probability: a.probability * (1 - confidence) })),
    ],
    secondOpinion: { category, agrees },
  };
};
