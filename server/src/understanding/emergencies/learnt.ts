import { createPredictor, type Model } from '../learner';
import { quiet } from '../models/quiet';
import type { EmergencyKind } from '../types';
import {
  dialFor,
  findAlarms,
  isImagined,
  sentence,
  soundsAlarming,
  type Alarm,
} from './emergencies';

/** Finds emergencies in a canonical text, most deadly first. */
export type AlarmReader = (text: string) => Alarm[];

/** The label of everyday talk. */
export const calmLabel = 'calm';
/** From here on the model raises an alarm by itself: recall first, a false one costs a tap. */
const raises = 0.6;
/** A few words say little: short cries are the rules' to hear. */
const raisesShort = 0.8;
const shortUpTo = 9;
/** The same where the rules heard the words and know them to mean something else. */
const raisesAgainstRules = 0.985;
/** Below this the model has heard the rules' words in quite another sense. */
const silences = 0.025;
const shortest = 2;
/** 急死人, 笑死我了: nobody dies of these. Blanked, so that places in the text stay. */
const intensifier =
  /(?<=[拖急气笑热冻累烦吵臭熏饿困渴愁忙羡爱堵挤晒]|麻烦|恶心|羡慕|喜欢|高兴)死(?:个?人|我|俺|了)?/gu;

const leastFor = (text: string): number => {
  if (!soundsAlarming(text)) return text.length <= shortUpTo ? raisesShort : raises;
  return isImagined(text) ? Infinity : raisesAgainstRules;
};

/**
 * Rules and what was learnt together: either may raise an alarm, and the learnt one may silence a
 * rule that took 跳楼价 for a jump.
 */
export const createAlarmReader = (model: Model): AlarmReader => {
  const predictor = createPredictor(model);
  const calm = predictor.labels.indexOf(calmLabel);

  const heard = (text: string): { chance: number; kind: EmergencyKind } => {
    const sober = quiet(text).replace(intensifier, (m) => ' '.repeat(m.length));
    const p = predictor.probabilities({ text: sober });
    let best = -1;
    p.forEach((x, i) => {
      if (i !== calm && (best < 0 || x > p[best]!)) best = i;
    });
    return { chance: 1 - p[calm]!, kind: predictor.labels[best] as EmergencyKind };
  };

  return (text) => {
    if (text.length < shortest) return [];
    const parts = [{ start: 0, text, ...heard(text) }];
    // Several sentences are read one by one as well, or a cry would drown among the others.
    const sentences = [...text.matchAll(sentence)];
    if (sentences.length > 1) {
      for (const m of sentences) parts.push({ start: m.index, text: m[0], ...heard(m[0]) });
    }
    const loudest = parts.reduce((a, b) => (b.chance > a.chance ? b : a));
    const ruled = findAlarms(text);
    if (ruled.length > 0 && loudest.chance >= silences) return ruled;
    if (loudest.chance < leastFor(loudest.text)) return [];
    const [words] = predictor.deciding({ text: loudest.text }, loudest.kind);
    return [
      {
        kind: loudest.kind,
        dial: dialFor(loudest.kind, loudest.text),
        start: loudest.start + (words?.start ?? 0),
        end: loudest.start + (words?.end ?? loudest.text.length),
      },
    ];
  };
};
