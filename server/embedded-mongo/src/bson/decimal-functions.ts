import type { Decimal128 } from 'bson';
import type { Decimal } from './decimals';
import { makeDecimal, toDecimal } from './decimals';

/**
 * Exponential function, logarithms and powers of decimals. They are calculated with fixed-point
 * integers of 90 digits, far more than the 34 of the result.
 */
const PLACES = 90;
const ONE = 10n ** BigInt(PLACES);

const scaled = (value: Decimal): bigint =>
  value.exponent >= -PLACES
    ? value.digits * 10n ** BigInt(value.exponent + PLACES)
    : value.digits / 10n ** BigInt(-PLACES - value.exponent);

/** e^x of a fixed-point x of moderate size. */
function exponential(x: bigint): bigint {
  // Halving the argument makes the series short; squaring the sum undoes it.
  const HALVINGS = 12;
  const small = x / (1n << BigInt(HALVINGS));
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term !== 0n; n++) {
    term = (term * small) / ONE / n;
    sum += term;
  }
  for (let i = 0; i < HALVINGS; i++) sum = (sum * sum) / ONE;
  return sum;
}

/** ln of a fixed-point x between 0.01 and 100, by Halley's method from the double's logarithm. */
function logarithm(x: bigint): bigint {
  const approximate = Math.log(Number(x / 10n ** BigInt(PLACES - 18)) / 1e18);
  let y = BigInt(Math.round(approximate * 1e15)) * 10n ** BigInt(PLACES - 15);
  for (let i = 0; i < 3; i++) {
    const e = exponential(y);
    y += (2n * (x - e) * ONE) / (x + e);
  }
  return y;
}

let ln10: bigint | undefined;
const logTen = () => (ln10 ??= logarithm(10n * ONE));

/** ln of a positive decimal as a fixed-point number. */
function scaledLog(value: Decimal): bigint {
  // digits = m * 10^length with m between 0.1 and 1.
  const length = value.digits.toString().length;
  const mantissa = scaled({ digits: value.digits, exponent: -length });
  return logarithm(mantissa) + BigInt(length + value.exponent) * logTen();
}

/** The power of ten a decimal is exactly, or undefined. */
function exactPowerOfTen(value: Decimal): number | undefined {
  const text = value.digits.toString();
  return /^10*$/.test(text) ? text.length - 1 + value.exponent : undefined;
}

const result = (fixed: bigint) => makeDecimal(fixed, -PLACES);

function exponentialOf(x: bigint): Decimal128 {
  const tens = x / logTen();
  if (tens > 7000n || tens < -7000n)
    return tens > 0n ? makeDecimal(1n, 7000) : makeDecimal(0n, -6176);
  return makeDecimal(exponential(x - tens * logTen()), Number(tens) - PLACES);
}

/** e^x. */
export function expDecimal(value: Decimal): Decimal128 {
  return value.digits === 0n ? makeDecimal(1n, 0) : exponentialOf(scaled(value));
}

/** Natural logarithm of a positive decimal. */
export function lnDecimal(value: Decimal): Decimal128 {
  return exactPowerOfTen(value) === 0 ? makeDecimal(0n, 0) : result(scaledLog(value));
}

/** Logarithm of a positive decimal to a base that is positive and not 1. */
export function logDecimal(value: Decimal, base: Decimal): Decimal128 {
  const left = exactPowerOfTen(value);
  const right = exactPowerOfTen(base);
  if (left !== undefined && right === 1) return makeDecimal(BigInt(left), 0);
  return result((scaledLog(value) * ONE) / scaledLog(base));
}

/** base^exponent; undefined when that is no number (a negative base, a broken exponent). */
export function powDecimal(base: Decimal, exponent: Decimal): Decimal128 | undefined {
  const unit = 10n ** BigInt(Math.max(0, -exponent.exponent));
  const whole = exponent.digits % unit === 0n;
  if (base.digits === 0n) return exponent.digits === 0n ? makeDecimal(1n, 0) : makeDecimal(0n, 0);
  if (whole && exponent.exponent < 4) {
    const n = (exponent.digits * 10n ** BigInt(Math.max(0, exponent.exponent))) / unit;
    if (n >= 0n && n <= 64n) return makeDecimal(base.digits ** n, base.exponent * Number(n));
  }
  if (base.digits < 0n && !whole) return undefined;
  const positive = {
    digits: base.digits < 0n ? -base.digits : base.digits,
    exponent: base.exponent,
  };
  const size = exponentialOf((scaledLog(positive) * scaled(exponent)) / ONE);
  const odd = whole && (exponent.digits / unit) % 2n !== 0n && exponent.exponent <= 0;
  if (base.digits > 0n || !odd) return size;
  const { digits, exponent: e } = toDecimal(size);
  return makeDecimal(-digits, e);
}
