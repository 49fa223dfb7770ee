import type { ObjectId, Timestamp } from 'bson';
import { MongoError } from '../../errors';
import { typeName } from '../../query/types-operator';
import { located } from '../scope';

/** A time zone: milliseconds to add to UTC at an instant. */
export interface Zone {
  readonly isUtc: boolean;
  offset(utc: number): number;
}

const fixed = (ms: number): Zone => ({ isUtc: ms === 0, offset: () => ms });
export const UTC = fixed(0);

const ZONES = new Map<string, Zone>();

/**
 * A zone by Olson name (`Asia/Shanghai`) or offset (`+08`, `+0800`, `+08:00`).
 * @throws Location40485 for unknown ones
 */
export function zoneOf(name: unknown): Zone {
  if (name === undefined) return UTC;
  if (typeof name !== 'string')
    throw located(40517, `timezone must evaluate to a string, found ${typeName(name)}`);
  let zone = ZONES.get(name);
  if (!zone) ZONES.set(name, (zone = makeZone(name)));
  return zone;
}

function makeZone(name: string): Zone {
  if (name === 'UTC' || name === 'GMT' || name === 'Z') return UTC;
  const match = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(name);
  if (match) {
    const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
    return fixed((match[1] === '-' ? -1 : 1) * minutes * 60_000);
  }
  const unknown = () => located(40485, `unrecognized time zone identifier: "${name}"`);
  // Offsets and abbreviations Intl would also take are not Olson names.
  if (!/^[A-Za-z]/.test(name)) throw unknown();
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  } catch {
    throw unknown();
  }
  return { isUtc: false, offset: (utc) => olsonOffset(format, utc) };
}

function olsonOffset(format: Intl.DateTimeFormat, utc: number): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(utc)) parts[type] = value;
  const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
  const [month, day] = [Number(parts.month) - 1, Number(parts.day)];
  const seconds = Number(parts.hour) * 3600 + Number(parts.minute) * 60 + Number(parts.second);
  const local = dayStart(year, month, day) + seconds * 1000;
  return local - Math.floor(utc / 1000) * 1000;
}

/** Milliseconds of a UTC midnight; unlike Date.UTC right for the years 0 to 99. */
export function dayStart(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date.getTime();
}

/** The instant at which the zone's clocks show this local time. */
export function toUtc(local: number, zone: Zone): number {
  const first = local - zone.offset(local);
  // The guess used the offset of another instant; where clocks change it may be another one.
  const second = local - zone.offset(first);
  return zone.offset(second) === local - second ? second : first;
}

/** Local time as a Date whose UTC fields show the zone's clock. */
export const localDate = (date: Date, zone: Zone): Date =>
  new Date(date.getTime() + zone.offset(date.getTime()));

/** What date operators accept as a date. @throws Location16006 */
export function dateOf(value: unknown): Date {
  switch (typeName(value)) {
    case 'date':
      return value as Date;
    case 'timestamp':
      return new Date((value as Timestamp).getHighBitsUnsigned() * 1000);
    case 'objectId':
      return (value as ObjectId).getTimestamp();
    default:
      throw located(16006, `can't convert from BSON type ${typeName(value)} to Date`);
  }
}

/** @throws Overflow for dates JS cannot hold, which are fewer than MongoDB's. */
export function checkedDate(time: number): Date {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) throw new MongoError(15, 'Overflow', 'date overflow');
  return date;
}
