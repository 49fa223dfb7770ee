import { labelledLines, linesOf, shippedExamples } from '../categories/knowledge/examples';
import type { CategoryModel } from '../categories/learnt';
import { findAlarms } from '../emergencies/emergencies';
import { calm, emergencyKnowledge, secondCries } from '../emergencies/knowledge';
import { calmLabel } from '../emergencies/learnt';
import { intentPhrases, labelledWishes } from '../intents/knowledge';
import { canonical, tidy } from '../language/normalise';
import { train, type Example, type Parameters, type TrainOptions } from '../learner';
import type { Blend } from '../learner/blend';
import type { UnderstandingModels } from '.';
import { quiet } from './quiet';

export { modelsToBytes } from '.';

/** Texts are learnt in the form in which they will be read. */
const read = (text: string): string => quiet(canonical(tidy(text)));

/** Chosen once by cross-validation on the phrases; fixed so that a build takes seconds. */
const usual: Parameters = { c: 1, ratios: false, balanced: true };
export const categoryParameters = usual;
const bold: Parameters = { ...usual, c: 3 };
/** Found on phrases kept apart; a city's own lessons move it. */
export const shippedBlend: Blend = { linear: 8, other: 0.3 };

export const categoryExamples = (): Example[] =>
  shippedExamples().map((e) => ({ ...e, text: read(e.text) }));

const intentExamples = (): Example[] => [
  ...Object.entries(intentPhrases).flatMap(([label, block]) =>
    linesOf(block).map((text) => ({ text: read(text), label })),
  ),
  ...labelledLines(labelledWishes).map((e) => ({ ...e, text: read(e.text) })),
];

/** Cries of each kind; calm is everything else that was ever written down, unless it is a cry too. */
const alarmExamples = (): Example[] => {
  const kinds = Object.entries(emergencyKnowledge);
  const cries = kinds.flatMap(([label, k]) =>
    linesOf(k.phrases).map((text) => ({ text: read(text), label })),
  );
  const second = labelledLines(secondCries).map((e) => ({ ...e, text: read(e.text) }));
  const everyday = [
    ...kinds.flatMap(([, k]) => linesOf(k.near)),
    ...linesOf(calm),
    ...Object.values(intentPhrases).flatMap(linesOf),
  ].map(read);
  const matters = categoryExamples()
    .map((e) => e.text)
    .filter((text) => findAlarms(text).length === 0);
  return [
    ...cries,
    ...second,
    ...[...everyday, ...matters].map((text) => ({ text, label: calmLabel })),
  ];
};

/** Learns all models from the phrases that come with the product. Deterministic; some ten seconds. */
export const trainShipped = (
  options: Pick<TrainOptions, 'onProgress'> = {},
): UnderstandingModels => {
  const categories: CategoryModel = {
    model: train(categoryExamples(), { ...options, parameters: usual, calibrated: false }),
    blend: shippedBlend,
  };
  return {
    categories,
    intents: train(intentExamples(), {
      ...options,
      parameters: { ...usual, balanced: false },
      calibrated: false,
    }),
    alarms: train(alarmExamples(), { ...options, parameters: bold }),
  };
};
