import { Long } from 'bson';
import type { Document } from '../../bson/types';
import { inspect, isArray, isDocument, makeDocument } from '../../bson/types';
import { MongoError } from '../../errors';
import { typeName } from '../../query/types-operator';
import { CALENDAR, DAY, isoYearStart } from '../dates/calendar';
import { checkFormat, formatDate } from '../dates/format';
import { parseByFormat, parseDate } from '../dates/parse';
import { checkedDate, dateOf, dayStart, localDate, toUtc, zoneOf } from '../dates/zone';
import { isNullish, located } from '../scope';
import type { Evaluate } from '../scope';
import { asInt64 } from '../values';
import type { Compiler, Operator, Operators } from './operator';
import { argumentObject, named } from './operator';

/** `{$year: date}`, `{$year: [date]}` or `{$year: {date, timezone}}`. */
function calendarPart(read: (local: Date) => number, isLong: boolean): Operator {
  return (argument, compiler, name) => {
    let dateExpression = argument;
    let zoneExpression: Evaluate | undefined;
    if (isArray(argument)) {
      if (argument.length !== 1)
        throw located(
          40536,
          `${name} accepts exactly one argument if given an array, but was given ${argument.length}`,
        );
      dateExpression = argument[0];
    } else if (isDocument(argument) && !Object.keys(argument)[0]?.startsWith('$')) {
      const spec = {
        required: ['date'],
        optional: ['timezone'],
        codes: { unknown: 40535, missing: { date: 40539 } },
      };
      const given = argumentObject(argument, name, spec);
      dateExpression = given.date;
      if ('timezone' in given) zoneExpression = compiler.compile(given.timezone);
    }
    const date = compiler.compile(dateExpression);
    return (scope) => {
      const value = date(scope);
      if (isNullish(value)) return null;
      const zone = zoneExpression?.(scope);
      if (zoneExpression && isNullish(zone)) return null;
      const part = read(localDate(dateOf(value), zoneOf(zone)));
      return isLong ? Long.fromNumber(part) : part;
    };
  };
}

/** Compiles named arguments one by one, for operators that treat null arguments differently. */
function parts(argument: unknown, compiler: Compiler): Record<string, Evaluate | undefined> {
  const out: Record<string, Evaluate | undefined> = {};
  for (const [key, value] of Object.entries(argument as Document))
    out[key] = compiler.compile(value);
  return out;
}

const dateToString: Operator = (argument, compiler, name) => {
  const given = argumentObject(argument, name, {
    required: ['date'],
    optional: ['format', 'timezone', 'onNull'],
    codes: { object: 18629, unknown: 18534, missing: { date: 18628 } },
  });
  const { date, format, timezone, onNull } = parts(given, compiler);
  if (typeof given.format === 'string' && !given.format.startsWith('$')) checkFormat(given.format);
  return (scope) => {
    const value = date!(scope);
    const zone = timezone?.(scope);
    const pattern = format?.(scope);
    if (isNullish(value)) return onNull ? onNull(scope) : null;
    if ((timezone && isNullish(zone)) || (format && isNullish(pattern))) return null;
    if (pattern !== undefined && typeof pattern !== 'string')
      throw located(
        18533,
        `$dateToString requires that 'format' be a string, found: ${typeName(pattern)} with value ${inspect(pattern)}`,
      );
    const where = zoneOf(zone);
    const standard = `%Y-%m-%dT%H:%M:%S.%L${where.isUtc ? 'Z' : ''}`;
    return formatDate(dateOf(value), pattern ?? standard, where);
  };
};

const dateFromString: Operator = (argument, compiler, name) => {
  const given = argumentObject(argument, name, {
    required: ['dateString'],
    optional: ['format', 'timezone', 'onNull', 'onError'],
    codes: { object: 40540, unknown: 40541, missing: { dateString: 40542 } },
  });
  const { dateString, format, timezone, onNull, onError } = parts(given, compiler);
  return (scope) => {
    const value = dateString!(scope);
    const zone = timezone?.(scope);
    const pattern = format?.(scope);
    if (isNullish(value)) return onNull ? onNull(scope) : null;
    if ((timezone && isNullish(zone)) || (format && isNullish(pattern))) return null;
    if (pattern !== undefined && typeof pattern !== 'string')
      throw located(
        40684,
        `$dateFromString requires that 'format' be a string, found: ${typeName(pattern)}`,
      );
    const where = timezone && zoneOf(zone);
    try {
      if (typeof value !== 'string')
        throw new MongoError(
          241,
          'ConversionFailure',
          `$dateFromString requires that 'dateString' be a string, found: ${typeName(value)}`,
        );
      return pattern === undefined ? parseDate(value, where) : parseByFormat(value, pattern, where);
    } catch (error) {
      if (onError && error instanceof MongoError && error.code === 241) return onError(scope);
      throw error;
    }
  };
};

const TIME_PARTS = ['hour', 'minute', 'second', 'millisecond'];
const RANGE: Record<string, readonly [number, number]> = {
  year: [1, 9999],
  isoWeekYear: [1, 9999],
};

const dateFromParts = named(
  {
    required: [],
    optional: [
      ...['year', 'month', 'day', 'isoWeekYear', 'isoWeek', 'isoDayOfWeek', 'timezone'],
      ...TIME_PARTS,
    ],
    codes: { object: 40519, unknown: 40518 },
  },
  (values, _name, _scope, given) => {
    const iso = 'isoWeekYear' in given;
    for (const key of iso ? ['year', 'month', 'day'] : ['isoWeek', 'isoDayOfWeek'])
      if (key in given)
        throw located(40489, '$dateFromParts does not allow mixing natural dates with ISO dates');
    if (!iso && !('year' in given))
      throw located(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
    for (const key of Object.keys(given)) if (isNullish(values[key])) return null;
    const part = (key: string, initial: number): number => {
      if (!(key in given)) return initial;
      const n = asInt64(values[key]);
      if (n === undefined)
        throw located(
          40515,
          `'${key}' must evaluate to an integer, found ${typeName(values[key])} with value ${String(values[key])}`,
        );
      const [low, high] = RANGE[key] ?? [-32768, 32767];
      if (Number(n) < low || Number(n) > high)
        throw located(
          RANGE[key] ? 40523 : 31034,
          `'${key}' must evaluate to an integer in the range ${low} to ${high}, found ${n}`,
        );
      return Number(n);
    };
    const zone = zoneOf(values.timezone);
    const day = iso
      ? isoYearStart(part('isoWeekYear', 0)) +
        ((part('isoWeek', 1) - 1) * 7 + part('isoDayOfWeek', 1) - 1) * DAY
      : dayStart(part('year', 0), part('month', 1) - 1, part('day', 1));
    const minutes = part('hour', 0) * 60 + part('minute', 0);
    const local = day + (minutes * 60 + part('second', 0)) * 1000 + part('millisecond', 0);
    return checkedDate(toUtc(local, zone));
  },
);

const dateToParts = named(
  {
    required: ['date'],
    optional: ['timezone', 'iso8601'],
    codes: { object: 40524, unknown: 40520, missing: { date: 40522 } },
  },
  ({ date, timezone, iso8601 }, _name, _scope, given) => {
    if (isNullish(date)) return null;
    if ('timezone' in given && isNullish(timezone)) return null;
    if ('iso8601' in given && isNullish(iso8601)) return null;
    if (iso8601 !== undefined && typeof iso8601 !== 'boolean')
      throw located(40521, `iso8601 must evaluate to a bool, found ${typeName(iso8601)}`);
    const local = localDate(dateOf(date), zoneOf(timezone));
    const names = iso8601
      ? ['isoWeekYear', 'isoWeek', 'isoDayOfWeek']
      : ['year', 'month', ['day', 'dayOfMonth'] as const];
    const out = makeDocument();
    for (const name of [...names, ...TIME_PARTS]) {
      const [field, part] = typeof name === 'string' ? [name, name] : name;
      out[field] = CALENDAR[`$${part}`]!(local);
    }
    return out;
  },
);

export const DATES: Operators = {
  ...Object.fromEntries(
    Object.entries(CALENDAR).map(([name, read]) => [
      name,
      calendarPart(read, name === '$isoWeekYear'),
    ]),
  ),
  $dateToString: dateToString,
  $dateFromString: dateFromString,
  $dateFromParts: dateFromParts,
  $dateToParts: dateToParts,
};
