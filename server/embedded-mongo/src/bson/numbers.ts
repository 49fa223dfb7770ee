import { Decimal128, Double, Long } from 'bson';
import { bsonType } from './types';

/** Numeric types in MongoDB's widening order: the result of arithmetic has the wider one. */
export type NumericKind = 'int' | 'long' | 'double' | 'decimal';

/** The numeric kind of a decoded value, or undefined when it is not a number. */
export function numericKind(value: unknown): NumericKind | undefined {
  if (typeof value === 'number')
    return (value | 0) === value && !Object.is(value, -0) ? 'int' : 'double';
  switch (bsonType(value)) {
    case 'Long':
      return 'long';
    case 'Double':
      return 'double';
    case 'Int32':
      return 'int';
    case 'Decimal128':
      return 'decimal';
    default:
      return undefined;
  }
}

export const isNumber = (value: unknown): boolean => numericKind(value) !== undefined;

/** The value as a JS double; exact for int and double, rounded for long and decimal. */
export function toDouble(value: unknown): number {
  if (typeof value === 'number') return value;
  switch (bsonType(value)) {
    case 'Long':
      return (value as Long).toNumber();
    case 'Decimal128':
      return Number((value as Decimal128).toString());
    default:
      return Number((value as { value: unknown }).value);
  }
}

/** An exact rational: value = num / den, den > 0. */
interface Fraction {
  num: bigint;
  den: bigint;
}

function decimalFraction(text: string): Fraction {
  const match = /^(-?)(\d*)\.?(\d*)(?:E([+-]?\d+))?$/.exec(text);
  if (!match) return { num: 0n, den: 1n };
  const exponent = Number(match[4] ?? 0) - match[3]!.length;
  const digits = BigInt(`${match[2]}${match[3]}` || '0') * (match[1] ? -1n : 1n);
  return exponent >= 0
    ? { num: digits * 10n ** BigInt(exponent), den: 1n }
    : { num: digits, den: 10n ** BigInt(-exponent) };
}

const FLOAT = new DataView(new ArrayBuffer(8));

function doubleFraction(value: number): Fraction {
  FLOAT.setFloat64(0, value);
  const bits = FLOAT.getBigUint64(0);
  const sign = bits >> 63n ? -1n : 1n;
  const biased = Number((bits >> 52n) & 0x7ffn);
  const mantissa = (bits & 0xfffffffffffffn) | (biased ? 1n << 52n : 0n);
  const exponent = (biased || 1) - 1075;
  return exponent >= 0
    ? { num: sign * mantissa * 2n ** BigInt(exponent), den: 1n }
    : { num: sign * mantissa, den: 2n ** BigInt(-exponent) };
}

/** The exact value of any finite number. */
export function toFraction(value: unknown): Fraction {
  switch (bsonType(value)) {
    case 'Long':
      return { num: (value as Long).toBigInt(), den: 1n };
    case 'Decimal128':
      return decimalFraction((value as Decimal128).toString());
    default:
      return doubleFraction(toDouble(value));
  }
}

/** Numeric order across types, exact; NaN sorts before every number and equals itself. */
export function compareNumbers(a: unknown, b: unknown): number {
  const x = toDouble(a);
  const y = toDouble(b);
  if (x < y) return -1;
  if (x > y) return 1;
  if (x !== y) return Number.isNaN(x) ? (Number.isNaN(y) ? 0 : -1) : 1;
  // The doubles are equal: only a long or decimal can still differ beyond double precision.
  if (!Number.isFinite(x) || (!isWide(a) && !isWide(b))) return 0;
  const fa = toFraction(a);
  const fb = toFraction(b);
  const left = fa.num * fb.den;
  const right = fb.num * fa.den;
  return left < right ? -1 : left > right ? 1 : 0;
}

function isWide(value: unknown): boolean {
  const tag = bsonType(value);
  return tag === 'Long' || tag === 'Decimal128';
}

const WIDTH: Record<NumericKind, number> = { int: 0, long: 1, double: 2, decimal: 3 };

/** Addition or multiplication with MongoDB's result types; undefined on int64 overflow. */
export function arithmetic(op: 'add' | 'multiply', a: unknown, b: unknown): unknown {
  const ka = numericKind(a)!;
  const kb = numericKind(b)!;
  const kind = WIDTH[ka] >= WIDTH[kb] ? ka : kb;
  if (kind === 'double') {
    const x = toDouble(a);
    const y = toDouble(b);
    return makeDouble(op === 'add' ? x + y : x * y);
  }
  if (kind === 'decimal') return decimalArithmetic(op, a, b);
  const x = BigInt(toBigInt(a));
  const y = BigInt(toBigInt(b));
  const result = op === 'add' ? x + y : x * y;
  if (BigInt.asIntN(64, result) !== result) return undefined;
  if (kind === 'int' && BigInt.asIntN(32, result) === result) return Number(result);
  return Long.fromBigInt(result);
}

/** A double as the decoder would give it: `Double` when a bare number would read as int32. */
export function makeDouble(value: number): number | Double {
  return (value | 0) === value && !Object.is(value, -0) ? new Double(value) : value;
}

function toBigInt(value: unknown): bigint {
  return bsonType(value) === 'Long' ? (value as Long).toBigInt() : BigInt(toDouble(value));
}

function decimalArithmetic(op: 'add' | 'multiply', a: unknown, b: unknown): unknown {
  const x = toDouble(a);
  const y = toDouble(b);
  if (!Number.isFinite(x) || !Number.isFinite(y)) {
    const result = op === 'add' ? x + y : x * y;
    return Decimal128.fromString(String(result));
  }
  const fa = decimalOf(a);
  const fb = decimalOf(b);
  if (op === 'multiply') return render(fa.digits * fb.digits, fa.exponent + fb.exponent);
  const exponent = Math.min(fa.exponent, fb.exponent);
  const shift = (f: { digits: bigint; exponent: number }) =>
    f.digits * 10n ** BigInt(f.exponent - exponent);
  return render(shift(fa) + shift(fb), exponent);
}

/** Doubles take part in decimal arithmetic with 15 significant digits, as in MongoDB. */
export function decimalOf(value: unknown): { digits: bigint; exponent: number } {
  const text =
    bsonType(value) === 'Decimal128'
      ? (value as Decimal128).toString()
      : bsonType(value) === 'Long'
        ? (value as Long).toString()
        : String(Number(toDouble(value).toPrecision(15)));
  const match = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text)!;
  return {
    digits: BigInt(`${match[2]}${match[3]}` || '0') * (match[1] ? -1n : 1n),
    exponent: Number(match[4] ?? 0) - match[3]!.length,
  };
}

function render(digits: bigint, exponent: number): Decimal128 {
  return Decimal128.fromStringWithRounding(`${digits}E${exponent}`);
}
