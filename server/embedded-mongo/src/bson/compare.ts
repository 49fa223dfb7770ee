import type { Binary, BSONRegExp, BSONSymbol, Code, Long, ObjectId } from 'bson';
import { compareNumbers } from './numbers';
import type { Document } from './types';
import { bsonType } from './types';

/** MongoDB's canonical type order, with gaps; also the first byte of an index key. */
export const RANK = {
  minKey: 0x01,
  emptyArray: 0x08,
  null: 0x10,
  number: 0x20,
  string: 0x30,
  object: 0x40,
  array: 0x50,
  binary: 0x60,
  objectId: 0x70,
  boolean: 0x80,
  date: 0x90,
  timestamp: 0xa0,
  regex: 0xb0,
  code: 0xc0,
  maxKey: 0xf0,
} as const;

const TAGGED: Record<string, number> = {
  ObjectId: RANK.objectId,
  Long: RANK.number,
  Int32: RANK.number,
  Double: RANK.number,
  Decimal128: RANK.number,
  Binary: RANK.binary,
  Timestamp: RANK.timestamp,
  MinKey: RANK.minKey,
  MaxKey: RANK.maxKey,
  BSONRegExp: RANK.regex,
  BSONSymbol: RANK.string,
  Code: RANK.code,
};

/** Place of the value's type in MongoDB's comparison order; a missing value ranks as null. */
export function typeRank(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return RANK.string;
    case 'number':
      return RANK.number;
    case 'boolean':
      return RANK.boolean;
    case 'undefined':
      return RANK.null;
    default:
  }
  if (value === null) return RANK.null;
  const tag = bsonType(value);
  if (tag !== undefined) return TAGGED[tag] ?? RANK.object;
  if (Array.isArray(value)) return RANK.array;
  if (value instanceof Date) return RANK.date;
  if (value instanceof Uint8Array) return RANK.binary;
  if (value instanceof RegExp) return RANK.regex;
  return RANK.object;
}

/** UTF-8 byte order, which differs from UTF-16 order only where surrogates are involved. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      const xs = x >= 0xd800 && x <= 0xdfff;
      const ys = y >= 0xd800 && y <= 0xdfff;
      if (xs !== ys) return xs ? 1 : -1;
      return x < y ? -1 : 1;
    }
  }
  return a.length < b.length ? -1 : 1;
}

const sign = (n: number) => (n < 0 ? -1 : n > 0 ? 1 : 0);

/**
 * Total order over BSON values as MongoDB defines it; 0 means equal.
 * @param strings the order of strings, at any depth; that of their bytes when left out
 */
export function compareValues(a: unknown, b: unknown, strings = compareStrings): number {
  if (typeof a === 'number' && typeof b === 'number' && a === a && b === b)
    return a < b ? -1 : a > b ? 1 : 0;
  const rank = typeRank(a);
  const difference = rank - typeRank(b);
  if (difference !== 0) return sign(difference);
  switch (rank) {
    case RANK.number:
      return compareNumbers(a, b);
    case RANK.string:
      return strings(text(a), text(b));
    case RANK.object:
      return compareDocuments(a as Document, b as Document, strings);
    case RANK.array:
      return compareArrays(a as unknown[], b as unknown[], strings);
    case RANK.binary:
      return compareBinary(a, b);
    case RANK.objectId:
      return sign(Buffer.compare((a as ObjectId).id, (b as ObjectId).id));
    case RANK.boolean:
    case RANK.date:
      return sign(Number(a) - Number(b));
    case RANK.timestamp:
      return (a as Long).compare(b as Long);
    case RANK.regex:
      return compareStrings(regexText(a), regexText(b));
    case RANK.code:
      return compareStrings((a as Code).code, (b as Code).code);
    default:
      return 0;
  }
}

/** Equality in MongoDB's sense: numbers across types, documents with the same key order. */
export function valuesEqual(a: unknown, b: unknown, strings = compareStrings): boolean {
  return a === b || compareValues(a, b, strings) === 0;
}

const text = (value: unknown) => (typeof value === 'string' ? value : (value as BSONSymbol).value);

/** A regex as one comparable string. */
export function regexText(value: unknown): string {
  return value instanceof RegExp
    ? `${value.source}\0${value.flags}`
    : `${(value as BSONRegExp).pattern}\0${(value as BSONRegExp).options}`;
}

function compareDocuments(a: Document, b: Document, strings: typeof compareStrings): number {
  const left = Object.keys(a);
  const right = Object.keys(b);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const ka = left[i]!;
    const kb = right[i]!;
    const byType = typeRank(a[ka]) - typeRank(b[kb]);
    if (byType !== 0) return sign(byType);
    const byName = compareStrings(ka, kb);
    if (byName !== 0) return byName;
    const byValue = compareValues(a[ka], b[kb], strings);
    if (byValue !== 0) return byValue;
  }
  return sign(left.length - right.length);
}

function compareArrays(a: unknown[], b: unknown[], strings: typeof compareStrings): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const byValue = compareValues(a[i], b[i], strings);
    if (byValue !== 0) return byValue;
  }
  return sign(a.length - b.length);
}

/** Length, sub-type and bytes of a binary value. */
export function binaryParts(value: unknown): { bytes: Uint8Array; subType: number } {
  if (value instanceof Uint8Array) return { bytes: value, subType: 0 };
  const binary = value as Binary;
  return { bytes: binary.buffer.subarray(0, binary.position), subType: binary.sub_type };
}

function compareBinary(a: unknown, b: unknown): number {
  const x = binaryParts(a);
  const y = binaryParts(b);
  return (
    sign(x.bytes.length - y.bytes.length) ||
    sign(x.subType - y.subType) ||
    sign(Buffer.compare(x.bytes, y.bytes))
  );
}
