import { Decimal128, Double, Long, ObjectId } from 'bson';
import type { Timestamp } from 'bson';
import { isNumber, makeDouble, numericKind, toDouble } from '../../bson/numbers';
import { makeDecimal, toDecimal } from '../../bson/decimals';
import { bsonType, inspect, isDocument } from '../../bson/types';
import { failedToParse, MongoError } from '../../errors';
import { typeName } from '../../query/types-operator';
import type { Evaluate } from '../scope';
import { isNullish } from '../scope';
import { asInt32, isTrue } from '../values';
import { parseDate } from '../dates/parse';
import {
  conversionFailure,
  doubleText,
  parseDecimalText,
  parseDouble,
  parseInteger,
} from './number-text';
import type { Operator, Operators } from './operator';
import { argumentObject, unary } from './operator';

type Target = 'double' | 'string' | 'objectId' | 'bool' | 'date' | 'int' | 'long' | 'decimal';

const BY_CODE: Record<number, Target> = {
  1: 'double',
  2: 'string',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  16: 'int',
  18: 'long',
  19: 'decimal',
};
const OTHER_TYPES = new Set([
  ...['object', 'array', 'binData', 'undefined', 'null', 'regex', 'dbPointer', 'javascript'],
  ...['symbol', 'javascriptWithScope', 'timestamp', 'minKey', 'maxKey', 'missing'],
]);
const OTHER_CODES = new Set([3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 17, -1, 127]);

/** Converts a value that is not null. @throws ConversionFailure 241 */
export function convertValue(value: unknown, target: Target): unknown {
  const converted = CONVERT[target](value);
  if (converted === undefined)
    throw conversionFailure(`Unsupported conversion from ${typeName(value)} to ${target}`);
  return converted;
}

const CONVERT: Record<Target, (value: unknown) => unknown> = {
  double(value) {
    if (typeof value === 'string') return parseDouble(value);
    if (typeof value === 'boolean') return new Double(Number(value));
    if (value instanceof Date) return makeDouble(value.getTime());
    if (!isNumber(value)) return undefined;
    const n = toDouble(value);
    const isFiniteDecimal = bsonType(value) === 'Decimal128' && /\d/.test(String(value));
    if (isFiniteDecimal && !Number.isFinite(n)) throw tooLarge(value);
    return makeDouble(n);
  },
  decimal(value) {
    if (typeof value === 'string') return parseDecimalText(value);
    if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0');
    if (value instanceof Date) return Decimal128.fromString(String(value.getTime()));
    if (!isNumber(value)) return undefined;
    if (bsonType(value) === 'Decimal128') return value;
    if (!Number.isFinite(toDouble(value))) return Decimal128.fromString(String(toDouble(value)));
    const { digits, exponent } = toDecimal(value);
    return makeDecimal(digits, exponent);
  },
  int(value) {
    if (typeof value === 'string') return parseInteger(value, 32);
    if (typeof value === 'boolean') return Number(value);
    return isNumber(value) ? Number(integerOf(value, 32)) : undefined;
  },
  long(value) {
    if (typeof value === 'string') return parseInteger(value, 64);
    if (typeof value === 'boolean') return Long.fromNumber(Number(value));
    if (value instanceof Date) return Long.fromNumber(value.getTime());
    return isNumber(value) ? Long.fromBigInt(integerOf(value, 64)) : undefined;
  },
  bool: isTrue,
  string(value) {
    switch (typeName(value)) {
      case 'string':
        return value;
      case 'bool':
      case 'int':
      case 'long':
      case 'decimal':
        return String(value);
      case 'double':
        return doubleText(value);
      case 'objectId':
        return (value as ObjectId).toHexString();
      case 'date':
        return (value as Date).toISOString();
      default:
        return undefined;
    }
  },
  date(value) {
    switch (typeName(value)) {
      case 'date':
        return value;
      case 'string':
        return parseDate(value as string, undefined);
      case 'objectId':
        return (value as ObjectId).getTimestamp();
      case 'timestamp':
        return new Date((value as Timestamp).getHighBitsUnsigned() * 1000);
      case 'long':
      case 'double':
      case 'decimal': {
        const time = Number(integerOf(value, 64));
        if (Math.abs(time) > 8.64e15) throw tooLarge(value);
        return new Date(time);
      }
      default:
        return undefined;
    }
  },
  objectId(value) {
    if (bsonType(value) === 'ObjectId') return value;
    if (typeof value !== 'string') return undefined;
    if (/^[0-9a-f]{24}$/i.test(value)) return ObjectId.createFromHexString(value);
    const why =
      value.length === 24
        ? 'Invalid character found in hex string'
        : `Invalid string length for parsing to OID, expected 24 but found ${value.length}`;
    throw new MongoError(
      241,
      'ConversionFailure',
      `Failed to parse objectId '${value}' in $convert with no onError value: ${why}`,
    );
  },
};

const tooLarge = (value: unknown) =>
  new MongoError(
    241,
    'ConversionFailure',
    `Conversion would overflow target type in $convert with no onError value: ${String(value)}`,
  );

/** A number without its fraction. @throws ConversionFailure when it does not fit */
function integerOf(value: unknown, bits: 32 | 64): bigint {
  const n = toDouble(value);
  if (Number.isNaN(n)) throw conversionFailure('Attempt to convert NaN value to integer type');
  const isInfinite = !Number.isFinite(n) && !/\d/.test(String(value));
  if (isInfinite) throw conversionFailure('Attempt to convert infinity value to integer type');
  let whole: bigint;
  if (numericKind(value) === 'long') whole = (value as Long).toBigInt();
  else if (numericKind(value) === 'decimal') {
    const { digits, exponent } = toDecimal(value);
    if (exponent > 20 && digits !== 0n) throw tooLarge(value);
    const unit = 10n ** BigInt(Math.abs(exponent));
    whole = exponent < 0 ? digits / unit : digits * unit;
  } else whole = BigInt(Math.trunc(n));
  if (BigInt.asIntN(bits, whole) !== whole) throw tooLarge(value);
  return whole;
}

/** @returns undefined for types nothing can be converted to. */
function targetOf(to: unknown): Target | undefined {
  if (typeof to === 'string') {
    if (Object.hasOwn(CONVERT, to)) return to as Target;
    if (OTHER_TYPES.has(to)) return undefined;
    throw new MongoError(2, 'BadValue', `Unknown type name: ${to}`);
  }
  const code = asInt32(to);
  if (code !== undefined && BY_CODE[code]) return BY_CODE[code];
  if (code !== undefined && OTHER_CODES.has(code)) return undefined;
  if (isDocument(to) || code === undefined)
    throw failedToParse("$convert's 'to' argument must be a string or number");
  throw failedToParse(
    `In $convert, numeric value for 'to' does not correspond to a BSON type: ${code}`,
  );
}

const convert: Operator = (argument, compiler, name) => {
  const given = argumentObject(argument, name, {
    required: ['input', 'to'],
    optional: ['onError', 'onNull'],
  });
  const part = (key: string): Evaluate | undefined =>
    Object.hasOwn(given, key) ? compiler.compile(given[key]) : undefined;
  const [input, to] = [compiler.compile(given.input), compiler.compile(given.to)];
  const [onError, onNull] = [part('onError'), part('onNull')];
  return (scope) => {
    const value = input(scope);
    const wanted = to(scope);
    const target = isNullish(wanted) ? undefined : targetOf(wanted);
    if (isNullish(value)) return onNull ? onNull(scope) : null;
    if (isNullish(wanted)) return null;
    try {
      if (target) return convertValue(value, target);
      throw conversionFailure(
        `Unsupported conversion from ${typeName(value)} to ${inspect(wanted)}`,
      );
    } catch (error) {
      if (onError && error instanceof MongoError && error.code === 241) return onError(scope);
      throw error;
    }
  };
};

const conversion = (target: Target): Operator =>
  unary((value) => (isNullish(value) ? null : convertValue(value, target)));

export const CONVERSIONS: Operators = {
  $convert: convert,
  $toDouble: conversion('double'),
  $toString: conversion('string'),
  $toObjectId: conversion('objectId'),
  $toBool: conversion('bool'),
  $toDate: conversion('date'),
  $toInt: conversion('int'),
  $toLong: conversion('long'),
  $toDecimal: conversion('decimal'),
  $type: unary(typeName),
  $isNumber: unary(isNumber),
};
