import { createLexiconClassifier, type CategoryClassifier } from './categories/classifier';
import { createLearntClassifier } from './categories/learnt';
import { findAlarms } from './emergencies/emergencies';
import { createAlarmReader, type AlarmReader } from './emergencies/learnt';
import { createIntentJudge, type IntentJudge } from './intents/learnt';
import type { UnderstandingModels } from './models';
import { remember } from './remember';

/** What decides, apart from the city's names: hand-written rules, alone or with what was learnt. */
export interface Wits {
  classifier: CategoryClassifier;
  judge: IntentJudge;
  alarms: AlarmReader;
}

/** Rules alone: what is left when there is no model, and what the models are measured against. */
export const rulesAlone = (): Wits => ({
  classifier: createLexiconClassifier(),
  judge: (_, ruled) => ruled,
  alarms: findAlarms,
});

/** Built once for a set of models (some milliseconds). */
export const witsOf = (models: UnderstandingModels): Wits => {
  const learnt = createLearntClassifier(models.categories, createLexiconClassifier());
  return {
    classifier: {
      version: learnt.version,
      classify: remember((text) => learnt.classify(text)),
    },
    judge: createIntentJudge(models.intents),
    alarms: remember(createAlarmReader(models.alarms)),
  };
};
