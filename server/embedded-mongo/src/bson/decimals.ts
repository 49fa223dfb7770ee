import { Decimal128 } from 'bson';
import { decimalOf } from './numbers';

/** A finite decimal: digits * 10^exponent. The exponent keeps trailing zeros, as in 1.50. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

export type Rounding = 'halfEven' | 'trunc' | 'floor' | 'ceil';

const PRECISION = 34;
const MIN_EXPONENT = -6176;
const MAX_EXPONENT = 6111;

export const NAN_DECIMAL = Decimal128.fromString('NaN');

/** Any finite number as a decimal; doubles take part with 15 significant digits. */
export const toDecimal = (value: unknown): Decimal => decimalOf(value);

const abs = (n: bigint) => (n < 0n ? -n : n);
const power = (n: number) => 10n ** BigInt(n);
const lengthOf = (n: bigint) => abs(n).toString().length;

/** `digits / 10^places`, rounded to an integer. */
export function shiftRight(digits: bigint, places: number, how: Rounding): bigint {
  const unit = power(places);
  const quotient = digits / unit;
  const rest = digits % unit;
  if (rest === 0n || how === 'trunc') return quotient;
  const step = digits < 0n ? -1n : 1n;
  if (how === 'floor') return step < 0n ? quotient - 1n : quotient;
  if (how === 'ceil') return step < 0n ? quotient : quotient + 1n;
  const twice = abs(rest) * 2n;
  return twice > unit || (twice === unit && quotient % 2n !== 0n) ? quotient + step : quotient;
}

/** The Decimal128 nearest to digits * 10^exponent. */
export function makeDecimal(digits: bigint, exponent: number): Decimal128 {
  for (let excess; (excess = lengthOf(digits) - PRECISION) > 0; exponent += excess)
    digits = shiftRight(digits, excess, 'halfEven');
  if (exponent < MIN_EXPONENT) {
    // Beyond the smallest exponent nothing but zero is left, however far it is.
    const places = Math.min(MIN_EXPONENT - exponent, PRECISION + 1);
    digits = shiftRight(digits, places, 'halfEven');
    exponent = MIN_EXPONENT;
  }
  if (digits === 0n) exponent = Math.min(exponent, MAX_EXPONENT);
  else if (exponent > MAX_EXPONENT) {
    const padding = exponent - MAX_EXPONENT;
    if (lengthOf(digits) + padding > PRECISION)
      return Decimal128.fromString(digits < 0n ? '-Infinity' : 'Infinity');
    digits *= power(padding);
    exponent = MAX_EXPONENT;
  }
  return Decimal128.fromString(`${digits}E${exponent}`);
}

/** Removes trailing zeros, but not beyond the exponent an exact result should have. */
function reduce(digits: bigint, exponent: number, ideal: number): Decimal128 {
  while (exponent < ideal && digits % 10n === 0n) {
    digits /= 10n;
    exponent++;
  }
  return makeDecimal(digits, exponent);
}

/** A quotient to 34 digits. The divisor must not be zero. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal128 {
  const ideal = a.exponent - b.exponent;
  const places = Math.max(0, PRECISION + 2 + lengthOf(b.digits) - lengthOf(a.digits));
  const scaled = a.digits * power(places);
  const quotient = scaled / b.digits;
  if (scaled % b.digits === 0n) return reduce(quotient, ideal - places, ideal);
  // One more digit that is not zero makes rounding see that something follows.
  const sticky = scaled < 0n !== b.digits < 0n ? -1n : 1n;
  return makeDecimal(quotient * 10n + sticky, ideal - places - 1);
}

/** The remainder with the sign of the dividend. The divisor must not be zero. */
export function modDecimals(a: Decimal, b: Decimal): Decimal128 {
  const exponent = Math.min(a.exponent, b.exponent);
  const left = a.digits * power(a.exponent - exponent);
  const right = b.digits * power(b.exponent - exponent);
  return makeDecimal(left % right, exponent);
}

/** Rounds to a number of decimal places, which may be negative. */
export function roundDecimal(value: Decimal, places: number, how: Rounding): Decimal128 {
  if (value.exponent >= -places) return makeDecimal(value.digits, value.exponent);
  const shift = Math.min(-places - value.exponent, lengthOf(value.digits) + 1);
  return makeDecimal(shiftRight(value.digits, shift, how), -places);
}

function integerRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

/** The square root to 34 digits of a decimal that is not negative. */
export function sqrtDecimal(value: Decimal): Decimal128 {
  const ideal = Math.floor(value.exponent / 2);
  let places = Math.max(0, 2 * PRECISION + 4 - lengthOf(value.digits));
  if ((value.exponent - places) % 2 !== 0) places++;
  const scaled = value.digits * power(places);
  const root = integerRoot(scaled);
  const exponent = (value.exponent - places) / 2;
  if (root * root === scaled) return reduce(root, exponent, ideal);
  return makeDecimal(root * 10n + 1n, exponent - 1);
}
