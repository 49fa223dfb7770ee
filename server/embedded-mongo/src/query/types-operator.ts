import type { Binary } from 'bson';
import { isNumber, numericKind, toDouble } from '../bson/numbers';
import { bsonType, isDocument, isArray } from '../bson/types';
import { badValue, failedToParse, typeMismatch } from '../errors';
import { isRegex } from './regex';

const NUMBERS: Record<number, string> = {
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  6: 'undefined',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  13: 'javascript',
  14: 'symbol',
  15: 'javascriptWithScope',
  16: 'int',
  17: 'timestamp',
  18: 'long',
  19: 'decimal',
  [-1]: 'minKey',
  127: 'maxKey',
};
const NAMES = new Set([...Object.values(NUMBERS), 'number']);

const TAGS: Record<string, string> = {
  Binary: 'binData',
  ObjectId: 'objectId',
  Timestamp: 'timestamp',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
  Code: 'javascript',
  BSONSymbol: 'symbol',
};

/** MongoDB's name of the value's type (`int`, `string`, `object` ...). */
export function typeName(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  const kind = numericKind(value);
  if (kind) return kind;
  if (isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (isRegex(value)) return 'regex';
  if (isDocument(value)) return 'object';
  const tag = bsonType(value);
  if (tag === 'Code' && (value as { scope?: unknown }).scope) return 'javascriptWithScope';
  return (tag && TAGS[tag]) ?? ((value as Binary) ? 'binData' : 'undefined');
}

/** Test for `$type` with names, numbers or an array of them. */
export function compileType(operand: unknown): (value: unknown) => boolean {
  const wanted = new Set<string>();
  if (isArray(operand) && !operand.length)
    throw failedToParse('$type must match at least one type');
  for (const type of isArray(operand) ? operand : [operand]) {
    if (isNumber(type) && !NUMBERS[toDouble(type)])
      throw badValue(`Invalid numerical type code: ${String(toDouble(type))}`);
    if (!isNumber(type) && typeof type !== 'string')
      throw typeMismatch('type must be represented as a number or a string');
    const name = isNumber(type) ? NUMBERS[toDouble(type)] : type;
    if (typeof name !== 'string' || !NAMES.has(name))
      throw badValue(`Unknown type name alias: ${String(type)}`);
    wanted.add(name);
  }
  return (value) => {
    if (value === undefined) return false;
    return wanted.has(typeName(value)) || (wanted.has('number') && isNumber(value));
  };
}
