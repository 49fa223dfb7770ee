import { Decimal128, ObjectId } from 'bson';
import { invalidBson } from '../errors';
import { bsonProblem } from './check';
import { utf8 } from './slices';

/**
 * An encoded document as canonical Extended JSON (v2) on one line. Written straight from the bytes:
 * a JS object between would lose the order of fields whose names look like numbers.
 * @throws InvalidBSON 22
 */
export function toExtendedJson(raw: Buffer): string {
  const problem = bsonProblem(raw);
  if (problem) throw invalidBson(problem);
  return container(raw, 0, false);
}

function container(buf: Buffer, start: number, isArray: boolean): string {
  const end = start + buf.readInt32LE(start) - 1;
  const parts: string[] = [];
  let at = start + 4;
  while (at < end) {
    const type = buf[at]!;
    const keyEnd = buf.indexOf(0, at + 1);
    const { text, next } = value(buf, keyEnd + 1, type);
    parts.push(isArray ? text : `${JSON.stringify(utf8(buf, at + 1, keyEnd))}:${text}`);
    at = next;
  }
  return isArray ? `[${parts.join(',')}]` : `{${parts.join(',')}}`;
}

const tagged = (name: string, inner: unknown): string => `{"$${name}":${JSON.stringify(inner)}}`;

function double(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  if (!Number.isFinite(value)) return String(value);
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
}

const string = (buf: Buffer, at: number): string => utf8(buf, at + 4, at + 3 + buf.readInt32LE(at));

function value(buf: Buffer, at: number, type: number): { text: string; next: number } {
  const sized = (text: string, bytes: number) => ({ text, next: at + bytes });
  switch (type) {
    case 1:
      return sized(tagged('numberDouble', double(buf.readDoubleLE(at))), 8);
    case 2:
      return sized(JSON.stringify(string(buf, at)), 4 + buf.readInt32LE(at));
    case 3:
    case 4:
      return sized(container(buf, at, type === 4), buf.readInt32LE(at));
    case 5:
      return binary(buf, at);
    case 6:
      return sized('{"$undefined":true}', 0);
    case 7:
      return sized(tagged('oid', new ObjectId(buf.subarray(at, at + 12)).toHexString()), 12);
    case 8:
      return sized(buf[at] === 1 ? 'true' : 'false', 1);
    case 9:
      return sized(tagged('date', { $numberLong: String(buf.readBigInt64LE(at)) }), 8);
    case 10:
      return sized('null', 0);
    case 11: {
      const middle = buf.indexOf(0, at);
      const end = buf.indexOf(0, middle + 1);
      const expression = { pattern: utf8(buf, at, middle), options: utf8(buf, middle + 1, end) };
      return { text: tagged('regularExpression', expression), next: end + 1 };
    }
    case 13:
      return sized(tagged('code', string(buf, at)), 4 + buf.readInt32LE(at));
    case 14:
      return sized(tagged('symbol', string(buf, at)), 4 + buf.readInt32LE(at));
    case 15: {
      const scope = container(buf, at + 8 + buf.readInt32LE(at + 4), false);
      const code = JSON.stringify(string(buf, at + 4));
      return sized(`{"$code":${code},"$scope":${scope}}`, buf.readInt32LE(at));
    }
    case 16:
      return sized(tagged('numberInt', String(buf.readInt32LE(at))), 4);
    case 17: {
      const time = { t: buf.readUInt32LE(at + 4), i: buf.readUInt32LE(at) };
      return sized(tagged('timestamp', time), 8);
    }
    case 18:
      return sized(tagged('numberLong', String(buf.readBigInt64LE(at))), 8);
    case 19: {
      const decimal = new Decimal128(Buffer.from(buf.subarray(at, at + 16)));
      return sized(tagged('numberDecimal', decimal.toString()), 16);
    }
    case 255:
      return sized('{"$minKey":1}', 0);
    case 127:
      return sized('{"$maxKey":1}', 0);
    default:
      throw invalidBson(`unsupported element type 0x${type.toString(16)}`);
  }
}

function binary(buf: Buffer, at: number): { text: string; next: number } {
  const size = buf.readInt32LE(at);
  const subType = buf[at + 4]!;
  // The old kind repeats its length inside.
  const from = at + (subType === 2 ? 9 : 5);
  const base64 = buf.toString('base64', from, at + 5 + size);
  const inner = { base64, subType: subType.toString(16).padStart(2, '0') };
  return { text: tagged('binary', inner), next: at + 5 + size };
}
