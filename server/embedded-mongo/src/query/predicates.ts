import type { ObjectId } from 'bson';
import { compareValues, RANK, typeRank, valuesEqual } from '../bson/compare';
import { isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { bsonType, isDocument, isOperatorObject } from '../bson/types';
import { badValue, failedToParse } from '../errors';
import { compileGeo } from '../geo/geo-query';
import { compileBits } from './bits';
import { compileFilter, compileOperators } from './matcher';
import { anyCandidate, pathValues } from './paths';
import { compileRegex, isRegex } from './regex';
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
      return any(equals(operand));
    case '$ne':
      if (isRegex(operand)) throw badValue("Can't have regex as arg to $ne.");
      return not(any(equals(operand)));
    case '$gt':
      return any(ordered(operand, (c) => c > 0));
    case '$gte':
      return any(ordered(operand, (c) => c >= 0));
    case '$lt':
      return any(ordered(operand, (c) => c < 0));
    case '$lte':
      return any(ordered(operand, (c) => c <= 0));
    case '$in':
      return any(oneOf(operand, '$in'));
    case '$nin':
      return not(any(oneOf(operand, '$nin')));
    case '$exists': {
      const wanted = truthy(operand);
      return (doc) => pathValues(doc, parts).some((v) => v !== undefined) === wanted;
    }
    case '$not':
      return not(compileNot(parts, operand));
    case '$regex': {
      const regex = compileRegex(operand, siblings.$options);
      return any((v) => typeof v === 'string' && regex.test(v));
    }
    case '$size':
      return arraySize(parts, operand);
    case '$all':
      return compileAll(parts, operand);
    case '$elemMatch':
      return elementMatch(parts, operand);
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
export function equals(wanted: unknown): ValueTest {
  if (isRegex(wanted)) {
    const regex = compileRegex(wanted);
    const text = regexText(wanted);
    return (v) => (typeof v === 'string' ? regex.test(v) : isRegex(v) && regexText(v) === text);
  }
  if (wanted === null || wanted === undefined) return (v) => v === null || v === undefined;
  if (typeof wanted === 'string' || typeof wanted === 'boolean') return (v) => v === wanted;
  if (bsonType(wanted) === 'ObjectId')
    return (v) => bsonType(v) === 'ObjectId' && (v as ObjectId).equals(wanted as ObjectId);
  return (v) => v !== undefined && valuesEqual(v, wanted);
}

function ordered(bound: unknown, accept: (comparison: number) => boolean): ValueTest {
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
  return (v) => typeRank(v) === rank && accept(compareValues(v, bound));
}

function oneOf(operand: unknown, operator: string): ValueTest {
  if (!Array.isArray(operand)) throw badValue(`${operator} needs an array`);
  const strings = new Set<string>();
  const tests: ValueTest[] = [];
  for (const item of operand) {
    if (isOperatorObject(item)) throw badValue(`cannot nest $ under ${operator}`);
    if (typeof item === 'string') strings.add(item);
    else tests.push(equals(item));
  }
  return (v) => {
    if (typeof v === 'string' && strings.has(v)) return true;
    for (const test of tests) if (test(v)) return true;
    return false;
  };
}

function compileNot(parts: readonly string[], operand: unknown): Test {
  if (isRegex(operand)) return compilePredicate(parts, '$eq', operand, {});
  if (!isOperatorObject(operand)) throw badValue('$not needs a regex or a document');
  return compileOperators(parts, operand);
}

function arraySize(parts: readonly string[], operand: unknown): Test {
  const size = isNumber(operand) ? toDouble(operand) : NaN;
  if (!Number.isInteger(size) || size < 0)
    throw failedToParse('Failed to parse $size. Expected a non-negative integer');
  return (doc) => pathValues(doc, parts).some((v) => Array.isArray(v) && v.length === size);
}

function compileAll(parts: readonly string[], operand: unknown): Test {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  if (!operand.length) return () => false;
  const tests = operand.map((item) => {
    if (isDocument(item) && '$elemMatch' in item) return elementMatch(parts, item.$elemMatch);
    if (isOperatorObject(item)) throw badValue('no $ expressions in $all');
    return compilePredicate(parts, '$eq', item, {});
  });
  return (doc) => tests.every((test) => test(doc));
}

function elementMatch(parts: readonly string[], operand: unknown): Test {
  const test = elementTest(operand);
  return (doc) => pathValues(doc, parts).some((v) => Array.isArray(v) && v.some(test));
}

/** The test `$elemMatch` makes of one array element; also used by projections and `$pull`. */
export function elementTest(operand: unknown): ValueTest {
  if (!isDocument(operand)) throw badValue('$elemMatch needs an Object');
  const first = Object.keys(operand)[0];
  const logical = first === '$and' || first === '$or' || first === '$nor';
  if (first?.startsWith('$') && !logical) {
    const test = compileOperators(['v'], operand);
    // Elements that are arrays are not entered: wrap so that only the element itself is seen.
    return (item) => test({ v: Array.isArray(item) ? [item] : item });
  }
  const matcher = compileFilter(operand);
  return (item) => (isDocument(item) ? matcher(item) : Array.isArray(item) && matcher({ ...item }));
}

function modulo(operand: unknown): ValueTest {
  if (!Array.isArray(operand) || operand.length !== 2)
    throw badValue('malformed mod, needs to be an array of two numbers');
  const [divisor, remainder] = operand.map((n) => Math.trunc(toDouble(n))) as [number, number];
  if (!divisor) throw badValue('divisor cannot be 0');
  return (v) => isNumber(v) && Math.trunc(toDouble(v)) % divisor === remainder;
}
