import { surnames } from '../understanding/entities/spots';
import type { Understanding } from '../understanding/types';

const called = new RegExp(
  `(?:老|小)?${surnames}(?:某某?|[\\u4e00-\\u9fa5]{0,2})(?=先生|女士|同志|主任|书记|师傅|老师|医生|大夫|叔|婶|大爷|大娘|奶奶|爷爷|哥|嫂|姐)`,
  'gu',
);
/** What stands like a name. Masks too much rather than too little: a category survives that. */
const introduced = new RegExp(
  `(?<=我叫|我是|叫|是|俺|我|找|跟|和|给|让|被|姓名|[:：,，。、\\s]|^)${surnames}[\\u4e00-\\u9fa5]{1,2}(?=的|家|说|在|打|骂|[,，。、\\s]|$)`,
  'gu',
);
const door = /[\d一二三四五六七八九十百零]+(?:-\d+)*\s*(?:号(?:楼|院|门|家)?|栋|幢|单元|室|户)/gu;
const numbers = /[\d*xX][\d*xX\s-]{3,}[\d*xX]/g;
const addresses = /(?:https?:\/\/|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+/gi;
const longest = 500;

/**
 * What of a matter may leave the city: numbers, doors, addresses on the net, names of people and of
 * small places are replaced. Whatever it does not know as a name stays, so the notice says so.
 */
export const maskForOutside = (matter: Understanding['matters'][number]): string => {
  let text = matter.text;
  const named = [
    ...matter.entities.people.filter((p) => p.personId).map((p) => [p.text, '〔人〕'] as const),
    ...matter.entities.places.filter((p) => p.areaId).map((p) => [p.text, '〔地名〕'] as const),
    ...matter.entities.phones.map((p) => [p, '〔号码〕'] as const),
  ].sort((a, b) => b[0].length - a[0].length);
  for (const [name, mask] of named) text = text.replaceAll(name, mask);
  return text
    .replace(addresses, '〔网址〕')
    .replace(numbers, '〔号码〕')
    .replace(door, '〔门牌〕')
    .replace(introduced, '〔人〕')
    .replace(called, '〔人〕')
    .slice(0, longest);
};
