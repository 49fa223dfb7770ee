/**
 * Times in words. Everything is local to China (UTC+8, no daylight saving), whatever the phone is set to:
 * a matter due at six is due at six in the village.
 */

const hour = 3_600_000;
const day = 24 * hour;
const offset = 8 * hour;

/** An instant as ISO text or epoch milliseconds. */
export type Instant = string | number;

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;

const ms = (at: Instant): number => (typeof at === 'number' ? at : Date.parse(at));
const local = (at: Instant): Date => new Date(ms(at) + offset);
const two = (n: number): string => String(n).padStart(2, '0');

/** Whole local days from `now` to `at`: 0 today, 1 tomorrow, -1 yesterday. */
export function dayDistance(at: Instant, now: number): number {
  return Math.floor((ms(at) + offset) / day) - Math.floor((now + offset) / day);
}

/** 18:09 */
export function clockTime(at: Instant): string {
  const d = local(at);
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
}

/** 周四 */
export const weekday = (at: Instant): string => weekdays[local(at).getUTCDay()] ?? '';

/** 7 月 16 日, with the year when it is not this one. */
export function dateWords(at: Instant, now?: number): string {
  const d = local(at);
  const words = `${d.getUTCMonth() + 1} 月 ${d.getUTCDate()} 日`;
  const otherYear = now !== undefined && local(now).getUTCFullYear() !== d.getUTCFullYear();
  return otherYear ? `${d.getUTCFullYear()} 年 ${words}` : words;
}

/** 今天, 明天, 后天, 昨天; a weekday within the coming six days; otherwise the date. */
export function dayWord(at: Instant, now: number): string {
  const distance = dayDistance(at, now);
  const near: Record<number, string> = { [-1]: '昨天', 0: '今天', 1: '明天', 2: '后天' };
  const word = near[distance];
  if (word) return word;
  return distance > 2 && distance <= 6 ? weekday(at) : dateWords(at, now);
}

/** When something was said: 今天 18:01, 昨天 20:11, 7 月 3 日 09:30. */
export const stamp = (at: Instant, now: number): string => `${dayWord(at, now)} ${clockTime(at)}`;

/** The narrowest form for a list: 18:01 today, 昨天 20:11, 7 月 3 日. */
export function shortStamp(at: Instant, now: number): string {
  const distance = dayDistance(at, now);
  if (distance === 0) return clockTime(at);
  return distance === -1 ? stamp(at, now) : dateWords(at, now);
}

/** Midnight belongs to the day that ends: 今天 24:00, not 明天 00:00. */
const isMidnight = (at: Instant): boolean => clockTime(at) === '00:00';
export const dueDay = (at: Instant, now: number): string =>
  dayWord(isMidnight(at) ? ms(at) - 1 : at, now);
const dueClock = (at: Instant): string => (isMidnight(at) ? '24:00' : clockTime(at));

/** A promise: 明天 18:00 前, with what is promised by then: 明天 18:00 前修好. */
export const dueWords = (at: Instant, now: number, verb = ''): string =>
  `${dueDay(at, now)} ${dueClock(at)} 前${verb}`;

/** A promise that was not kept: 该 17:30 前通开, 该昨天 18:00 前修好. */
export const missedDueWords = (at: Instant, now: number, verb = ''): string =>
  dayDistance(at, now) === 0
    ? `该 ${clockTime(at)} 前${verb}`
    : `该${dueWords(at, now, verb)}`.replace(/^该(?=\d)/, '该 ');

/** 7 月 16 日 周四 09:30, for tickets: no word that changes overnight. */
export const ticketTime = (at: Instant): string =>
  `${dateWords(at)} ${weekday(at)} ${clockTime(at)}`;

/** Two messages this far apart (five minutes) get a time between them. */
export const needsStamp = (at: Instant, previous: Instant | undefined): boolean =>
  previous === undefined || ms(at) - ms(previous) > 5 * 60_000;

export { ms as epoch };
