import { Long } from 'bson';
import type { Decimal128 } from 'bson';
import { arithmetic, isNumber, makeDouble, numericKind, toDouble } from '../../bson/numbers';
import type { NumericKind } from '../../bson/numbers';
import { divideDecimals, modDecimals, NAN_DECIMAL, toDecimal } from '../../bson/decimals';
import { Decimal128 as DecimalClass } from 'bson';
import { typeMismatch, badValue, MongoError } from '../../errors';
import { typeName } from '../../query/types-operator';
import { isNullish, located } from '../scope';
import type { Operators } from './operator';
import { operands, propagating, unary } from './operator';

const WIDTH: Record<NumericKind, number> = { int: 0, long: 1, double: 2, decimal: 3 };

/** The wider of the kinds of two numbers. */
export function widerKind(a: unknown, b: unknown): NumericKind {
  const [x, y] = [numericKind(a)!, numericKind(b)!];
  return WIDTH[x] >= WIDTH[y] ? x : y;
}

/** An int64 value as int32 when both it and its origin allow that. */
export function makeInteger(value: bigint, kind: NumericKind): unknown {
  return kind === 'int' && BigInt.asIntN(32, value) === value
    ? Number(value)
    : Long.fromBigInt(value);
}

export const bigintOf = (value: unknown): bigint =>
  typeof value === 'object' && value !== null && 'toBigInt' in value
    ? (value as Long).toBigInt()
    : BigInt(toDouble(value));

/** Sum or product; integers that an int64 cannot hold become a double. */
export const combine = (op: 'add' | 'multiply', a: unknown, b: unknown): unknown =>
  arithmetic(op, a, b) ??
  makeDouble(op === 'add' ? toDouble(a) + toDouble(b) : toDouble(a) * toDouble(b));

export function negate(value: unknown): unknown {
  const kind = numericKind(value)!;
  if (kind === 'double') return makeDouble(-toDouble(value));
  if (kind === 'decimal') {
    const text = (value as Decimal128).toString();
    return DecimalClass.fromString(text.startsWith('-') ? text.slice(1) : `-${text}`);
  }
  const negated = -bigintOf(value);
  return BigInt.asIntN(64, negated) === negated
    ? makeInteger(negated, kind)
    : makeDouble(Number(negated));
}

/** Milliseconds a number adds to a date. */
export function addToDate(date: Date, amount: unknown): Date {
  const sum = date.getTime() + Math.round(toDouble(amount));
  if (!(Math.abs(sum) <= 8.64e15)) throw overflow('date overflow in $add');
  return new Date(sum);
}

export const overflow = (message: string) => new MongoError(15, 'Overflow', message);

const add = operands(0, Infinity, (values) => {
  let total: unknown = 0;
  let date: Date | undefined;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date) {
      if (date) throw located(16612, 'only one date allowed in an $add expression');
      date = value;
    } else if (isNumber(value)) total = combine('add', total, value);
    else throw typeMismatch(`$add only supports numeric or date types, not ${typeName(value)}`);
  }
  return date ? addToDate(date, total) : total;
});

const multiply = operands(0, Infinity, (values) => {
  let product: unknown = 1;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!isNumber(value))
      throw typeMismatch(`$multiply only supports numeric types, not ${typeName(value)}`);
    product = combine('multiply', product, value);
  }
  return product;
});

const subtract = propagating(2, 2, ([left, right]) => {
  if (isNumber(left) && isNumber(right)) return difference(left, right);
  if (left instanceof Date) {
    if (right instanceof Date) return Long.fromNumber(left.getTime() - right.getTime());
    if (isNumber(right)) return addToDate(left, negate(right));
  }
  throw typeMismatch(`can't $subtract ${typeName(right)} from ${typeName(left)}`);
});

/** left - right with the wider type; integers that an int64 cannot hold become a double. */
export function difference(left: unknown, right: unknown): unknown {
  const kind = widerKind(left, right);
  if (kind === 'double') return makeDouble(toDouble(left) - toDouble(right));
  if (kind === 'decimal') return combine('add', left, negate(right));
  const result = bigintOf(left) - bigintOf(right);
  return BigInt.asIntN(64, result) === result
    ? makeInteger(result, kind)
    : makeDouble(toDouble(left) - toDouble(right));
}

/** A decimal operation on operands of which one is infinite or no number goes through doubles. */
function finite(a: unknown, b: unknown): boolean {
  return Number.isFinite(toDouble(a)) && Number.isFinite(toDouble(b));
}

/** The quotient: always a double or a decimal. @throws BadValue when dividing by zero */
export function quotient(left: unknown, right: unknown): unknown {
  const divisor = toDouble(right);
  const decimal = widerKind(left, right) === 'decimal';
  if (decimal && finite(left, right)) {
    const by = toDecimal(right);
    if (by.digits === 0n) throw badValue("can't $divide by zero");
    return divideDecimals(toDecimal(left), by);
  }
  if (divisor === 0) throw badValue("can't $divide by zero");
  const result = toDouble(left) / divisor;
  return decimal ? DecimalClass.fromString(String(result)) : makeDouble(result);
}

const divide = propagating(2, 2, ([left, right]) => {
  if (!isNumber(left) || !isNumber(right))
    throw typeMismatch(
      `$divide only supports numeric types, not ${typeName(left)} and ${typeName(right)}`,
    );
  return quotient(left, right);
});

const mod = propagating(2, 2, ([left, right]) => {
  if (!isNumber(left) || !isNumber(right))
    throw located(
      16611,
      `$mod only supports numeric types, not ${typeName(left)} and ${typeName(right)}`,
    );
  const kind = widerKind(left, right);
  const byZero = () => located(16610, "can't $mod by zero");
  if (kind === 'decimal') {
    if (Number.isFinite(toDouble(right)) && toDecimal(right).digits === 0n) throw byZero();
    if (finite(left, right)) return modDecimals(toDecimal(left), toDecimal(right));
    return Number.isFinite(toDouble(left)) && !Number.isNaN(toDouble(right)) ? left : NAN_DECIMAL;
  }
  if (toDouble(right) === 0) throw byZero();
  if (kind === 'double') return makeDouble(toDouble(left) % toDouble(right));
  return makeInteger(bigintOf(left) % bigintOf(right), kind);
});

const abs = unary((value) => {
  if (isNullish(value)) return null;
  if (!isNumber(value))
    throw located(28765, `$abs only supports numeric types, not ${typeName(value)}`);
  const kind = numericKind(value)!;
  if (kind === 'double') return makeDouble(Math.abs(toDouble(value)));
  if (kind === 'decimal')
    return DecimalClass.fromString((value as Decimal128).toString().replace(/^-/, ''));
  const n = bigintOf(value);
  if (n === -(2n ** 63n)) throw located(28680, "can't take $abs of long long min");
  return makeInteger(n < 0n ? -n : n, kind);
});

export const ARITHMETIC: Operators = {
  $add: add,
  $subtract: subtract,
  $multiply: multiply,
  $divide: divide,
  $mod: mod,
  $abs: abs,
};
