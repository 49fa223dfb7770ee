import { typeName } from '../../query/types-operator';
import { inspect } from '../../bson/types';
import { located } from '../scope';
import { DAY, isoDay } from './calendar';
import type { Zone } from './zone';
import { checkedDate, dayStart, localDate, toUtc } from './zone';
import { failedToParse } from '../../errors';

/** Units of equal length, in milliseconds. */
const LENGTH = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000 } as const;
/** Calendar units, in months or days of local time. */
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
const DAYS = { day: 1, week: 7 } as const;

export type Unit = keyof typeof LENGTH | keyof typeof MONTHS | keyof typeof DAYS;

/** @throws FailedToParse for anything but a unit's name */
export function unitOf(value: unknown, name: string): Unit {
  if (typeof value !== 'string')
    throw located(5439013, `${name} requires 'unit' to be a string, but got ${typeName(value)}`);
  if (value in LENGTH || value in MONTHS || value in DAYS) return value as Unit;
  throw failedToParse(`unknown time unit value: ${value}`);
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** ISO number of the day weeks start with: Sunday unless said otherwise. */
export function startOfWeekOf(value: unknown, name: string): number {
  if (value === undefined) return 7;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  const index = WEEKDAYS.findIndex((day) => day === text || day.slice(0, 3) === text);
  if (index < 0)
    throw located(
      5439015,
      `${name} parameter 'startOfWeek' value cannot be recognized as a day of a week: ${inspect(value)}`,
    );
  return index + 1;
}

/** A date that many units later; a day that a month does not have becomes its last day. */
export function addUnits(date: Date, unit: Unit, amount: number, zone: Zone): Date {
  if (unit in LENGTH)
    return checkedDate(date.getTime() + amount * LENGTH[unit as keyof typeof LENGTH]);
  const local = localDate(date, zone);
  if (unit in DAYS)
    return checkedDate(
      toUtc(local.getTime() + amount * DAYS[unit as keyof typeof DAYS] * DAY, zone),
    );
  const month = monthNumber(local) + amount * MONTHS[unit as keyof typeof MONTHS];
  const [year, index] = [Math.floor(month / 12), ((month % 12) + 12) % 12];
  const lastDay = new Date(dayStart(year, index + 1, 0)).getUTCDate();
  const day = dayStart(year, index, Math.min(local.getUTCDate(), lastDay));
  return checkedDate(toUtc(day + (local.getTime() - dayFloor(local)), zone));
}

const monthNumber = (local: Date) => local.getUTCFullYear() * 12 + local.getUTCMonth();
const dayFloor = (local: Date) => Math.floor(local.getTime() / DAY) * DAY;

/** How many boundaries of a unit lie between two dates. */
export function unitsBetween(
  start: Date,
  end: Date,
  unit: Unit,
  zone: Zone,
  startOfWeek: number,
): number {
  if (unit === 'millisecond') return end.getTime() - start.getTime();
  const [from, to] = [localDate(start, zone), localDate(end, zone)];
  if (unit in MONTHS) {
    const size = MONTHS[unit as keyof typeof MONTHS];
    return Math.floor(monthNumber(to) / size) - Math.floor(monthNumber(from) / size);
  }
  if (unit === 'day') return (dayFloor(to) - dayFloor(from)) / DAY;
  if (unit === 'week')
    return (weekFloor(to, startOfWeek) - weekFloor(from, startOfWeek)) / (7 * DAY);
  // Local boundaries, but the time that has really passed where clocks change in between.
  const length = LENGTH[unit as keyof typeof LENGTH];
  const change = zone.offset(end.getTime()) - zone.offset(start.getTime());
  const floor = (d: Date) => Math.floor(d.getTime() / length);
  return floor(to) - floor(from) - Math.trunc(change / length);
}

function weekFloor(local: Date, startOfWeek: number): number {
  return dayFloor(local) - ((isoDay(local) - startOfWeek + 7) % 7) * DAY;
}

/** The start of the bin of so many units a date lies in; bins are counted from the year 2000. */
export function truncate(
  date: Date,
  unit: Unit,
  binSize: number,
  zone: Zone,
  startOfWeek: number,
): Date {
  const local = localDate(date, zone);
  const origin = dayStart(2000, 0, 1);
  if (unit in MONTHS) {
    const size = binSize * MONTHS[unit as keyof typeof MONTHS];
    const month = 24_000 + Math.floor((monthNumber(local) - 24_000) / size) * size;
    const [year, index] = [Math.floor(month / 12), ((month % 12) + 12) % 12];
    return checkedDate(toUtc(dayStart(year, index, 1), zone));
  }
  if (unit in DAYS) {
    const size = binSize * DAYS[unit as keyof typeof DAYS] * DAY;
    // The first week to count from is the first that starts in 2000, a year of a Saturday.
    const first = unit === 'week' ? origin + ((startOfWeek - 6 + 7) % 7) * DAY : origin;
    return checkedDate(toUtc(first + Math.floor((local.getTime() - first) / size) * size, zone));
  }
  const size = binSize * LENGTH[unit as keyof typeof LENGTH];
  const first = toUtc(origin, zone);
  return checkedDate(first + Math.floor((date.getTime() - first) / size) * size);
}
