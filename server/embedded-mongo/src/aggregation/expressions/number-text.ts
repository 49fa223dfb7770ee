import { Decimal128, Long } from 'bson';
import { makeDouble, toDouble } from '../../bson/numbers';
import { MongoError } from '../../errors';

/** What `$convert` answers with `onError`; everything else is an error in any case. */
export const conversionFailure = (message: string) =>
  new MongoError(241, 'ConversionFailure', `${message} in $convert with no onError value`);

const parseFailure = (text: string, why: string) =>
  new MongoError(
    241,
    'ConversionFailure',
    `Failed to parse number '${text}' in $convert with no onError value: ${why}`,
  );

const FLOAT = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Reads an integer in decimal digits. @throws ConversionFailure */
export function parseInteger(text: string, bits: 32 | 64): unknown {
  if (!text) throw parseFailure(text, 'No digits');
  if (/^[+-]?0[xX]/.test(text)) throw parseFailure(text, 'Illegal hexadecimal input');
  if (!/^[+-]?\d+$/.test(text)) throw parseFailure(text, 'Did not consume whole string.');
  const value = BigInt(text.replace(/^\+/, ''));
  if (BigInt.asIntN(bits, value) !== value) throw parseFailure(text, 'Overflow');
  return bits === 32 ? Number(value) : Long.fromBigInt(value);
}

/** Reads a floating point number. @throws ConversionFailure */
export function parseDouble(text: string): unknown {
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special) {
    if (special[2]!.toLowerCase() === 'nan') return NaN;
    return special[1] === '-' ? -Infinity : Infinity;
  }
  if (!FLOAT.test(text))
    throw parseFailure(text, text ? 'Did not consume whole string.' : 'Empty string');
  const value = Number(text);
  if (!Number.isFinite(value)) throw parseFailure(text, 'Out of range');
  return makeDouble(value);
}

/** Reads a decimal. @throws ConversionFailure */
export function parseDecimalText(text: string): Decimal128 {
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special) {
    const name = special[2]!.toLowerCase() === 'nan' ? 'NaN' : `${special[1]}Infinity`;
    return Decimal128.fromString(name.replace('+', ''));
  }
  if (!FLOAT.test(text)) throw parseFailure(text, 'Failed to parse string to decimal');
  return Decimal128.fromStringWithRounding(text);
}

/** A double as MongoDB writes it: up to 16 significant digits, exponents of two digits or more. */
export function doubleText(value: unknown): string {
  const n = toDouble(value);
  if (!Number.isFinite(n)) return String(n);
  if (n === 0) return Object.is(n, -0) ? '-0' : '0';
  const [mantissa, power] = n.toExponential(15).split('e') as [string, string];
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const digits = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${digits}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  const fixed = n.toFixed(Math.max(0, 15 - exponent));
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
}
