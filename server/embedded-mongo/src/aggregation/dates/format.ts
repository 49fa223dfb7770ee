import { located } from '../scope';
import { dayOfYear, isoDay, isoWeek, CALENDAR } from './calendar';
import type { Zone } from './zone';
import { localDate } from './zone';

export const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

const pad = (n: number, width: number) => String(n).padStart(width, '0');

const SPECIFIERS: Record<string, (local: Date, minutes: number) => string> = {
  d: (d) => pad(d.getUTCDate(), 2),
  m: (d) => pad(d.getUTCMonth() + 1, 2),
  Y: (d) => pad(fourDigits(d.getUTCFullYear()), 4),
  G: (d) => pad(fourDigits(isoWeek(d).year), 4),
  H: (d) => pad(d.getUTCHours(), 2),
  M: (d) => pad(d.getUTCMinutes(), 2),
  S: (d) => pad(d.getUTCSeconds(), 2),
  L: (d) => pad(d.getUTCMilliseconds(), 3),
  j: (d) => pad(dayOfYear(d), 3),
  u: (d) => String(isoDay(d)),
  w: (d) => String(d.getUTCDay() + 1),
  U: (d) => pad(CALENDAR.$week!(d), 2),
  V: (d) => pad(isoWeek(d).week, 2),
  b: (d) => MONTHS[d.getUTCMonth()]!.slice(0, 3),
  B: (d) => MONTHS[d.getUTCMonth()]!,
  z: (_, minutes) => offsetText(minutes),
  Z: (_, minutes) => `${minutes < 0 ? '-' : '+'}${pad(Math.abs(minutes), 3)}`,
  '%': () => '%',
};

function fourDigits(year: number): number {
  if (year < 0 || year > 9999)
    throw located(
      18537,
      `Could not convert date to string: date component was outside the supported range of 0-9999: ${year}`,
    );
  return year;
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60), 2)}${pad(size % 60, 2)}`;
}

/** @throws Location18535/18536 for a bad format */
export function checkFormat(format: string): void {
  for (let i = 0; i < format.length; i++) {
    if (format[i] !== '%') continue;
    const letter = format[++i];
    if (letter === undefined) throw located(18535, "Unmatched '%' at end of format string");
    if (!Object.hasOwn(SPECIFIERS, letter))
      throw located(18536, `Invalid format character '%${letter}' in format string`);
  }
}

/** A date as text in a zone. */
export function formatDate(date: Date, format: string, zone: Zone): string {
  checkFormat(format);
  const local = localDate(date, zone);
  const minutes = Math.trunc(zone.offset(date.getTime()) / 60_000);
  return format.replace(/%(.)/gs, (_, letter: string) => SPECIFIERS[letter]!(local, minutes));
}
