import { Long } from 'bson';
import { typeName } from '../../query/types-operator';
import { addUnits, startOfWeekOf, truncate, unitOf, unitsBetween } from '../dates/units';
import { dateOf, zoneOf } from '../dates/zone';
import { isNullish, located } from '../scope';
import { asInt64 } from '../values';
import type { Operator, Operators } from './operator';
import { named } from './operator';

/** null when one of the given arguments is null or missing. */
const anyNull = (values: Record<string, unknown>) => Object.values(values).some(isNullish);

const isDateLike = (value: unknown) => ['date', 'timestamp', 'objectId'].includes(typeName(value));

function shift(sign: 1 | -1): Operator {
  return named(
    {
      required: ['startDate', 'unit', 'amount'],
      optional: ['timezone'],
      codes: {
        object: 5166400,
        unknown: 5166401,
        missing: { startDate: 5166402, unit: 5166402, amount: 5166402 },
      },
    },
    (values, name) => {
      if (anyNull(values)) return null;
      if (!isDateLike(values.startDate))
        throw located(
          5166403,
          `${name} requires startDate to be convertible to a date, found: ${typeName(values.startDate)}`,
        );
      const amount = asInt64(values.amount);
      if (amount === undefined)
        throw located(5166405, `${name} expects integer amount of time units`);
      const unit = unitOf(values.unit, name);
      return addUnits(
        dateOf(values.startDate),
        unit,
        sign * Number(amount),
        zoneOf(values.timezone),
      );
    },
  );
}

const dateDiff = named(
  {
    required: ['startDate', 'endDate', 'unit'],
    optional: ['timezone', 'startOfWeek'],
    codes: {
      object: 5166301,
      unknown: 5166302,
      missing: { startDate: 5166303, endDate: 5166304, unit: 5166305 },
    },
  },
  (values, name) => {
    if (anyNull(values)) return null;
    for (const key of ['startDate', 'endDate'])
      if (!isDateLike(values[key]))
        throw located(
          5166307,
          `${name} requires '${key}' to be a date, but got ${typeName(values[key])}`,
        );
    const [start, end] = [dateOf(values.startDate), dateOf(values.endDate)];
    const startOfWeek = startOfWeekOf(values.startOfWeek, name);
    const unit = unitOf(values.unit, name);
    return Long.fromNumber(unitsBetween(start, end, unit, zoneOf(values.timezone), startOfWeek));
  },
);

const dateTrunc = named(
  {
    required: ['date', 'unit'],
    optional: ['binSize', 'timezone', 'startOfWeek'],
    codes: { object: 5439007, unknown: 5439008, missing: { date: 5439009, unit: 5439010 } },
  },
  (values, name) => {
    if (anyNull(values)) return null;
    if (!isDateLike(values.date))
      throw located(
        5439012,
        `${name} requires 'date' to be a date, but got ${typeName(values.date)}`,
      );
    const bin = 'binSize' in values ? asInt64(values.binSize) : 1n;
    if (bin === undefined)
      throw located(
        5439017,
        `${name} requires 'binSize' to be a 64-bit integer, but got value '${String(values.binSize)}' of type ${typeName(values.binSize)}`,
      );
    if (bin <= 0n)
      throw located(
        5439018,
        `${name} requires 'binSize' to be greater than 0, but got value ${bin}`,
      );
    return truncate(
      dateOf(values.date),
      unitOf(values.unit, name),
      Number(bin),
      zoneOf(values.timezone),
      startOfWeekOf(values.startOfWeek, name),
    );
  },
);

export const DATE_ARITHMETIC: Operators = {
  $dateAdd: shift(1),
  $dateSubtract: shift(-1),
  $dateDiff: dateDiff,
  $dateTrunc: dateTrunc,
};
