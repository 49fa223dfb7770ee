import type { Decimal128 } from 'bson';
import type { Long } from 'bson';
import { expDecimal, lnDecimal, logDecimal, powDecimal } from '../../bson/decimal-functions';
import { makeDecimal, NAN_DECIMAL, sqrtDecimal, toDecimal } from '../../bson/decimals';
import { isNumber, makeDouble, numericKind, toDouble } from '../../bson/numbers';
import { bsonType } from '../../bson/types';
import { typeMismatch, unsupported } from '../../errors';
import { typeName } from '../../query/types-operator';
import { isNullish, located } from '../scope';
import { bigintOf, makeInteger, widerKind } from './arithmetic';
import type { Operator, Operators } from './operator';
import { propagating, unary } from './operator';

const isDecimal = (value: unknown) => bsonType(value) === 'Decimal128';
const finite = (value: unknown) => Number.isFinite(toDouble(value));
const decimalFromDouble = (value: number): Decimal128 =>
  Number.isNaN(value)
    ? NAN_DECIMAL
    : Number.isFinite(value)
      ? makeDecimal(BigInt(value), 0)
      : makeDecimal(value > 0 ? 1n : -1n, 7000);

/** A function of one number: doubles through Math, decimals with 34 digits. */
function single(
  double: (x: number) => number,
  decimal: ((x: unknown) => Decimal128) | undefined,
  check?: (value: unknown) => void,
): Operator {
  return unary((value, name) => {
    if (isNullish(value)) return null;
    if (!isNumber(value))
      throw located(28765, `${name} only supports numeric types, not ${typeName(value)}`);
    check?.(value);
    if (!isDecimal(value)) return makeDouble(double(toDouble(value)));
    if (!finite(value)) return decimalFromDouble(double(toDouble(value)));
    if (!decimal) throw unsupported(`${name} of a decimal`);
    return decimal(value);
  });
}

const positive = (code: number, name: string) => (value: unknown) => {
  const n = toDouble(value);
  if (n <= 0 && !(isDecimal(value) && toDecimal(value).digits > 0n))
    throw located(code, `${name}'s argument must be a positive number, but is ${n}`);
};

const TEN = { digits: 10n, exponent: 0 };

const log = propagating(2, 2, ([value, base]) => {
  if (!isNumber(value))
    throw located(28756, `$log's argument must be numeric, not ${typeName(value)}`);
  if (!isNumber(base)) throw located(28757, `$log's base must be numeric, not ${typeName(base)}`);
  positive(28758, '$log')(value);
  const b = toDouble(base);
  if (b <= 0 || b === 1)
    throw located(28759, `$log's base must be a positive number not equal to 1, but is ${b}`);
  if (widerKind(value, base) === 'decimal' && finite(value) && finite(base))
    return logDecimal(toDecimal(value), toDecimal(base));
  return makeDouble(Math.log(toDouble(value)) / Math.log(b));
});

const pow = propagating(2, 2, ([base, exponent]) => {
  if (!isNumber(base)) throw located(28762, `$pow's base must be numeric, not ${typeName(base)}`);
  if (!isNumber(exponent))
    throw located(28763, `$pow's exponent must be numeric, not ${typeName(exponent)}`);
  if (toDouble(base) === 0 && toDouble(exponent) < 0)
    throw located(28764, '$pow cannot take a base of 0 and a negative exponent');
  const kind = widerKind(base, exponent);
  if (kind === 'decimal') {
    if (!finite(base) || !finite(exponent))
      return decimalFromDouble(toDouble(base) ** toDouble(exponent));
    return powDecimal(toDecimal(base), toDecimal(exponent)) ?? NAN_DECIMAL;
  }
  const double = toDouble(base) ** toDouble(exponent);
  if (kind === 'double') return makeDouble(double);
  return integerPower(bigintOf(base), bigintOf(exponent), kind) ?? makeDouble(double);
});

/** undefined when the power is no integer or an int64 cannot hold it. */
function integerPower(base: bigint, exponent: bigint, kind: 'int' | 'long'): unknown {
  if (base === 1n || base === 0n) return makeInteger(exponent === 0n ? 1n : base, kind);
  if (base === -1n) return makeInteger(exponent % 2n === 0n ? 1n : -1n, kind);
  if (exponent < 0n || exponent > 63n) return undefined;
  const result = base ** exponent;
  return BigInt.asIntN(64, result) === result ? makeInteger(result, kind) : undefined;
}

const square = single(
  Math.sqrt,
  (x) => sqrtDecimal(toDecimal(x)),
  (value) => {
    if (toDouble(value) < 0)
      throw located(28714, "$sqrt's argument must be greater than or equal to 0");
  },
);

/** Trigonometry: an argument outside the function's domain is an error, not NaN. */
function trigonometric(
  f: (x: number) => number,
  low: number,
  high: number,
  open = false,
): Operator {
  return (argument, compiler, name) =>
    single(f, undefined, (value) => {
      const x = toDouble(value);
      if (Number.isNaN(x) || (open ? x > low && x < high : x >= low && x <= high)) return;
      const [from, to] = open ? ['(', ')'] : ['[', ']'];
      throw located(
        50989,
        `cannot apply ${name} to ${x}, value must be in ${from}${low},${high}${to}`,
      );
    })(argument, compiler, name);
}

const arcTangent = propagating(2, 2, ([y, x], name) => {
  for (const [value, code] of [
    [y, 51044],
    [x, 51045],
  ] as const)
    if (!isNumber(value))
      throw located(code, `${name} only supports numeric types, not ${typeName(value)}`);
  if (widerKind(y, x) === 'decimal') throw unsupported(`${name} of a decimal`);
  return makeDouble(Math.atan2(toDouble(y), toDouble(x)));
});

/** Bit operations on int and long. */
function bitwise(start: bigint, apply: (a: bigint, b: bigint) => bigint): Operator {
  return propagating(0, Infinity, (values, name) => {
    let kind: 'int' | 'long' = 'int';
    let result = start;
    for (const value of values) {
      const own = numericKind(value);
      if (own !== 'int' && own !== 'long')
        throw typeMismatch(`${name} only supports int and long, not: ${typeName(value)}.`);
      if (own === 'long') kind = 'long';
      result = apply(result, bigintOf(value));
    }
    return makeInteger(result, kind);
  });
}

const bitNot = unary((value, name) => {
  if (isNullish(value)) return null;
  if (typeof value === 'number' && numericKind(value) === 'int') return ~value;
  if (numericKind(value) === 'long') return (value as Long).not();
  throw typeMismatch(`${name} only supports int and long, not: ${typeName(value)}.`);
});

export const FUNCTIONS: Operators = {
  $sqrt: square,
  $exp: single(Math.exp, (x) => expDecimal(toDecimal(x))),
  $ln: single(Math.log, (x) => lnDecimal(toDecimal(x)), positive(28766, '$ln')),
  $log10: single(Math.log10, (x) => logDecimal(toDecimal(x), TEN), positive(28761, '$log10')),
  $log: log,
  $pow: pow,
  $sin: trigonometric(Math.sin, -Infinity, Infinity, true),
  $cos: trigonometric(Math.cos, -Infinity, Infinity, true),
  $tan: trigonometric(Math.tan, -Infinity, Infinity, true),
  $asin: trigonometric(Math.asin, -1, 1),
  $acos: trigonometric(Math.acos, -1, 1),
  $atan: trigonometric(Math.atan, -Infinity, Infinity),
  $atan2: arcTangent,
  $sinh: trigonometric(Math.sinh, -Infinity, Infinity),
  $cosh: trigonometric(Math.cosh, -Infinity, Infinity),
  $tanh: trigonometric(Math.tanh, -Infinity, Infinity),
  $asinh: trigonometric(Math.asinh, -Infinity, Infinity),
  $acosh: trigonometric(Math.acosh, 1, Infinity),
  $atanh: trigonometric(Math.atanh, -1, 1),
  $degreesToRadians: single((x) => (x * Math.PI) / 180, undefined),
  $radiansToDegrees: single((x) => (x * 180) / Math.PI, undefined),
  $bitAnd: bitwise(-1n, (a, b) => a & b),
  $bitOr: bitwise(0n, (a, b) => a | b),
  $bitXor: bitwise(0n, (a, b) => a ^ b),
  $bitNot: bitNot,
};
