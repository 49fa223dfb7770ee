import type { Long, ObjectId } from 'bson';
import { compareValues, RANK, typeRank, valuesEqual } from '../bson/compare';
import { isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { bsonType, isDocument, isOperatorObject, makeDocument } from '../bson/types';
import { badValue, failedToParse } from '../errors';
import { compileGeo } from '../geo/geo-query';
import { compileBits } from './bits';
import type { Collation } from './collation';
import { compileFilter, compileOperators } from './matcher';
import { anyCandidate, pathValues } from './paths';
import { compileRegex, isRegex, regexSource } from './regex';
import { regexText } from '../bson/compare';
import { compileType } from './types-operator';

type Test = (doc: Document) => boolean;
type ValueTest = (value: unknown) => boolean;

/** One operator on one path; `siblings` are the operators beside it ($options, $maxDistance). */
export function compilePredicate(
  parts: readonly string[],
  operator: string,
  operand: unknown,
  siblings: Document,
  collation?: Collation,
): Test {
  const any =
    (test: ValueTest): Test =>
    (doc) =>
      anyCandidate(doc, parts, test);
  const not =
    (test: Test): Test =>
    (doc) =>
      !test(doc);
  switch (operator) {
    case '$eq':
      return any(equals(operand, collation));
    case '$ne':
      if (isRegex(operand)) throw badValue("Can't have regex as arg to $ne.");
      return not(any(equals(operand, collation)));
    case '$gt':
      return any(ordered(operand, (c) => c > 0, collation));
    case '$gte':
      return any(ordered(operand, (c) => c >= 0, collation));
    case '$lt':
      return any(ordered(operand, (c) => c < 0, collation));
    case '$lte':
      return any(ordered(operand, (c) => c <= 0, collation));
    case '$in':
      return any(oneOf(operand, '$in', collation));
    case '$nin':
      return not(any(oneOf(operand, '$nin', collation)));
    case '$exists': {
      const wanted = truthy(operand);
      return (doc) => pathValues(doc, parts).some((v) => v !== undefined) === wanted;
    }
    case '$not':
      return not(compileNot(parts, operand, collation));
    case '$regex': {
      const regex = compileRegex(operand, siblings.$options);
      const { pattern, options } = regexSource(operand, siblings.$options);
      const text = `${pattern}\0${options}`;
      return any((v) =>
        typeof v === 'string' ? regex.test(v) : isRegex(v) && regexText(v) === text,
      );
    }
    case '$size':
      return arraySize(parts, operand);
    case '$all':
      return compileAll(parts, operand, collation);
    case '$elemMatch':
      return elementMatch(parts, operand, collation);
    case '$type':
      return any(compileType(operand));
    case '$mod':
      return any(modulo(operand));
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return any(compileBits(operator, operand));
    case '$geoIntersects':
    case '$geoWithin':
    case '$within':
      return compileGeo(parts, operator, operand);
    case '$near':
    case '$nearSphere':
      throw badValue('$near must be the only geo condition, at the top level of the filter');
    case '$comment':
      return () => true;
    default:
      throw badValue(`unknown operator: ${operator}`);
  }
}

const truthy = (value: unknown) => (isNumber(value) ? toDouble(value) !== 0 : Boolean(value));

/** Equality with one value: a regex matches strings, null matches missing. */
export function equals(wanted: unknown, collation?: Collation): ValueTest {
  if (isRegex(wanted)) {
    const regex = compileRegex(wanted);
    const text = regexText(wanted);
    return (v) => (typeof v === 'string' ? regex.test(v) : isRegex(v) && regexText(v) === text);
  }
  if (wanted === null || wanted === undefined) return (v) => v === null || v === undefined;
  if (typeof wanted === 'string' && collation)
    return (v) => typeof v === 'string' && collation(v, wanted) === 0;
  if (typeof wanted === 'string' || typeof wanted === 'boolean') return (v) => v === wanted;
  if (bsonType(wanted) === 'ObjectId')
    return (v) => bsonType(v) === 'ObjectId' && (v as ObjectId).equals(wanted as ObjectId);
  return (v) => v !== undefined && valuesEqual(v, wanted, collation);
}

function ordered(
  bound: unknown,
  accept: (comparison: number) => boolean,
  collation: Collation | undefined,
): ValueTest {
  if (isRegex(bound)) throw badValue("Can't have RegEx as arg to predicate over field");
  const rank = typeRank(bound);
  if (rank === RANK.minKey || rank === RANK.maxKey) return (v) => accept(compareValues(v, bound));
  if (rank === RANK.number) {
    const boundIsNaN = Number.isNaN(toDouble(bound));
    return (v) => {
      if (typeRank(v) !== RANK.number) return false;
      const isNaN = Number.isNaN(toDouble(v));
      if (isNaN || boundIsNaN) return isNaN && boundIsNaN && accept(0);
      return accept(compareValues(v, bound));
    };
  }
  return (v) => typeRank(v) === rank && accept(compareValues(v, bound, collation));
}

function oneOf(operand: unknown, operator: string, collation: Collation | undefined): ValueTest {
  if (!Array.isArray(operand)) throw badValue(`${operator} needs an array`);
  const strings = new Set<string>();
  const tests: ValueTest[] = [];
  for (const item of operand) {
    if (isOperatorObject(item)) throw badValue(`cannot nest $ under ${operator}`);
    if (typeof item === 'string' && !collation) strings.add(item);
    else tests.push(equals(item, collation));
  }
  return (v) => {
    if (typeof v === 'string' && strings.has(v)) return true;
    for (const test of tests) if (test(v)) return true;
    return false;
  };
}

function compileNot(parts: readonly string[], operand: unknown, collation?: Collation): Test {
  if (isRegex(operand)) return compilePredicate(parts, '$eq', operand, {});
  if (!isDocument(operand)) throw badValue('$not needs a regex or a document');
  if (!Object.keys(operand).length) throw badValue('$not cannot be empty');
  return compileOperators(parts, operand, collation);
}

function arraySize(parts: readonly string[], operand: unknown): Test {
  const size = isNumber(operand) ? toDouble(operand) : NaN;
  if (!Number.isInteger(size) || size < 0)
    throw failedToParse('Failed to parse $size. Expected a non-negative integer');
  return (doc) => pathValues(doc, parts).some((v) => Array.isArray(v) && v.length === size);
}

function compileAll(parts: readonly string[], operand: unknown, collation?: Collation): Test {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  if (!operand.length) return () => false;
  const tests = operand.map((item) => {
    if (isDocument(item) && '$elemMatch' in item)
      return elementMatch(parts, item.$elemMatch, collation);
    if (isOperatorObject(item)) throw badValue('no $ expressions in $all');
    return compilePredicate(parts, '$eq', item, {}, collation);
  });
  return (doc) => tests.every((test) => test(doc));
}

function elementMatch(
  parts: readonly string[],
  operand: unknown,
  collation: Collation | undefined,
): Test {
  const test = elementTest(operand, collation);
  return (doc) => pathValues(doc, parts).some((v) => Array.isArray(v) && v.some(test));
}

/** The test `$elemMatch` makes of one array element; also used by projections and `$pull`. */
export function elementTest(operand: unknown, collation?: Collation): ValueTest {
  if (!isDocument(operand)) throw badValue('$elemMatch needs an Object');
  const first = Object.keys(operand)[0];
  const logical = first === '$and' || first === '$or' || first === '$nor';
  if (isOperatorObject(operand) && !logical) {
    const test = compileOperators(['v'], operand, collation);
    // Elements that are arrays are not entered: wrap so that only the element itself is seen.
    return (item) => test({ v: Array.isArray(item) ? [item] : item });
  }
  const matcher = compileFilter(operand, { collation });
  return (item) =>
    isDocument(item) ? matcher(item) : Array.isArray(item) && matcher(makeDocument({ ...item }));
}

function modulo(operand: unknown): ValueTest {
  const malformed = (what: string) => badValue(`malformed mod, ${what}`);
  if (!Array.isArray(operand)) throw malformed('needs to be an array');
  if (operand.length < 2) throw malformed('not enough elements');
  if (operand.length > 2) throw malformed('too many elements');
  const [divisor, remainder] = operand.map(wholePart);
  if (divisor === undefined) throw malformed('divisor not a number');
  if (remainder === undefined) throw malformed('remainder not a number');
  if (divisor === 0n) throw badValue('divisor cannot be 0');
  return (v) => {
    const n = wholePart(v);
    return n !== undefined && n % divisor === remainder;
  };
}

/** A number without its fraction, exact also for longs; undefined for anything else. */
function wholePart(value: unknown): bigint | undefined {
  if (bsonType(value) === 'Long') return (value as Long).toBigInt();
  const n = isNumber(value) ? toDouble(value) : NaN;
  return Number.isFinite(n) ? BigInt(Math.trunc(n)) : undefined;
}
