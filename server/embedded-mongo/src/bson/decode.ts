import { utf8 } from './slices';
import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { badValue, invalidBson } from '../errors';
import type { Document } from './types';
import { makeDocument } from './types';

/**
 * A lossless BSON reader. int32 becomes a JS number; a double becomes a JS number unless writing
 * that number back would make it an int32 (5.0), then it is a `Double`; int64 is a `Long`. So a
 * value that is read and written keeps its BSON type.
 */
export function decodeDocument(buf: Buffer, offset = 0): Document {
  const end = offset + int32(buf, offset);
  if (end > buf.length || end < offset + 5) throw invalidBson('bad document length');
  return readDocument(buf, offset, undefined, undefined);
}

/** Reads only the top-level fields in `wanted`, skipping the rest without decoding. */
export function decodeFields(buf: Buffer, wanted: ReadonlySet<string>): Document {
  return readDocument(buf, 0, wanted, undefined);
}

/** Reads a document but leaves the array of documents at top-level field `rawField` encoded. */
export function decodeWithRaw(buf: Buffer, offset: number, rawField: string): Document {
  return readDocument(buf, offset, undefined, rawField);
}

/** The first top-level field's name (a command's name). */
export function firstKey(buf: Buffer, offset: number): string {
  if (buf[offset + 4] === 0) return '';
  return utf8(buf, offset + 5, buf.indexOf(0, offset + 5));
}

/** The value of one top-level field and whether it comes first; undefined when absent. */
export function readField(
  buf: Buffer,
  name: string,
): { value: unknown; first: boolean } | undefined {
  const end = int32(buf, 0) - 1;
  let at = 4;
  let first = true;
  while (at < end) {
    const type = buf[at]!;
    const keyStart = at + 1;
    at = keyEnd(buf, keyStart);
    if (keyAt(buf, keyStart, at) === name)
      return { value: readValue(buf, at + 1, type).value, first };
    at = forward(skipValue(buf, at + 1, type), at, end);
    first = false;
  }
  return undefined;
}

/** Damaged lengths must neither send the reader round in circles nor beyond its document. */
function forward(next: number, from: number, end: number): number {
  if (next <= from || next > end) throw invalidBson('bad value length');
  return next;
}

function int32(buf: Buffer, at: number): number {
  return buf[at]! | (buf[at + 1]! << 8) | (buf[at + 2]! << 16) | (buf[at + 3]! << 24);
}

function keyEnd(buf: Buffer, at: number): number {
  const length = buf.length;
  while (buf[at] !== 0) if (++at >= length) throw invalidBson('unterminated key');
  return at;
}

/** Field names repeat in every document: a small direct-mapped cache saves making the strings. */
const KEY_CACHE: string[] = new Array<string>(4096).fill('');

function keyAt(buf: Buffer, start: number, end: number): string {
  const length = end - start;
  if (length > 24) return utf8(buf, start, end);
  let hash = length;
  for (let i = start; i < end; i++) hash = (hash * 31 + buf[i]!) | 0;
  const slot = hash & 4095;
  const cached = KEY_CACHE[slot]!;
  if (cached.length === length) {
    let i = 0;
    while (i < length && cached.charCodeAt(i) === buf[start + i]) i++;
    if (i === length) return cached;
  }
  const key = utf8(buf, start, end);
  KEY_CACHE[slot] = key;
  return key;
}

function readDocument(
  buf: Buffer,
  start: number,
  wanted: ReadonlySet<string> | undefined,
  rawField: string | undefined,
): Document {
  const doc = makeDocument();
  const end = start + int32(buf, start) - 1;
  let at = start + 4;
  let left = wanted ? wanted.size : -1;
  while (at < end) {
    const type = buf[at]!;
    const keyStart = at + 1;
    const keyStop = keyEnd(buf, keyStart);
    const key = keyAt(buf, keyStart, keyStop);
    at = keyStop + 1;
    if (wanted && !wanted.has(key)) {
      at = forward(skipValue(buf, at, type), keyStop, end);
      continue;
    }
    if (type === 4 && key === rawField) {
      doc[key] = readRawItems(buf, at);
      at += int32(buf, at);
      continue;
    }
    const read = readValue(buf, at, type);
    at = forward(read.next, keyStop, end);
    doc[key] = read.value;
    if (--left === 0) break;
  }
  return doc;
}

function readRawItems(buf: Buffer, start: number): Buffer[] {
  const items: Buffer[] = [];
  const end = start + int32(buf, start) - 1;
  let at = start + 4;
  while (at < end) {
    if (buf[at] !== 3) throw badValue('Expected an array of documents');
    at = keyEnd(buf, at + 1) + 1;
    const size = int32(buf, at);
    items.push(buf.subarray(at, at + size));
    at += size;
  }
  return items;
}

function readArray(buf: Buffer, start: number): unknown[] {
  const out: unknown[] = [];
  const end = start + int32(buf, start) - 1;
  let at = start + 4;
  while (at < end) {
    const type = buf[at]!;
    const read = readValue(buf, keyEnd(buf, at + 1) + 1, type);
    at = forward(read.next, at, end);
    out.push(read.value);
  }
  return out;
}

/** One shared result object: allocating a pair per value would dominate decoding. */
const RESULT: { value: unknown; next: number } = { value: undefined, next: 0 };
function done(value: unknown, next: number) {
  RESULT.value = value;
  RESULT.next = next;
  return RESULT;
}

function readValue(buf: Buffer, at: number, type: number): { value: unknown; next: number } {
  switch (type) {
    case 1: {
      const value = buf.readDoubleLE(at);
      const looksInt32 = (value | 0) === value && !Object.is(value, -0);
      return done(looksInt32 ? new Double(value) : value, at + 8);
    }
    case 2: {
      const size = int32(buf, at);
      return done(utf8(buf, at + 4, at + 3 + size), at + 4 + size);
    }
    case 3:
      return done(readDocument(buf, at, undefined, undefined), at + int32(buf, at));
    case 4:
      return done(readArray(buf, at), at + int32(buf, at));
    case 5: {
      const size = int32(buf, at);
      let from = at + 5;
      const subType = buf[at + 4]!;
      if (subType === 2) from += 4;
      const bytes = Buffer.from(buf.subarray(from, at + 5 + size));
      return done(new Binary(bytes, subType), at + 5 + size);
    }
    case 7:
      return done(new ObjectId(buf.subarray(at, at + 12)), at + 12);
    case 8:
      return done(buf[at] === 1, at + 1);
    case 9:
      return done(new Date(Number(buf.readBigInt64LE(at))), at + 8);
    case 6:
    case 10:
      return done(null, at);
    case 11: {
      const patternEnd = keyEnd(buf, at);
      const optionsEnd = keyEnd(buf, patternEnd + 1);
      return done(
        new BSONRegExp(utf8(buf, at, patternEnd), utf8(buf, patternEnd + 1, optionsEnd)),
        optionsEnd + 1,
      );
    }
    case 13: {
      const size = int32(buf, at);
      return done(new Code(utf8(buf, at + 4, at + 3 + size)), at + 4 + size);
    }
    case 14: {
      const size = int32(buf, at);
      return done(new BSONSymbol(utf8(buf, at + 4, at + 3 + size)), at + 4 + size);
    }
    case 15: {
      const size = int32(buf, at + 4);
      const scope = readDocument(buf, at + 8 + size, undefined, undefined);
      return done(new Code(utf8(buf, at + 8, at + 7 + size), scope), at + int32(buf, at));
    }
    case 16:
      return done(int32(buf, at), at + 4);
    case 17:
      return done(new Timestamp(new Long(int32(buf, at), int32(buf, at + 4), true)), at + 8);
    case 18:
      return done(new Long(int32(buf, at), int32(buf, at + 4)), at + 8);
    case 19:
      return done(new Decimal128(Buffer.from(buf.subarray(at, at + 16))), at + 16);
    case 255:
      return done(new MinKey(), at);
    case 127:
      return done(new MaxKey(), at);
    default:
      throw invalidBson(`unsupported element type 0x${type.toString(16)}`);
  }
}

function skipValue(buf: Buffer, at: number, type: number): number {
  switch (type) {
    case 1:
    case 9:
    case 17:
    case 18:
      return at + 8;
    case 2:
    case 13:
    case 14:
      return at + 4 + int32(buf, at);
    case 3:
    case 4:
    case 15:
      return at + int32(buf, at);
    case 5:
      return at + 5 + int32(buf, at);
    case 7:
      return at + 12;
    case 8:
      return at + 1;
    case 6:
    case 10:
    case 127:
    case 255:
      return at;
    case 11:
      return keyEnd(buf, keyEnd(buf, at) + 1) + 1;
    case 16:
      return at + 4;
    case 19:
      return at + 16;
    default:
      throw invalidBson(`unsupported element type 0x${type.toString(16)}`);
  }
}
