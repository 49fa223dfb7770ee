import type { BSONSymbol, Timestamp } from 'bson';
import { inspect } from '../../bson/types';
import { compareStrings } from '../../bson/compare';
import { isNumber, toDouble } from '../../bson/numbers';
import { typeName } from '../../query/types-operator';
import { isNullish, located } from '../scope';
import { asInt64 } from '../values';
import { doubleText } from './number-text';
import type { Operator, Operators } from './operator';
import { named, operands, unary } from './operator';

/** What string operators turn their operand into. @throws Location16007 */
function coerceToString(value: unknown): string {
  switch (typeName(value)) {
    case 'string':
      return value as string;
    case 'symbol':
      return (value as BSONSymbol).value;
    case 'missing':
    case 'null':
      return '';
    case 'int':
    case 'long':
    case 'decimal':
      return String(value);
    case 'double':
      return doubleText(value);
    case 'date':
      return (value as Date).toISOString();
    case 'timestamp': {
      const stamp = value as Timestamp;
      return `Timestamp(${stamp.getHighBitsUnsigned()}, ${stamp.getLowBitsUnsigned()})`;
    }
    default:
      throw located(16007, `can't convert from BSON type ${typeName(value)} to String`);
  }
}

const concat = operands(0, Infinity, (values) => {
  let out = '';
  for (const value of values) {
    if (isNullish(value)) return null;
    if (typeof value !== 'string')
      throw located(16702, `$concat only supports strings, not ${typeName(value)}`);
    out += value;
  }
  return out;
});

/** Only ASCII letters change case, as in MongoDB. */
const lower = (text: string) => text.replace(/[A-Z]/g, (c) => c.toLowerCase());
const upper = (text: string) => text.replace(/[a-z]/g, (c) => c.toUpperCase());

function position(value: unknown, codes: readonly [number, number], what: string): number {
  if (!isNumber(value))
    throw located(codes[0], `${what} must be a numeric type (is BSON type ${typeName(value)})`);
  const n = asInt64(value);
  if (n === undefined)
    throw located(codes[1], `${what} must be representable as a 32-bit integral value`);
  return Number(n);
}

const substringBytes = operands(3, 3, ([value, start, length], name) => {
  const bytes = Buffer.from(coerceToString(value));
  for (const [n, code, what] of [
    [start, 16034, 'starting index'],
    [length, 16035, 'length'],
  ] as const)
    if (!isNumber(n))
      throw located(code, `${name}: ${what} must be a numeric type (is BSON type ${typeName(n)})`);
  const from = Math.trunc(toDouble(start));
  const count = Math.trunc(toDouble(length));
  if (from < 0) throw located(50752, `${name}: starting index must be non-negative (got: ${from})`);
  const end = count < 0 ? bytes.length : Math.min(bytes.length, from + count);
  const isContinuation = (i: number) => i < bytes.length && (bytes[i]! & 0xc0) === 0x80;
  if (isContinuation(from))
    throw located(28656, `${name}: Invalid range, starting index is a UTF-8 continuation byte.`);
  if (isContinuation(end))
    throw located(
      28657,
      `${name}: Invalid range, ending index is in the middle of a UTF-8 character.`,
    );
  return bytes.subarray(Math.min(from, bytes.length), end).toString();
});

const substringPoints = operands(3, 3, ([value, start, length], name) => {
  const from = position(start, [34450, 34451], `${name}: starting index`);
  const count = position(length, [34452, 34453], `${name}: length`);
  if (count < 0) throw located(34454, `${name}: length must be a nonnegative integer.`);
  if (from < 0) throw located(34455, `${name}: the starting index must be nonnegative integer.`);
  return [...coerceToString(value)].slice(from, from + count).join('');
});

function length(code: number, measure: (text: string) => number): Operator {
  return unary((value, name) => {
    if (typeof value !== 'string')
      throw located(code, `${name} requires a string argument, found: ${typeName(value)}`);
    return measure(value);
  });
}

const split = operands(2, 2, ([text, separator]) => {
  if (isNullish(text) || isNullish(separator)) return null;
  if (typeof text !== 'string')
    throw located(
      40085,
      `$split requires an expression that evaluates to a string as a first argument, found: ${typeName(text)}`,
    );
  if (typeof separator !== 'string')
    throw located(
      40086,
      `$split requires an expression that evaluates to a string as a second argument, found: ${typeName(separator)}`,
    );
  if (!separator) throw located(40087, '$split requires a non-empty separator');
  return text.split(separator);
});

/** `$indexOfBytes` and `$indexOfCP`. @param units the string as a list of what is counted */
function indexOf(units: (text: string) => readonly unknown[], codes: [number, number]): Operator {
  return operands(2, 4, ([text, wanted, start, end], name) => {
    if (isNullish(text)) return null;
    if (typeof text !== 'string')
      throw located(
        codes[0],
        `${name} requires a string as the first argument, found: ${typeName(text)}`,
      );
    if (typeof wanted !== 'string')
      throw located(
        codes[1],
        `${name} requires a string as the second argument, found: ${typeName(wanted)}`,
      );
    const bound = (value: unknown, initial: number, what: string): number => {
      if (value === undefined) return initial;
      const n = asInt64(value);
      if (n === undefined)
        throw located(
          40096,
          `${name}requires an integral ${what} index, found a value of type: ${typeName(value)}, with value: "${inspect(value)}"`,
        );
      if (n < 0n) throw located(40097, `${name} requires a nonnegative ${what} index, found: ${n}`);
      return Number(n);
    };
    const haystack = units(text);
    const needle = units(wanted);
    const from = bound(start, 0, 'starting');
    const to = Math.min(haystack.length, bound(end, haystack.length, 'ending'));
    for (let i = from; i + needle.length <= to; i++)
      if (needle.every((unit, k) => haystack[i + k] === unit)) return i;
    return -1;
  });
}

/** MongoDB's own list of white space. */
const SPACES = new Set([
  ...['\0', ' ', '\t', '\n', '\v', '\f', '\r', '\u00a0', '\u1680'],
  ...Array.from({ length: 11 }, (_, i) => String.fromCharCode(0x2000 + i)),
]);

function trim(left: boolean, right: boolean): Operator {
  return named(
    {
      required: ['input'],
      optional: ['chars'],
      codes: { object: 50696, unknown: 50694, missing: { input: 50695 } },
    },
    ({ input, chars }, name, _scope, given) => {
      if (isNullish(input)) return null;
      if (typeof input !== 'string')
        throw located(
          50699,
          `${name} requires its input to be a string, got ${inspect(input)} (of type ${typeName(input)}) instead.`,
        );
      if ('chars' in given && isNullish(chars)) return null;
      if (chars !== undefined && typeof chars !== 'string')
        throw located(
          50700,
          `${name} requires 'chars' to be a string, got ${inspect(chars)} (of type ${typeName(chars)}) instead.`,
        );
      const drop = chars === undefined ? SPACES : new Set(chars);
      const points = [...input];
      let [from, to] = [0, points.length];
      if (left) while (from < to && drop.has(points[from]!)) from++;
      if (right) while (to > from && drop.has(points[to - 1]!)) to--;
      return points.slice(from, to).join('');
    },
  );
}

function replace(all: boolean): Operator {
  return named(
    {
      required: ['input', 'find', 'replacement'],
      codes: {
        object: 51751,
        unknown: 51750,
        missing: { input: 51749, find: 51748, replacement: 51747 },
      },
    },
    (values, name) => {
      for (const [key, code] of [
        ['input', 51746],
        ['find', 51745],
        ['replacement', 51744],
      ] as const)
        if (!isNullish(values[key]) && typeof values[key] !== 'string')
          throw located(
            code,
            `${name} requires that '${key}' be a string, found: ${inspect(values[key])}`,
          );
      const [input, find, text] = [values.input, values.find, values.replacement];
      if (isNullish(input) || isNullish(find) || isNullish(text)) return null;
      // Functions, since a replacement text may contain `$&` and the like.
      const replacement = () => text as string;
      if (find === '' && all) {
        const points = [...(input as string)];
        return `${text as string}${points.map((p) => p + (text as string)).join('')}`;
      }
      return all
        ? (input as string).replaceAll(find as string, replacement)
        : (input as string).replace(find as string, replacement);
    },
  );
}

const caseInsensitive = operands(2, 2, ([a, b]) => {
  const order = compareStrings(upper(coerceToString(a)), upper(coerceToString(b)));
  return order < 0 ? -1 : order > 0 ? 1 : 0;
});

export const STRINGS: Operators = {
  $concat: concat,
  $toLower: unary((value) => lower(coerceToString(value))),
  $toUpper: unary((value) => upper(coerceToString(value))),
  $substr: substringBytes,
  $substrBytes: substringBytes,
  $substrCP: substringPoints,
  $strLenBytes: length(34473, (text) => Buffer.byteLength(text)),
  $strLenCP: length(34471, (text) => [...text].length),
  $split: split,
  $indexOfBytes: indexOf((text) => [...Buffer.from(text)], [40091, 40092]),
  $indexOfCP: indexOf((text) => [...text], [40093, 40094]),
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
  $replaceOne: replace(false),
  $replaceAll: replace(true),
  $strcasecmp: caseInsensitive,
};
