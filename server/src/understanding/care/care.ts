import type { CategoryCode } from '@alley-chief/shared/domain';
import type { Alarm } from '../emergencies/emergencies';
import { anyOf } from '../language/phrases';
import type { Care, Entities, Intent, UnderstandingInput } from '../types';
import { atHome, childHurt, despair, hurting, otherwise, talk, violenceSure } from './lexicon';

const home = new RegExp(atHome, 'u');
const hurts = anyOf(hurting);
const violent = anyOf(violenceSure);
const low = anyOf(despair);
const child = anyOf(childHurt);
const talked = anyOf(talk);
const idioms = new RegExp(anyOf(otherwise), 'gu');
const rescueOther =
  /(?:他|她|(?:我|俺)?(?:闺女|儿子|妈|娘|爹|爸|爷|奶|老伴|媳妇|男人|孩子|妹|姐|哥|弟)|邻居|隔壁|有人|有个|老头|老太太|同学|孙)/u;
const self = /我|自己/u;

/** Where the duty list keeps what is no alarm (yet): never with mediators, never with the chief. */
export const careCategory: Record<Care['kind'], CategoryCode> = {
  selfHarm: 'health.clinic',
  domesticViolence: 'safety.order',
  child: 'elder.left',
};

/** An adult has to be told whatever a child says of itself; the age of full legal capacity. */
const adultAge = 18;

/**
 * Recognises matters that need care: violence at home, thoughts of self-harm, a child in harm's way.
 * They are answered gently, kept from the house and the alley, and raised to who must act.
 * @param text canonical
 * @param intent what the rules took it for: complaints about officials are none of these
 */
export const careOf = (
  text: string,
  alarm: Alarm | undefined,
  intent: Intent,
  entities: Entities,
  reporter: UnderstandingInput['reporter'],
): Care | undefined => {
  const minor = reporter.age !== undefined && reporter.age < adultAge;
  const as = (kind: Care['kind']): Care => ({ kind, minor });
  const left = text.replace(idioms, (idiom) => ' '.repeat(idiom.length));
  if ((alarm?.kind === 'selfHarm' || alarm?.kind === 'violence') && child.test(left)) {
    return as('child');
  }
  if (alarm?.kind === 'selfHarm') {
    // For somebody else on the roof every neighbour is a help: that is an open alarm.
    return speaksOfSelf(text, alarm.start) ? as('selfHarm') : undefined;
  }
  if (alarm) {
    if (alarm.kind !== 'violence') return undefined;
    const kin = entities.people.some((p) => p.relation === 'kin');
    return violent.test(left) || home.test(left) || (kin && hurts.test(left))
      ? as('domesticViolence')
      : undefined;
  }
  if (talked.test(left)) return undefined;
  // A child hurt by a teacher is first of all a child that is hurt.
  if (child.test(left)) return as('child');
  if (['staffComplaint', 'greeting', 'thanks', 'withdraw'].includes(intent)) return undefined;
  if (violent.test(left)) return as('domesticViolence');
  return low.test(left) && intent !== 'service' ? as('selfHarm') : undefined;
};

/** 俺闺女在楼顶要跳楼 is about her; 我不想活了, 不想活了 are about the speaker. */
const speaksOfSelf = (text: string, at: number): boolean => {
  const clause =
    text
      .slice(0, at)
      .split(/[,，。!！?？;；\n]/u)
      .at(-1) ?? '';
  const other = rescueOther.exec(clause);
  return !other || self.test(clause.slice(other.index + other[0].length));
};
