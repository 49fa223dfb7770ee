import type { CategoryCode } from '@alley-chief/shared/domain';
import { emergencyGuides } from './guides';
import { emergencyWords, happening, imagined, talkedAbout } from './lexicon';
import { anyOf } from '../language/phrases';
import type { EmergencyKind } from '../types';

/** An emergency found in a text. */
export interface Alarm {
  kind: EmergencyKind;
  /** Number to call first. */
  dial: string;
  /** Where it stands in the text that was read. */
  start: number;
  end: number;
}

const kinds = (Object.keys(emergencyWords) as EmergencyKind[]).map((kind) => {
  const words = emergencyWords[kind];
  return {
    kind,
    raise: anyOf(words.raise),
    always: words.always ? anyOf(words.always) : undefined,
    idioms: new RegExp(anyOf(words.idioms), 'gu'),
    veto: words.veto ? anyOf(words.veto) : undefined,
  };
});
type Kind = (typeof kinds)[number];

const over = anyOf(talkedAbout);
const fancied = anyOf(imagined);
const now = anyOf(happening);
const shocked = anyOf('触电 电着 电死 电倒 电晕 电伤 被电 电击 (叫|让)~电 (人|孩|老)~电');

/** Where the duty list keeps what happened; rescuers come first either way. */
export const emergencyCategory: Record<EmergencyKind, CategoryCode> = {
  fire: 'safety.fire',
  gas: 'utilities.gas',
  violence: 'safety.order',
  drowning: 'safety.hazard',
  selfHarm: 'health.clinic',
  medical: 'health.clinic',
  traffic: 'safety.traffic',
  electric: 'utilities.power',
  collapse: 'housing.unsafe',
};

/** Sentences, because a veto in one must not silence an alarm in the next. */
export const sentence = /[^。！!？?；;\n]+/gu;
/** Half sentences: fear (怕爆炸) silences only its own. */
const clause = /[^,，、]+/gu;

/**
 * Emergencies in a canonical text, most deadly first. Recall comes first: a false alarm costs one tap
 * on 弄错了，没事. Talk about past, imagined or taught events is kept out.
 */
export const findAlarms = (text: string): Alarm[] => {
  const alarms = new Map<EmergencyKind, Alarm>();
  for (const s of text.matchAll(sentence)) {
    for (const kind of kinds) {
      if (alarms.has(kind.kind)) continue;
      const at = raisedBy(kind, s[0]);
      if (!at) continue;
      alarms.set(kind.kind, {
        kind: kind.kind,
        dial: dialFor(kind.kind, s[0]),
        start: s.index + at.start,
        end: s.index + at.end,
      });
    }
  }
  return kinds.flatMap(({ kind }) => alarms.get(kind) ?? []);
};

/** Whether words of an emergency stand in a text at all, whatever they mean there. */
export const soundsAlarming = (text: string): boolean =>
  kinds.some((kind) => kind.raise.test(text) || kind.always?.test(text));

/** Feared, imagined, warned of, and nothing says that it is happening. */
export const isImagined = (text: string): boolean => fancied.test(text) && !now.test(text);

const raisedBy = (kind: Kind, said: string): { start: number; end: number } | undefined => {
  const sure = kind.always?.exec(said);
  if (!sure && !kind.raise.test(said)) return undefined;
  const past = over.test(said);
  if (sure && !past) return { start: sure.index, end: sure.index + sure[0].length };
  const goingOn = now.test(said);
  if (!goingOn && (past || kind.veto?.test(said))) return undefined;
  for (const c of said.matchAll(clause)) {
    if (!goingOn && fancied.test(c[0])) continue;
    const left = c[0].replace(kind.idioms, (idiom) => ' '.repeat(idiom.length));
    const m = kind.raise.exec(left);
    if (m?.[0]) return { start: c.index + m.index, end: c.index + m.index + m[0].length };
  }
  return undefined;
};

/** Power lines are the grid company's; somebody struck by them is the ambulance's. */
export const dialFor = (kind: EmergencyKind, said: string): string =>
  kind === 'electric' && shocked.test(said)
    ? '120'
    : (emergencyGuides[kind].dials[0]?.number ?? '110');
