import { RANK, typeRank, valuesEqual } from '../bson/compare';
import { isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { isDocument, isOperatorObject } from '../bson/types';
import { queryBox } from '../geo/geo-query';
import type { Box } from '../geo/cells';
import { isRegex, regexPrefix } from './regex';

/** One end of a range. */
export interface Bound {
  readonly value: unknown;
  readonly inclusive: boolean;
}

/** What a filter says about one path, as far as an index can use it. */
export interface PathCondition {
  points?: unknown[];
  low?: Bound;
  high?: Bound;
  /** Anchored regex: strings starting with this. */
  prefix?: string;
  box?: Box;
  /** The path must exist (known from `$exists: true` or any of the above but null). */
  exists?: boolean;
  /** False when the filter says more about the path than is recorded here. */
  exact: boolean;
}

export interface Conditions {
  readonly paths: Map<string, PathCondition>;
  /** True when the filter says nothing beyond `paths`. */
  complete: boolean;
}

/** The conjunction a filter makes over its paths (`$or` and the like are not looked into). */
export function extractConditions(filter: Document): Conditions {
  const conditions: Conditions = { paths: new Map(), complete: true };
  collect(filter, conditions);
  return conditions;
}

/**
 * The conditions without those on strings, or on documents and arrays, which may contain some:
 * what an index can be used for when strings do not compare by their bytes.
 */
export function withoutText(conditions: Conditions): Conditions {
  const paths = new Map<string, PathCondition>();
  for (const [path, c] of conditions.paths) {
    const values = [...(c.points ?? []), c.low?.value, c.high?.value];
    if (!values.some(mayHoldText)) paths.set(path, c);
    else {
      const { points: _points, low: _low, high: _high, ...rest } = c;
      paths.set(path, { ...rest, exact: false });
    }
  }
  return { paths, complete: conditions.complete };
}

function mayHoldText(value: unknown): boolean {
  const rank = typeRank(value);
  return rank === RANK.string || rank === RANK.object || rank === RANK.array;
}

function collect(filter: Document, conditions: Conditions): void {
  for (const key of Object.keys(filter)) {
    const value = filter[key];
    if (key === '$and' && Array.isArray(value)) {
      for (const part of value) if (isDocument(part)) collect(part, conditions);
    } else if (key === '$or' && Array.isArray(value) && value.length === 1 && isDocument(value[0]))
      collect(value[0], conditions);
    else if (key.startsWith('$')) {
      if (key !== '$comment') conditions.complete = false;
    } else addPath(key, value, conditions);
  }
}

function addPath(path: string, value: unknown, conditions: Conditions): void {
  let condition = conditions.paths.get(path);
  if (!condition) conditions.paths.set(path, (condition = { exact: true }));
  if (!isOperatorObject(value)) {
    addOperator(condition, '$eq', value, {});
    return;
  }
  for (const operator of Object.keys(value))
    addOperator(condition, operator, value[operator], value);
}

function addOperator(c: PathCondition, operator: string, operand: unknown, all: Document): void {
  switch (operator) {
    case '$eq':
      return isRegex(operand) ? addPrefix(c, operand, undefined) : addPoints(c, [operand]);
    case '$in':
      if (Array.isArray(operand)) return addPoints(c, operand);
      break;
    case '$gt':
    case '$gte':
      return addBound(c, 'low', { value: operand, inclusive: operator === '$gte' });
    case '$lt':
    case '$lte':
      return addBound(c, 'high', { value: operand, inclusive: operator === '$lte' });
    case '$regex':
      return addPrefix(c, operand, all.$options);
    case '$options':
    case '$comment':
      return;
    case '$exists':
      c.exact = false;
      if (operand === true || (isNumber(operand) && toDouble(operand) !== 0)) c.exists = true;
      return;
    case '$geoIntersects':
    case '$geoWithin': {
      c.exact = false;
      const box = queryBox({ [operator]: operand });
      if (box) c.box ??= box;
      return;
    }
    default:
  }
  c.exact = false;
}

/** A value an index can be searched for; arrays also equal their elements, so they cannot. */
const searchable = (value: unknown) =>
  value !== undefined && !isRegex(value) && !Array.isArray(value);

function addPoints(c: PathCondition, values: readonly unknown[]): void {
  if (c.points || c.low || c.high || c.prefix !== undefined || !values.every(searchable)) {
    // Two conditions on one path: the index serves the first, the filter decides the rest.
    c.exact = false;
    return;
  }
  const distinct: unknown[] = [];
  for (const value of values)
    if (values.length > 100 || !distinct.some((other) => valuesEqual(other, value)))
      distinct.push(value);
  c.points = distinct;
  if (values.includes(null)) c.exact = false;
  else c.exists = true;
}

function addBound(c: PathCondition, side: 'low' | 'high', bound: Bound): void {
  const rank = typeRank(bound.value);
  const rangeable =
    rank === RANK.string ||
    rank === RANK.objectId ||
    rank === RANK.boolean ||
    rank === RANK.date ||
    rank === RANK.timestamp ||
    (rank === RANK.number && !Number.isNaN(toDouble(bound.value)));
  const other = side === 'low' ? c.high : c.low;
  const clash = other && typeRank(other.value) !== rank;
  if (!rangeable || clash || c[side] || c.points || c.prefix !== undefined) {
    c.exact = false;
    return;
  }
  c[side] = bound;
  c.exists = true;
}

function addPrefix(c: PathCondition, operand: unknown, options: unknown): void {
  c.exact = false;
  const prefix = regexPrefix(operand, options);
  if (prefix === undefined || c.points || c.low || c.high || prefix.includes('\0')) return;
  c.prefix ??= prefix;
  c.exists = true;
}
