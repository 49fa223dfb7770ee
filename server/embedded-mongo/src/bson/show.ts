import type { BSONRegExp, Code, Timestamp } from 'bson';
import { binaryParts } from './compare';
import { numericKind, toDouble } from './numbers';
import type { Document } from './types';
import { bsonType, isArray, isDocument } from './types';

/** A value as MongoDB's messages show it: `"text"`, `{ a: 1, b: [ 2.5 ] }`, `ObjectId('...')`. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (isArray(value)) return value.length ? `[ ${value.map(showValue).join(', ')} ]` : '[]';
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (numericKind(value) === 'double') return showDouble(toDouble(value));
  if (isDocument(value)) return showDocument(value);
  return showTagged(value);
}

/** `{ a: 1, b: "x" }`. */
export function showDocument(doc: Document): string {
  const fields = Object.keys(doc).map((name) => showField(name, doc[name]));
  return fields.length ? `{ ${fields.join(', ')} }` : '{}';
}

/** `name: value`. */
export const showField = (name: string, value: unknown): string => `${name}: ${showValue(value)}`;

const showDouble = (n: number) => (Number.isInteger(n) ? n.toFixed(1) : String(n));

function showTagged(value: unknown): string {
  switch (bsonType(value)) {
    case 'ObjectId':
      return `ObjectId('${String(value)}')`;
    case 'Decimal128':
      return `Decimal128("${String(value)}")`;
    case 'BSONRegExp':
      return `/${(value as BSONRegExp).pattern}/${(value as BSONRegExp).options}`;
    case 'Timestamp': {
      const { t, i } = value as Timestamp;
      return `Timestamp(${t}, ${i})`;
    }
    case 'Binary': {
      const { bytes, subType } = binaryParts(value);
      return `BinData(${subType}, ${Buffer.from(bytes).toString('hex').toUpperCase()})`;
    }
    case 'Code':
      return (value as Code).code;
    case 'MinKey':
    case 'MaxKey':
      return bsonType(value)!;
    default:
      return String(value);
  }
}
