import { createHash } from 'node:crypto';
import type { Code, Long, ObjectId } from 'bson';
import { binaryParts, RANK, regexText, typeRank } from '../bson/compare';
import { toDouble, toFraction } from '../bson/numbers';
import type { Document } from '../bson/types';
import { bsonType } from '../bson/types';

/** What an empty array is indexed as: before null, after MinKey (MongoDB's `undefined`). */
export const EMPTY_ARRAY = Symbol('emptyArray');

/** LMDB keys may have 1,978 bytes; longer encodings are cut and closed with a hash. */
export const MAX_KEY = 1880;

let scratch = Buffer.allocUnsafe(1 << 14);
let pos = 0;

function room(bytes: number): void {
  if (pos + bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, pos + bytes));
  scratch.copy(larger, 0, 0, pos);
  scratch = larger;
}

const FLOAT = new DataView(new ArrayBuffer(8));

function writeDouble(value: number): void {
  room(9);
  FLOAT.setFloat64(0, value === 0 ? 0 : value);
  let high = FLOAT.getUint32(0);
  let low = FLOAT.getUint32(4);
  if (Number.isNaN(value)) {
    high = 0;
    low = 0;
  } else if (high & 0x80000000) {
    high = ~high >>> 0;
    low = ~low >>> 0;
  } else high = (high | 0x80000000) >>> 0;
  scratch.writeUInt32BE(high, pos);
  scratch.writeUInt32BE(low, pos + 4);
  pos += 8;
}

/** The next double below. */
function previousDouble(value: number): number {
  FLOAT.setFloat64(0, value);
  const bits = FLOAT.getBigUint64(0);
  if (value === 0) return -Number.MIN_VALUE;
  FLOAT.setBigUint64(0, value > 0 ? bits - 1n : bits + 1n);
  return FLOAT.getFloat64(0);
}

/**
 * A number is the largest double not above it, then one byte: 0 when that is exact, else 1 and the
 * remainder as decimal digits. So 2^53 and Long 2^53+1 stay distinct and in order.
 */
function writeNumber(value: unknown): void {
  let base = toDouble(value);
  const tag = bsonType(value);
  const wide = tag === 'Decimal128' || (tag === 'Long' && !Number.isSafeInteger(base));
  if (!wide || !Number.isFinite(base)) {
    writeDouble(base);
    scratch[pos++] = 0;
    return;
  }
  const exact = toFraction(value);
  let floor = toFraction(base);
  if (exact.num * floor.den < floor.num * exact.den) {
    base = previousDouble(base);
    floor = toFraction(base);
  }
  writeDouble(base);
  const num = exact.num * floor.den - floor.num * exact.den;
  const den = exact.den * floor.den;
  room(64);
  scratch[pos++] = num === 0n ? 0 : 1;
  if (num !== 0n) writeRemainder(num, den);
}

/** A positive fraction as a biased decimal exponent and up to 40 digits. */
function writeRemainder(num: bigint, den: bigint): void {
  let exponent = 0;
  while (num >= den) {
    den *= 10n;
    exponent++;
  }
  while (num * 10n < den) {
    num *= 10n;
    exponent--;
  }
  scratch.writeUInt16BE(exponent + 32768, pos);
  pos += 2;
  for (let i = 0; i < 40 && num !== 0n; i++) {
    num *= 10n;
    scratch[pos++] = Number(num / den) + 1;
    num %= den;
  }
  scratch[pos++] = 0;
}

/** UTF-8 with 0x00 escaped as 0x00 0xFF and ended by 0x00 0x01, so that prefixes sort first. */
function writeText(value: string): void {
  room(value.length * 3 + 2);
  const start = pos;
  pos += scratch.write(value, pos, 'utf8');
  if (value.includes('\0')) {
    const bytes = Buffer.from(scratch.subarray(start, pos));
    room(bytes.length * 2 + 2);
    pos = start;
    for (const byte of bytes) {
      scratch[pos++] = byte;
      if (byte === 0) scratch[pos++] = 0xff;
    }
  }
  room(2);
  scratch[pos++] = 0;
  scratch[pos++] = 1;
}

function writeBytes(bytes: Uint8Array): void {
  room(bytes.length);
  scratch.set(bytes, pos);
  pos += bytes.length;
}

function writeValue(value: unknown): void {
  room(16);
  if (value === EMPTY_ARRAY) {
    scratch[pos++] = RANK.emptyArray;
    return;
  }
  const rank = typeRank(value);
  scratch[pos++] = rank;
  switch (rank) {
    case RANK.number:
      return writeNumber(value);
    case RANK.string:
      return writeText(typeof value === 'string' ? value : String(value));
    case RANK.object:
      for (const key of Object.keys(value as Document)) {
        room(1);
        scratch[pos++] = typeRank((value as Document)[key]);
        writeText(key);
        writeValue((value as Document)[key]);
      }
      room(1);
      scratch[pos++] = 0;
      return;
    case RANK.array:
      for (const item of value as unknown[]) writeValue(item);
      room(1);
      scratch[pos++] = 0;
      return;
    case RANK.binary: {
      const { bytes, subType } = binaryParts(value);
      scratch.writeUInt32BE(bytes.length, pos);
      scratch[pos + 4] = subType;
      pos += 5;
      return writeBytes(bytes);
    }
    case RANK.objectId:
      return writeBytes((value as ObjectId).id);
    case RANK.boolean:
      scratch[pos++] = value ? 1 : 0;
      return;
    case RANK.date:
      return writeDouble(Number(value));
    case RANK.timestamp:
      scratch.writeUInt32BE((value as Long).getHighBitsUnsigned(), pos);
      scratch.writeUInt32BE((value as Long).getLowBitsUnsigned(), pos + 4);
      pos += 8;
      return;
    case RANK.regex:
      return writeText(regexText(value));
    case RANK.code:
      return writeText((value as Code).code);
    default:
  }
}

/**
 * The order-preserving encoding of an index key: index id, then each value (inverted for a
 * descending field). Not yet limited in length, see {@link limitKey}.
 */
export function encodeKey(
  indexId: number,
  values: readonly unknown[],
  directions: readonly number[],
): Buffer {
  pos = 4;
  scratch.writeUInt32BE(indexId, 0);
  for (let i = 0; i < values.length; i++) {
    const start = pos;
    writeValue(values[i]);
    if (directions[i]! < 0) invert(scratch, start, pos);
  }
  const out = Buffer.allocUnsafe(pos);
  scratch.copy(out, 0, 0, pos);
  return out;
}

function invert(buf: Buffer, from: number, to: number): void {
  for (let i = from; i < to; i++) buf[i] = 255 - buf[i]!;
}

/** Cuts an over-long key and appends a hash, so that distinct values keep distinct keys. */
export function limitKey(key: Buffer): Buffer {
  if (key.length <= MAX_KEY) return key;
  const hash = createHash('sha1').update(key).digest().subarray(0, 16);
  return Buffer.concat([key.subarray(0, MAX_KEY), hash]);
}

/** `prefix` followed by the encoding of one value in the given direction. */
export function appendValue(prefix: Buffer, value: unknown, direction: number): Buffer {
  pos = 0;
  writeValue(value);
  if (direction < 0) invert(scratch, 0, pos);
  return Buffer.concat([prefix, scratch.subarray(0, pos)]);
}

/** `prefix` followed by single bytes (inverted for a descending field). */
export function appendBytes(prefix: Buffer, bytes: readonly number[], direction: number): Buffer {
  return Buffer.concat([prefix, Buffer.from(bytes.map((b) => (direction < 0 ? 255 - b : b)))]);
}

/** The smallest key greater than every key that starts with `prefix`. */
export function afterPrefix(prefix: Buffer): Buffer {
  const out = Buffer.from(prefix.length > MAX_KEY ? prefix.subarray(0, MAX_KEY) : prefix);
  for (let i = out.length - 1; i >= 0; i--) {
    if (out[i] !== 255) {
      out[i] = out[i]! + 1;
      return out.subarray(0, i + 1);
    }
  }
  return out;
}

const RID_BYTES = 6;

/** Key of a stored document: collection id and record id (insertion order). */
export function documentKey(collectionId: number, rid: number): Buffer {
  const key = Buffer.allocUnsafe(4 + RID_BYTES);
  key.writeUInt32BE(collectionId, 0);
  key.writeUIntBE(rid, 4, RID_BYTES);
  return key;
}

export function encodeRid(rid: number): Buffer {
  const out = Buffer.allocUnsafe(RID_BYTES);
  out.writeUIntBE(rid, 0, RID_BYTES);
  return out;
}

export const decodeRid = (buf: Buffer, at = 0): number => buf.readUIntBE(at, RID_BYTES);

/** The 4-byte prefix shared by all keys of one collection or index. */
export function treePrefix(id: number): Buffer {
  const out = Buffer.allocUnsafe(4);
  out.writeUInt32BE(id, 0);
  return out;
}
