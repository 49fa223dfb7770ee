import type {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  ObjectId,
} from 'bson';
import { badValue } from '../errors';
import type { Document } from './types';
import { bsonType, RawArray, RawDocument } from './types';

/** One scratch buffer for the whole process: encoding is synchronous, results are copied out. */
let scratch = Buffer.allocUnsafe(1 << 16);
let pos = 0;

function room(bytes: number): void {
  if (pos + bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, pos + bytes));
  scratch.copy(larger, 0, 0, pos);
  scratch = larger;
}

/** Encodes a document; `undefined` fields are left out, as the driver does by default. */
export function encodeDocument(doc: Document): Buffer {
  pos = 0;
  writeDocument(doc, 0);
  const out = Buffer.allocUnsafe(pos);
  scratch.copy(out, 0, 0, pos);
  return out;
}

/**
 * Encodes `doc` behind `headBytes` free bytes, with the elements in `tail` (encoded without length
 * and terminator) appended to it: a whole wire message in one copy.
 */
export function encodeFramed(doc: Document, headBytes: number, tail: Uint8Array): Buffer {
  pos = headBytes;
  writeDocument(doc, 0);
  pos--;
  room(tail.length + 1);
  scratch.set(tail, pos);
  pos += tail.length;
  scratch[pos++] = 0;
  scratch.writeInt32LE(pos - headBytes, headBytes);
  const out = Buffer.allocUnsafe(pos);
  scratch.copy(out, 0, 0, pos);
  return out;
}

function writeKey(key: string): void {
  room(key.length * 3 + 16);
  const length = key.length;
  const start = pos;
  for (let i = 0; i < length; i++) {
    const code = key.charCodeAt(i);
    if (code === 0) throw badValue('Field names must not contain null bytes');
    if (code > 127) {
      pos = start + scratch.write(key, start, 'utf8');
      scratch[pos++] = 0;
      return;
    }
    scratch[pos++] = code;
  }
  scratch[pos++] = 0;
}

function writeInt32(value: number): void {
  scratch[pos++] = value & 255;
  scratch[pos++] = (value >> 8) & 255;
  scratch[pos++] = (value >> 16) & 255;
  scratch[pos++] = (value >> 24) & 255;
}

function writeString(value: string): void {
  room(value.length * 3 + 8);
  const size = scratch.write(value, pos + 4, 'utf8');
  writeInt32(size + 1);
  pos += size;
  scratch[pos++] = 0;
}

function writeCString(value: string): void {
  room(value.length * 3 + 2);
  pos += scratch.write(value, pos, 'utf8');
  scratch[pos++] = 0;
}

function writeBytes(bytes: Uint8Array): void {
  room(bytes.length + 1);
  scratch.set(bytes, pos);
  pos += bytes.length;
}

function writeDocument(doc: Document, depth: number): void {
  if (depth > 200) throw badValue('Document exceeds the maximum nesting depth of 200');
  room(8);
  const start = pos;
  pos += 4;
  for (const key in doc) {
    const value = doc[key];
    if (value !== undefined) writeElement(key, value, depth);
  }
  finish(start);
}

function writeArray(items: readonly unknown[], depth: number): void {
  if (depth > 200) throw badValue('Document exceeds the maximum nesting depth of 200');
  room(8);
  const start = pos;
  pos += 4;
  for (let i = 0; i < items.length; i++) writeElement(String(i), items[i] ?? null, depth);
  finish(start);
}

function finish(start: number): void {
  room(1);
  scratch[pos++] = 0;
  scratch.writeInt32LE(pos - start, start);
}

function writeElement(key: string, value: unknown, depth: number): void {
  room(1);
  const typeAt = pos++;
  writeKey(key);
  // Not in one statement: the left side would be taken before the value may move `scratch`.
  const type = writeValue(value, depth);
  scratch[typeAt] = type;
}

/** Writes the value and returns its BSON element type. */
function writeValue(value: unknown, depth: number): number {
  switch (typeof value) {
    case 'string':
      writeString(value);
      return 2;
    case 'number':
      room(8);
      if ((value | 0) === value && !Object.is(value, -0)) {
        writeInt32(value);
        return 16;
      }
      pos = scratch.writeDoubleLE(value, pos);
      return 1;
    case 'boolean':
      room(1);
      scratch[pos++] = value ? 1 : 0;
      return 8;
    case 'bigint':
      room(8);
      pos = scratch.writeBigInt64LE(BigInt.asIntN(64, value), pos);
      return 18;
    case 'object':
      return value === null ? 10 : writeObject(value, depth);
    default:
      throw badValue(`Cannot encode a value of type ${typeof value}`);
  }
}

function writeObject(value: object, depth: number): number {
  if (Array.isArray(value)) {
    writeArray(value, depth + 1);
    return 4;
  }
  if (value instanceof Date) {
    room(8);
    pos = scratch.writeBigInt64LE(BigInt(value.getTime()), pos);
    return 9;
  }
  const tag = bsonType(value);
  if (tag !== undefined) return writeTagged(tag, value, depth);
  if (value instanceof RawDocument) {
    writeBytes(value.bytes);
    return 3;
  }
  if (value instanceof RawArray) {
    writeRawArray(value);
    return 4;
  }
  if (value instanceof Uint8Array) {
    room(8);
    writeInt32(value.length);
    scratch[pos++] = 0;
    writeBytes(value);
    return 5;
  }
  if (value instanceof RegExp) {
    writeCString(value.source);
    writeCString(value.flags);
    return 11;
  }
  writeDocument(value as Document, depth + 1);
  return 3;
}

function writeRawArray(array: RawArray): void {
  room(8);
  const start = pos;
  pos += 4;
  for (let i = 0; i < array.items.length; i++) {
    room(1);
    scratch[pos++] = 3;
    writeKey(String(i));
    writeBytes(array.items[i]!);
  }
  finish(start);
}

function writeTagged(tag: string, value: object, depth: number): number {
  switch (tag) {
    case 'ObjectId':
      writeBytes((value as ObjectId).id);
      return 7;
    case 'Long':
    case 'Timestamp':
      room(8);
      writeInt32((value as Long).low);
      writeInt32((value as Long).high);
      return tag === 'Long' ? 18 : 17;
    case 'Double':
      room(8);
      pos = scratch.writeDoubleLE((value as Double).value, pos);
      return 1;
    case 'Int32':
      room(4);
      writeInt32((value as Int32).value);
      return 16;
    case 'Decimal128':
      writeBytes((value as Decimal128).bytes);
      return 19;
    case 'Binary':
      writeBinary(value as Binary);
      return 5;
    case 'MinKey':
      return 255;
    case 'MaxKey':
      return 127;
    case 'BSONRegExp':
      writeCString((value as BSONRegExp).pattern);
      writeCString((value as BSONRegExp).options);
      return 11;
    case 'BSONSymbol':
      writeString((value as BSONSymbol).value);
      return 14;
    case 'Code':
      return writeCode(value as Code, depth);
    default:
      throw badValue(`Cannot encode a ${tag}`);
  }
}

function writeBinary(value: Binary): void {
  const bytes = value.buffer.subarray(0, value.position);
  room(12);
  if (value.sub_type === 2) {
    writeInt32(bytes.length + 4);
    scratch[pos++] = 2;
    writeInt32(bytes.length);
  } else {
    writeInt32(bytes.length);
    scratch[pos++] = value.sub_type;
  }
  writeBytes(bytes);
}

function writeCode(value: Code, depth: number): number {
  if (!value.scope) {
    writeString(value.code);
    return 13;
  }
  room(8);
  const start = pos;
  pos += 4;
  writeString(value.code);
  writeDocument(value.scope, depth + 1);
  scratch.writeInt32LE(pos - start, start);
  return 15;
}
