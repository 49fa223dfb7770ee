import type { Binary, BSONRegExp, BSONSymbol, Code } from 'bson';
import { bsonType, RawArray, RawDocument } from './types';

/** Length of a string in UTF-8 without encoding it; exact but for lone surrogates. */
function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}

/** Bytes a value takes in BSON, without its type byte and field name. */
export function bsonSize(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return 5 + utf8Length(value);
    case 'number':
      return (value | 0) === value ? 4 : 8;
    case 'boolean':
      return 1;
    case 'object':
      return value === null ? 0 : sizeOfObject(value);
    default:
      return 0;
  }
}

function sizeOfObject(value: object): number {
  if (Array.isArray(value)) {
    let bytes = 5;
    for (let i = 0; i < value.length; i++) bytes += 2 + String(i).length + bsonSize(value[i]);
    return bytes;
  }
  if (value instanceof Date) return 8;
  if (value instanceof Uint8Array) return 5 + value.length;
  if (value instanceof RawDocument) return value.bytes.length;
  if (value instanceof RawArray)
    return value.items.reduce((bytes, item) => bytes + 8 + item.length, 5);
  switch (bsonType(value)) {
    case undefined: {
      let bytes = 5;
      for (const key of Object.keys(value))
        bytes += 2 + utf8Length(key) + bsonSize((value as Record<string, unknown>)[key]);
      return bytes;
    }
    case 'ObjectId':
      return 12;
    case 'Decimal128':
      return 16;
    case 'Binary':
      return 5 + (value as Binary).position;
    case 'BSONRegExp':
      return (
        2 + utf8Length((value as BSONRegExp).pattern) + utf8Length((value as BSONRegExp).options)
      );
    case 'BSONSymbol':
      return 5 + utf8Length((value as BSONSymbol).value);
    case 'Code':
      return 13 + utf8Length((value as Code).code) + bsonSize((value as Code).scope ?? null);
    default:
      return 8;
  }
}
