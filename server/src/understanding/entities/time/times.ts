import { numberOf } from '../numbers';
import { dayAt, dayOf, hourMs, instant, partsOf } from './calendar';
import { daySource, daysNamed, type Days } from './days';
import { clockSource, hourOf, partOf, partSource } from './hours';
import type { Time } from '../../types';

type Placed = Time & { start: number; end: number };

const upTo = '(?:到|至|-|~)';
const moments = new RegExp(
  `(?:(?<day>${daySource})的?)?(?<part>${partSource})?(?<clock>${clockSource})?(?:多|左右|前后|以前|之前)?(?:${upTo}(?<endPart>${partSource})?(?<end>${clockSource}))?`,
  'gu',
);
const spans =
  /(?<n>\d+|(?:[二三四五六七八九]?十)?好?几|[一二两三四五六七八九十百半]+)(?:来|多)?个?(?<halfBefore>半)?(?<unit>天|夜|晚上|个?月|年|星期|周|礼拜|小时|钟头|分钟)(?<half>半)?(?<tail>多?(?:了|以来))?/gu;
const vague = /这几天|这两天|最近|这阵子|前几天|前一阵|那天|有时候|平时|每天|天天|整天|成天|一直/gu;
const recurring = /(?:每天|天天|每晚|每到|一到|老是|经常|总是|都是|每周|每个?)$/u;
const beginsWith = /^(?:起|开始|到现在|至今|以来|以后就|就(?=[没不停坏断漏堵黑]))/u;
const sinceBefore = /(?:自从|打从|从|打)$/u;
const pastBefore = /(?:已经|都|有|快|过了|[坏停断漏堵黑等拖欠住躺病丢没]了?)$/u;

/** Reads what is said about time, against the moment it is said. Ambiguous ones keep their words only. */
export const readTimes = (text: string, plain: string, now: Date): Time[] => {
  const found: Placed[] = [];
  const add = (start: number, end: number, time: Omit<Time, 'text'>): void => {
    if (found.every((t) => end <= t.start || start >= t.end)) {
      found.push({ text: text.slice(start, end), ...time, start, end });
    }
  };
  for (const m of plain.matchAll(moments)) {
    if (!m.groups?.['day'] && !m.groups?.['part'] && !m.groups?.['clock']) continue;
    const before = plain.slice(Math.max(0, m.index - 4), m.index);
    const after = plain.slice(m.index + m[0].length);
    const time = recurring.test(before) ? {} : momentOf(m, plain, now);
    add(m.index, m.index + m[0].length, opened(time, before, after));
  }
  for (const m of plain.matchAll(spans)) {
    const before = plain.slice(Math.max(0, m.index - 4), m.index);
    const after = plain.slice(m.index + m[0].length);
    const long = !/^(?:内|一次|一趟|一回|一班|之内|就|一|后|前)/u.test(after);
    const past = m.groups?.['tail'] || /^多?没/u.test(after) || pastBefore.test(before);
    const since = long && past ? sinceOf(m.groups ?? {}, now) : undefined;
    add(m.index, m.index + m[0].length, since ? { since } : {});
  }
  for (const m of plain.matchAll(vague)) add(m.index, m.index + m[0].length, {});
  return found
    .sort((a, b) => a.start - b.start)
    .map(({ start: _start, end: _end, ...time }) => time);
};

/** 从昨天起: what begins there is still going on. */
const opened = (time: Omit<Time, 'text'>, before: string, after: string): Omit<Time, 'text'> =>
  time.from && (beginsWith.test(after) || sinceBefore.test(before)) ? { since: time.from } : time;

const momentOf = (m: RegExpMatchArray, plain: string, now: Date): Omit<Time, 'text'> => {
  const { day, part, clock, endPart, end } = m.groups ?? {};
  const today = dayOf(now);
  const days: Days | undefined = day
    ? daysNamed(day, plain.slice(m.index), today)
    : { from: today, until: today + 1 };
  if (!days) return {};
  const hours = part ? partOf(part) : undefined;
  const hour = clock ? hourOf(clock, hours) : undefined;
  const single = days.until === days.from + 1;
  if (hour !== undefined && single) {
    const from = instant(days.from, hour);
    const until = end ? hourOf(end, endPart ? partOf(endPart) : later(hours, hour)) : undefined;
    // Without a day only what is still to come today is meant for sure.
    if (!day && from < now) return {};
    return { from, ...(until && until > hour ? { to: instant(days.from, until) } : {}) };
  }
  // 晚上不亮 is every evening; 三点 may be either of two.
  if (!day) return {};
  if (hours && single) {
    return { from: instant(days.from, hours.from), to: instant(days.from, hours.until) };
  }
  return { from: instant(days.from), to: instant(days.until) };
};

/** 上午九点到十一点: the end is read in the part of the day the beginning stands in, or right after. */
const later = (hours: { from: number; until: number } | undefined, hour: number) =>
  hours ? { from: hour, until: Math.max(hours.until, hour + 6) } : undefined;

const sinceOf = (groups: Record<string, string | undefined>, now: Date): Date | undefined => {
  const n = numberOf(groups['n'] ?? '');
  const unit = groups['unit'] ?? '';
  if (n === undefined) return undefined;
  const amount = n + (groups['half'] || groups['halfBefore'] ? 0.5 : 0);
  if (/小时|钟头/u.test(unit)) return new Date(now.getTime() - amount * hourMs);
  if (unit === '分钟') return new Date(now.getTime() - amount * 60_000);
  // 半天 is any while, not twelve hours.
  if (/天|夜|晚上/u.test(unit))
    return amount < 1 ? undefined : instant(dayOf(now) - Math.floor(amount));
  if (/周|星期|礼拜/u.test(unit)) return instant(dayOf(now) - Math.round(amount * 7));
  return instant(monthsBack(dayOf(now), unit === '年' ? amount * 12 : amount));
};

const monthsBack = (today: number, amount: number): number => {
  const { year, month, day } = partsOf(today);
  const whole = Math.floor(amount);
  const days = Math.round((amount - whole) * 30);
  // The 31st of a month that has none: its last day.
  for (let d = day; d > 0; d--) {
    const found = dayAt(year, month - whole, d);
    if (found !== undefined && partsOf(found).day === d) return found - days;
  }
  return today - Math.round(amount * 30);
};
