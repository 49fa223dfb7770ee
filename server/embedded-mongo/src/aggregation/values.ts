import type { Long } from 'bson';
import { binaryParts, compareValues, regexText } from '../bson/compare';
import { compareNumbers, decimalOf, isNumber, numericKind, toDouble } from '../bson/numbers';
import { bsonType, isArray, isDocument } from '../bson/types';
import { typeName } from '../query/types-operator';

/** Order of values in expressions: as elsewhere, but a missing value sorts before null. */
export function compareOperands(a: unknown, b: unknown): number {
  if (a !== undefined && b !== undefined) return compareValues(a, b);
  if (a === b) return 0;
  const other = a === undefined ? b : a;
  const missingFirst = bsonType(other) === 'MinKey' ? 1 : -1;
  return a === undefined ? missingFirst : -missingFirst;
}

/** MongoDB's truth: everything but false, null, missing and zero. */
export function isTrue(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined) return false;
  return !isNumber(value) || toDouble(value) !== 0 || compareNumbers(value, 0) !== 0;
}

/** The number as a JS integer when it is one that an int32 can hold, else undefined. */
export function asInt32(value: unknown): number | undefined {
  if (!isNumber(value)) return undefined;
  const n = toDouble(value);
  return (n | 0) === n && compareNumbers(value, n) === 0 ? n | 0 : undefined;
}

/** The number as a bigint when it is whole and an int64 can hold it, else undefined. */
export function asInt64(value: unknown): bigint | undefined {
  if (!isNumber(value)) return undefined;
  if (bsonType(value) === 'Long') return (value as Long).toBigInt();
  const n = toDouble(value);
  if (!Number.isFinite(n)) return undefined;
  let whole: bigint;
  if (numericKind(value) === 'decimal') {
    const { digits, exponent } = decimalOf(value);
    if (exponent > 20) return undefined;
    const unit = 10n ** BigInt(Math.abs(exponent));
    if (exponent < 0 && digits % unit !== 0n) return undefined;
    whole = exponent < 0 ? digits / unit : digits * unit;
  } else {
    if (!Number.isInteger(n)) return undefined;
    whole = BigInt(n);
  }
  return BigInt.asIntN(64, whole) === whole ? whole : undefined;
}

/**
 * A string that two values share exactly when they are equal in MongoDB's sense (1, 1.0 and Long 1;
 * documents with the same fields in the same order): the key of groups and sets.
 */
export function hashKey(value: unknown): string {
  if (typeof value === 'string') return `s${value.length}:${value}`;
  if (value === undefined) return 'u';
  if (value === null) return 'z';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (isNumber(value)) return `n${numberKey(value)};`;
  if (isArray(value)) return `[${value.map(hashKey).join('')}]`;
  if (value instanceof Date) return `d${value.getTime()};`;
  if (isDocument(value)) {
    let key = '{';
    for (const field of Object.keys(value))
      key += `${field.length}:${field}${hashKey(value[field])}`;
    return `${key}}`;
  }
  const type = typeName(value);
  return type === 'symbol'
    ? hashKey((value as { value: string }).value)
    : `${type}(${scalarKey(value, type)})`;
}

function numberKey(value: unknown): string {
  const n = toDouble(value);
  if (Number.isNaN(n)) return 'NaN';
  // Two that are equal as doubles may still be different numbers.
  if (compareNumbers(value, n) === 0) return String(n + 0 || 0);
  const { digits, exponent } = decimalOf(value);
  const text = digits.toString();
  const shortened = text.replace(/0+$/, '');
  return `${shortened}E${exponent + text.length - shortened.length}`;
}

function scalarKey(value: unknown, type: string): string {
  switch (type) {
    case 'objectId':
      return (value as { toHexString(): string }).toHexString();
    case 'binData': {
      const { bytes, subType } = binaryParts(value);
      return `${subType}:${Buffer.from(bytes).toString('latin1')}`;
    }
    case 'regex':
      return regexText(value);
    case 'timestamp':
      return (value as Long).toString();
    case 'javascript':
    case 'javascriptWithScope':
      return `${(value as { code: string }).code}:${hashKey((value as { scope?: unknown }).scope ?? null)}`;
    default:
      return '';
  }
}
