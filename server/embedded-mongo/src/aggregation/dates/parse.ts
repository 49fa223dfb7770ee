import { MongoError } from '../../errors';
import { DAY, isoYearStart } from './calendar';
import { checkFormat, MONTHS } from './format';
import type { Zone } from './zone';
import { checkedDate, dayStart, toUtc, UTC } from './zone';

const failure = (text: string, why: string) =>
  new MongoError(241, 'ConversionFailure', `Error parsing date string '${text}'; ${why}`);

const ISO =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * Reads an ISO 8601 date. Other spellings, of which MongoDB knows many, are refused.
 * @throws ConversionFailure
 */
export function parseDate(text: string, zone: Zone | undefined): Date {
  const match = ISO.exec(text.trim());
  if (!match) throw failure(text, 'the embedded database reads ISO 8601 dates only');
  const number = (i: number) => Number(match[i] ?? 0);
  const parts: Parts = {
    year: number(1),
    month: number(2),
    day: number(3),
    hour: number(4),
    minute: number(5),
    second: number(6),
    millisecond: Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000 + 1e-6),
    offset: match[8] === undefined ? undefined : offsetOf(match[8]),
  };
  return assemble(text, parts, zone);
}

interface Parts {
  year?: number;
  month?: number;
  day?: number;
  dayOfYear?: number;
  isoYear?: number;
  isoWeek?: number;
  isoDay?: number;
  hour?: number;
  minute?: number;
  second?: number;
  millisecond?: number;
  /** Milliseconds east of UTC. */
  offset?: number | undefined;
}

function offsetOf(text: string): number {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(text);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === '-' ? -1 : 1) * minutes * 60_000;
}

const monthOf = (name: string) =>
  MONTHS.findIndex((m) => m.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase()) + 1;

const FIELDS: Record<string, { pattern: string; read: (parts: Parts, text: string) => void }> = {
  Y: { pattern: '\\d{4}', read: (p, t) => (p.year = Number(t)) },
  m: { pattern: '\\d{1,2}', read: (p, t) => (p.month = Number(t)) },
  d: { pattern: '\\d{1,2}', read: (p, t) => (p.day = Number(t)) },
  b: { pattern: '[A-Za-z]{3}', read: (p, t) => (p.month = monthOf(t)) },
  B: { pattern: '[A-Za-z]{3,9}', read: (p, t) => (p.month = monthOf(t)) },
  j: { pattern: '\\d{3}', read: (p, t) => (p.dayOfYear = Number(t)) },
  G: { pattern: '\\d{4}', read: (p, t) => (p.isoYear = Number(t)) },
  V: { pattern: '\\d{1,2}', read: (p, t) => (p.isoWeek = Number(t)) },
  u: { pattern: '[1-7]', read: (p, t) => (p.isoDay = Number(t)) },
  H: { pattern: '\\d{1,2}', read: (p, t) => (p.hour = Number(t)) },
  M: { pattern: '\\d{1,2}', read: (p, t) => (p.minute = Number(t)) },
  S: { pattern: '\\d{1,2}', read: (p, t) => (p.second = Number(t)) },
  L: { pattern: '\\d{1,3}', read: (p, t) => (p.millisecond = Number(t.padEnd(3, '0'))) },
  z: { pattern: 'Z|UTC|GMT|[+-]\\d\\d:?(?:\\d\\d)?', read: (p, t) => (p.offset = offsetOf(t)) },
  Z: { pattern: '[+-]\\d{1,4}', read: (p, t) => (p.offset = Number(t) * 60_000) },
};

/** Reads a date by a format of `$dateFromString`. @throws ConversionFailure */
export function parseByFormat(text: string, format: string, zone: Zone | undefined): Date {
  checkFormat(format);
  const letters: string[] = [];
  const pattern = format.replace(
    /%(.)|([\\^$.*+?()[\]{}|/-])/gs,
    (_, letter?: string, special?: string) => {
      if (special) return `\\${special}`;
      if (letter === '%') return '%';
      if (!FIELDS[letter!])
        throw failure(text, `the format '%${letter}' is not supported for reading`);
      letters.push(letter!);
      return `(${FIELDS[letter!]!.pattern})`;
    },
  );
  const match = new RegExp(`^${pattern}$`, 's').exec(text);
  if (!match) throw failure(text, `it does not match the format '${format}'`);
  const parts: Parts = {};
  letters.forEach((letter, i) => FIELDS[letter]!.read(parts, match[i + 1]!));
  return assemble(text, parts, zone);
}

function assemble(text: string, parts: Parts, zone: Zone | undefined): Date {
  const { hour = 0, minute = 0, second = 0, millisecond = 0, offset } = parts;
  if (hour > 23 || minute > 59 || second > 59) throw failure(text, 'the time is out of range');
  const time = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
  const local = dayOf(text, parts) + time;
  if (offset === undefined) return checkedDate(toUtc(local, zone ?? UTC));
  if (zone)
    throw failure(
      text,
      'you cannot pass in a date/time string with GMT offset together with a timezone argument',
    );
  return checkedDate(local - offset);
}

function dayOf(text: string, parts: Parts): number {
  const { year, month, day, isoYear, isoWeek, isoDay } = parts;
  if (isoYear !== undefined) {
    if (isoWeek === undefined || isoDay === undefined || isoWeek < 1 || isoWeek > 53)
      throw failure(text, 'an ISO date needs year, week and day');
    return isoYearStart(isoYear) + ((isoWeek - 1) * 7 + isoDay - 1) * DAY;
  }
  if (year !== undefined && parts.dayOfYear !== undefined)
    return dayStart(year, 0, 1) + (parts.dayOfYear - 1) * DAY;
  if (year === undefined || month === undefined || day === undefined)
    throw failure(text, 'an incomplete date/time string has been found, with elements missing');
  const start = dayStart(year, month - 1, day);
  if (month < 1 || month > 12 || day < 1 || new Date(start).getUTCDate() !== day)
    throw failure(text, 'the date does not exist');
  return start;
}
