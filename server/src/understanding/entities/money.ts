import { numberOf } from './numbers';
import type { Entities } from '../types';

type Amount = Entities['amounts'][number];

const number = '(?:\\d{1,3}(?:,\\d{3})+|\\d+(?:\\.\\d+)?|[一二两三四五六七八九十百千万好几半]+)';
const amounts = new RegExp(
  `(?<n>${number}(?:[来多]?[百千万])*)(?:来|多)?(?:(?<unit>块钱|(?<!(?<![十百千万\\d])一)块(?![地板砖石田布瓦骨肉牌玻空菜木铁料儿])|(?<=(?<![十百千万\\d])一)块(?=[一二两三四五六七八九\\d])|元钱|元|万块|万元|毛钱|毛|角钱|角|分钱)(?:(?<dimes>[一二两三四五六七八九\\d])(?:毛|角)?(?:(?<cents>[一二两三四五六七八九\\d])分?)?(?![\\d十百千万个天月年号点]))?|(?<measure>斤|公斤|亩|吨|袋|桶|车))`,
  'gu',
);
/** 欠俺三万五: money without its unit, after a word that speaks of money. */
const bare =
  /(?<=(?:欠|赔|花|收|罚|交|缴|工资|彩礼|骗|借|补|发|扣|挣|贷|存|值|费|钱)(?:了|走|要|我|给|他|人家|去){0,3})(?<n>[一二两三四五六七八九十百千]*[百千万][一二两三四五六七八九]?(?:[百千][一二三四五六七八九]?)*|\d+(?:\.\d+)?万)(?![个天月年人户岁号点口亩斤])/gu;
const factor: Record<string, number> = { 万: 10_000, 毛: 0.1, 角: 0.1, 分: 0.01 };

/** Reads amounts; those of money in yuan where a number is said. */
export const readAmounts = (text: string, plain: string): Amount[] => {
  const found: (Amount & { start: number; end: number })[] = [];
  const add = (m: RegExpExecArray, yuan: number | undefined): void => {
    const end = m.index + m[0].length;
    if (found.some((a) => m.index < a.end && end > a.start)) return;
    found.push({
      text: text.slice(m.index, end),
      ...(yuan === undefined ? {} : { yuan }),
      start: m.index,
      end,
    });
  };
  for (const m of plain.matchAll(amounts)) {
    add(m, m.groups?.['measure'] ? undefined : yuanOf(m.groups ?? {}));
  }
  for (const m of plain.matchAll(bare)) add(m, numberOf(m.groups?.['n'] ?? ''));
  return found
    .sort((a, b) => a.start - b.start)
    .map(({ start: _start, end: _end, ...amount }) => amount);
};

const yuanOf = (groups: Record<string, string | undefined>): number | undefined => {
  const { n = '', unit = '', dimes = '', cents = '' } = groups;
  const whole = numberOf(n.replace(/[来多]/gu, ''));
  if (whole === undefined) return undefined;
  const scale = factor[unit.charAt(0)] ?? 1;
  const small = (numberOf(dimes) ?? 0) * (scale < 1 ? 0.01 : 0.1) + (numberOf(cents) ?? 0) * 0.01;
  return Math.round((whole * scale + small) * 100) / 100;
};
