import { isUtf8 } from 'node:buffer';

/** How deep MongoDB lets documents nest. */
const MAX_DEPTH = 200;

class Malformed extends Error {}

/**
 * Strictly checks the bytes of a stored document: lengths that agree with each other, known types,
 * terminators in place, text that is UTF-8. The reader in `decode.ts` trusts what it is given.
 * @returns what is wrong, in a few words; undefined for a proper document
 */
export function bsonProblem(buf: Buffer): string | undefined {
  try {
    const end = checkContainer(buf, 0, buf.length, 0);
    return end === buf.length ? undefined : `${buf.length - end} bytes after the end`;
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
}

function need(at: number, bytes: number, limit: number): void {
  if (bytes < 0 || at + bytes > limit) throw new Malformed(`value at byte ${at} runs over the end`);
}

/** @returns the position after the document or array */
function checkContainer(buf: Buffer, start: number, limit: number, depth: number): number {
  if (depth > MAX_DEPTH) throw new Malformed('nested too deeply');
  need(start, 5, limit);
  const size = buf.readInt32LE(start);
  if (size < 5) throw new Malformed(`bad length ${size} at byte ${start}`);
  need(start, size, limit);
  const last = start + size - 1;
  if (buf[last] !== 0) throw new Malformed(`no terminator at byte ${last}`);
  let at = start + 4;
  while (at < last) {
    const type = buf[at]!;
    at = checkValue(buf, checkKey(buf, at + 1, last), type, last, depth);
  }
  if (at !== last) throw new Malformed(`value at byte ${at} runs over the end`);
  return last + 1;
}

/** @returns the position after the zero that ends the text */
function checkKey(buf: Buffer, at: number, limit: number): number {
  const end = buf.indexOf(0, at);
  if (end < 0 || end >= limit) throw new Malformed(`unterminated text at byte ${at}`);
  if (!isUtf8(buf.subarray(at, end))) throw new Malformed(`text at byte ${at} is not UTF-8`);
  return end + 1;
}

function checkString(buf: Buffer, at: number, limit: number): number {
  need(at, 5, limit);
  const size = buf.readInt32LE(at);
  if (size < 1) throw new Malformed(`bad text length ${size} at byte ${at}`);
  need(at + 4, size, limit);
  if (buf[at + 3 + size] !== 0) throw new Malformed(`unterminated text at byte ${at}`);
  if (!isUtf8(buf.subarray(at + 4, at + 3 + size)))
    throw new Malformed(`text at byte ${at} is not UTF-8`);
  return at + 4 + size;
}

function checkValue(buf: Buffer, at: number, type: number, limit: number, depth: number): number {
  const fixed = FIXED.get(type);
  if (fixed !== undefined) {
    need(at, fixed, limit);
    if (type === 8 && buf[at]! > 1) throw new Malformed(`bad boolean at byte ${at}`);
    return at + fixed;
  }
  switch (type) {
    case 2:
    case 13:
    case 14:
      return checkString(buf, at, limit);
    case 3:
    case 4:
      return checkContainer(buf, at, limit, depth + 1);
    case 5: {
      need(at, 5, limit);
      const size = buf.readInt32LE(at);
      need(at + 5, size, limit);
      return at + 5 + size;
    }
    case 11:
      return checkKey(buf, checkKey(buf, at, limit), limit);
    case 15: {
      need(at, 14, limit);
      const end = at + buf.readInt32LE(at);
      need(at, end - at, limit);
      const scope = checkString(buf, at + 4, end);
      if (checkContainer(buf, scope, end, depth + 1) !== end)
        throw new Malformed(`bad code with scope at byte ${at}`);
      return end;
    }
    default:
      throw new Malformed(`unknown type 0x${type.toString(16)} at byte ${at}`);
  }
}

/** Bytes of the values that always have the same size. */
const FIXED = new Map([
  [1, 8],
  [6, 0],
  [7, 12],
  [8, 1],
  [9, 8],
  [10, 0],
  [16, 4],
  [17, 8],
  [18, 8],
  [19, 16],
  [127, 0],
  [255, 0],
]);
