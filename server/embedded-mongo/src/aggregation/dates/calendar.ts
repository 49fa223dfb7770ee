import { dayStart } from './zone';

export const DAY = 86_400_000;

/** Fields of a local date, as MongoDB's date operators name them. */
export const CALENDAR: Readonly<Record<string, (local: Date) => number>> = {
  $year: (d) => d.getUTCFullYear(),
  $month: (d) => d.getUTCMonth() + 1,
  $dayOfMonth: (d) => d.getUTCDate(),
  $hour: (d) => d.getUTCHours(),
  $minute: (d) => d.getUTCMinutes(),
  $second: (d) => d.getUTCSeconds(),
  $millisecond: (d) => d.getUTCMilliseconds(),
  $dayOfYear: dayOfYear,
  $dayOfWeek: (d) => d.getUTCDay() + 1,
  $week: (d) => Math.floor((dayOfYear(d) + 6 - d.getUTCDay()) / 7),
  $isoDayOfWeek: isoDay,
  $isoWeek: (d) => isoWeek(d).week,
  $isoWeekYear: (d) => isoWeek(d).year,
};

export function dayOfYear(d: Date): number {
  const start = dayStart(d.getUTCFullYear(), 0, 1);
  return Math.floor((d.getTime() - start) / DAY) + 1;
}

export function isoDay(d: Date): number {
  return d.getUTCDay() || 7;
}

/** ISO 8601: a week belongs to the year its Thursday lies in. */
export function isoWeek(d: Date): { year: number; week: number } {
  const thursday = new Date(d.getTime() + (4 - isoDay(d)) * DAY);
  return { year: thursday.getUTCFullYear(), week: Math.ceil(dayOfYear(thursday) / 7) };
}

/** UTC midnight of the first Monday-to-Sunday week's Monday of an ISO year. */
export function isoYearStart(year: number): number {
  const fourth = new Date(dayStart(year, 0, 4));
  return fourth.getTime() - (isoDay(fourth) - 1) * DAY;
}
