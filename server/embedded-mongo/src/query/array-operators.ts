import { compareValues, valuesEqual } from '../bson/compare';
import { isNumber, toDouble } from '../bson/numbers';
import { showField, showValue } from '../bson/show';
import type { Document } from '../bson/types';
import { cloneValue, isArray, isDocument, isOperatorObject, makeDocument } from '../bson/types';
import { badValue, failedToParse, typeMismatch } from '../errors';
import type { Collation } from './collation';
import { compileFilter, compileOperators } from './matcher';
import { parseSort } from './planner';
import { equals } from './predicates';
import { isRegex } from './regex';
import { documentOrder } from './sort';
import { typeName } from './types-operator';
import type { FieldOperator } from './update-operators';
import type { Target } from './update-target';

/** The array at the path; undefined when missing. @throws the error made when it is no array. */
function arrayAt(
  target: Target,
  parts: readonly string[],
  refuse: (type: string) => Error,
): unknown[] | undefined {
  const value = target.get(parts);
  if (value === undefined) return undefined;
  if (!isArray(value)) throw refuse(typeName(value));
  return value;
}

function eachOf(operand: unknown, operator: string): readonly unknown[] {
  if (!isDocument(operand) || !('$each' in operand)) return [operand];
  if (!isArray(operand.$each))
    throw badValue(
      `The argument to $each in ${operator} must be an array but it was of type: ${typeName(operand.$each)}`,
    );
  return operand.$each;
}

const push: FieldOperator = (path, operand, collation) => {
  const items = eachOf(operand, '$push');
  const modifiers: Document = isDocument(operand) && '$each' in operand ? operand : {};
  for (const key of Object.keys(modifiers))
    if (!['$each', '$slice', '$sort', '$position'].includes(key))
      throw badValue(`Unrecognized clause in $push: ${key}`);
  const position = integer(modifiers.$position, (type) =>
    badValue(`The value for $position must be an integer value, not of type: ${type}`),
  );
  const slice = integer(modifiers.$slice, (type) =>
    badValue(`The value for $slice must be an integer value but was given type: ${type}`),
  );
  const order =
    modifiers.$sort === undefined ? undefined : elementOrder(modifiers.$sort, collation);
  return (target, parts) => {
    const current = arrayAt(target, parts, (type) =>
      badValue(
        `The field '${path}' must be an array but is of type ${type} in document ${target.identity}`,
      ),
    );
    const added = items.map(cloneValue);
    const atEnd = position === undefined || position >= (current?.length ?? 0);
    if (current && atEnd && slice === undefined && !order) {
      target.append(parts, current, added);
      return;
    }
    const result = [...(current ?? [])];
    result.splice(position ?? result.length, 0, ...added);
    if (order) result.sort(order);
    if (slice === undefined) target.set(parts, result);
    else target.set(parts, slice >= 0 ? result.slice(0, slice) : result.slice(slice));
  };
};

function integer(value: unknown, refuse: (type: string) => Error): number | undefined {
  if (value === undefined) return undefined;
  if (!isNumber(value) || !Number.isInteger(toDouble(value))) throw refuse(typeName(value));
  return toDouble(value);
}

/** The order of `$sort`: of whole elements by 1 or -1, of documents by some of their fields. */
function elementOrder(
  spec: unknown,
  collation: Collation | undefined,
): (a: unknown, b: unknown) => number {
  if (isNumber(spec)) {
    const direction = toDouble(spec);
    if (direction !== 1 && direction !== -1)
      throw badValue('The $sort element value must be either 1 or -1');
    return (a, b) => compareValues(a, b, collation) * direction;
  }
  if (!isDocument(spec))
    throw badValue(
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  const paths = Object.keys(spec);
  if (!paths.length)
    throw badValue('The $sort pattern is empty when it should be a set of fields.');
  for (const path of paths) {
    if (path === '') throw badValue('The $sort field cannot be empty');
    if (path.split('.').includes(''))
      throw badValue(`The $sort field is a dotted field but has an empty part: ${path}`);
    const direction = isNumber(spec[path]) ? toDouble(spec[path]) : 0;
    if (direction !== 1 && direction !== -1)
      throw badValue('The $sort element value must be either 1 or -1');
  }
  const order = documentOrder(parseSort(spec), collation);
  const asDocument = (v: unknown): Document => (isDocument(v) ? v : makeDocument());
  return (a, b) => order(asDocument(a), asDocument(b));
}

const addToSet: FieldOperator = (_, operand, collation) => {
  const isEach = isDocument(operand) && Object.keys(operand)[0] === '$each';
  const items = isEach ? eachOf(operand, '$addToSet') : [operand];
  return (target, parts) => {
    const current = arrayAt(target, parts, (type) =>
      badValue(
        `Cannot apply $addToSet to non-array field. Field named '${parts.at(-1)}' has non-array type ${type}`,
      ),
    );
    const added: unknown[] = [];
    const isKnown = (item: unknown) => (other: unknown) => valuesEqual(other, item, collation);
    for (const item of items)
      if (!current?.some(isKnown(item)) && !added.some(isKnown(item))) added.push(cloneValue(item));
    if (!current) target.set(parts, added);
    else target.append(parts, current, added);
  };
};

const pop: FieldOperator = (path, operand) => {
  if (!isNumber(operand)) throw failedToParse(`Expected a number in: ${showField(path, operand)}`);
  const end = toDouble(operand);
  if (!Number.isInteger(end))
    throw failedToParse(`Expected an integer: ${showField(path, operand)}`);
  if (end !== 1 && end !== -1)
    throw failedToParse(`$pop expects 1 or -1, found: ${showValue(end)}`);
  return (target, parts) => {
    const current = arrayAt(target, parts, (type) =>
      typeMismatch(`Path '${path}' contains an element of non-array type '${type}'`),
    );
    if (current?.length) target.set(parts, end === 1 ? current.slice(0, -1) : current.slice(1));
  };
};

function removeWhere(operator: string, matches: (item: unknown) => boolean) {
  return (target: Target, parts: readonly string[]): void => {
    const current = arrayAt(target, parts, () =>
      badValue(`Cannot apply ${operator} to a non-array value`),
    );
    const kept = current?.filter((item) => !matches(item));
    if (kept && kept.length !== current!.length) target.set(parts, kept);
  };
}

const pull: FieldOperator = (_, operand, collation) =>
  removeWhere('$pull', pullTest(operand, collation));

const LOGICAL = new Set(['$and', '$or', '$nor', '$expr']);

/**
 * A condition is tried on each element as if it were a field (so it also looks into an element
 * that is an array), a document as a filter of embedded documents, anything else for equality.
 */
function pullTest(operand: unknown, collation: Collation | undefined): (item: unknown) => boolean {
  if (isOperatorObject(operand) && !LOGICAL.has(Object.keys(operand)[0]!)) {
    const test = compileOperators(['v'], operand, collation);
    return (item) => test({ v: item });
  }
  if (isDocument(operand)) {
    const matcher = compileFilter(operand, { collation });
    return (item) => isDocument(item) && matcher(item);
  }
  return isRegex(operand) ? equals(operand) : (item) => valuesEqual(item, operand, collation);
}

const pullAll: FieldOperator = (_, operand, collation) => {
  if (!isArray(operand))
    throw badValue(`$pullAll requires an array argument but was given a ${typeName(operand)}`);
  return removeWhere('$pullAll', (item) => operand.some((v) => valuesEqual(v, item, collation)));
};

/** Operators that work on arrays. */
export const ARRAY_OPERATORS: readonly (readonly [string, FieldOperator])[] = [
  ['$push', push],
  ['$addToSet', addToSet],
  ['$pop', pop],
  ['$pull', pull],
  ['$pullAll', pullAll],
];
