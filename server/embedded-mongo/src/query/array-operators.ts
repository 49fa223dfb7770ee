import { compareValues, valuesEqual } from '../bson/compare';
import { isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { cloneValue, isDocument, isOperatorObject, isArray } from '../bson/types';
import { badValue } from '../errors';
import { compileFilter } from './matcher';
import { parseSort } from './planner';
import { elementTest, equals } from './predicates';
import { documentOrder } from './sort';
import { typeName } from './types-operator';
import type { FieldOperator } from './update-operators';
import type { Target } from './update-target';

/** The array at the path; undefined when missing. @throws BadValue when it is something else. */
function arrayAt(
  target: Target,
  parts: readonly string[],
  operator: string,
): unknown[] | undefined {
  const value = target.get(parts);
  if (value === undefined) return undefined;
  if (!isArray(value))
    throw badValue(
      `The field '${parts.join('.')}' must be an array but is of type ${typeName(value)} (${operator})`,
    );
  return value;
}

function eachOf(operand: unknown, operator: string): unknown[] {
  if (!isDocument(operand) || !('$each' in operand)) return [cloneValue(operand)];
  if (!isArray(operand.$each))
    throw badValue(`The argument to $each in ${operator} must be an array`);
  return operand.$each.map(cloneValue);
}

const push: FieldOperator = (target, parts, operand) => {
  const items = eachOf(operand, '$push');
  const result = [...(arrayAt(target, parts, '$push') ?? [])];
  const modifiers = isDocument(operand) && '$each' in operand ? operand : {};
  for (const key of Object.keys(modifiers))
    if (!['$each', '$slice', '$sort', '$position'].includes(key))
      throw badValue(`Unrecognized clause in $push: ${key}`);
  const at = modifiers.$position === undefined ? result.length : toDouble(modifiers.$position);
  result.splice(at, 0, ...items);
  if (modifiers.$sort !== undefined) sortArray(result, modifiers.$sort);
  target.set(parts, slice(result, modifiers.$slice));
};

function sortArray(items: unknown[], spec: unknown): void {
  if (isNumber(spec)) {
    const direction = toDouble(spec) < 0 ? -1 : 1;
    items.sort((a, b) => compareValues(a, b) * direction);
    return;
  }
  const order = documentOrder(parseSort(spec));
  const asDocument = (v: unknown): Document => (isDocument(v) ? v : {});
  items.sort((a, b) => order(asDocument(a), asDocument(b)));
}

function slice(items: unknown[], spec: unknown): unknown[] {
  if (spec === undefined) return items;
  if (!isNumber(spec)) throw badValue('The value for $slice must be an integer');
  const count = toDouble(spec);
  return count >= 0 ? items.slice(0, count) : items.slice(count);
}

const addToSet: FieldOperator = (target, parts, operand) => {
  const current = arrayAt(target, parts, '$addToSet');
  const result = [...(current ?? [])];
  for (const item of eachOf(operand, '$addToSet'))
    if (!result.some((other) => valuesEqual(other, item))) result.push(item);
  if (!current || result.length !== current.length) target.set(parts, result);
};

const pop: FieldOperator = (target, parts, operand) => {
  const end = isNumber(operand) ? toDouble(operand) : 0;
  if (end !== 1 && end !== -1) throw badValue('$pop expects 1 or -1');
  const current = arrayAt(target, parts, '$pop');
  if (current?.length) target.set(parts, end === 1 ? current.slice(0, -1) : current.slice(1));
};

function removeWhere(
  target: Target,
  parts: readonly string[],
  operator: string,
  matches: (item: unknown) => boolean,
): void {
  const current = arrayAt(target, parts, operator);
  const kept = current?.filter((item) => !matches(item));
  if (kept && kept.length !== current!.length) target.set(parts, kept);
}

const pull: FieldOperator = (target, parts, operand) =>
  removeWhere(target, parts, '$pull', pullTest(operand));

function pullTest(operand: unknown): (item: unknown) => boolean {
  if (isOperatorObject(operand)) return elementTest(operand);
  if (!isDocument(operand)) {
    return isArray(operand) ? (item) => valuesEqual(item, operand) : equals(operand);
  }
  const matcher = compileFilter(operand);
  return (item) => isDocument(item) && matcher(item);
}

const pullAll: FieldOperator = (target, parts, operand) => {
  if (!isArray(operand)) throw badValue('$pullAll requires an array argument');
  removeWhere(target, parts, '$pullAll', (item) => operand.some((v) => valuesEqual(v, item)));
};

/** Operators that work on arrays. */
export const ARRAY_OPERATORS: readonly (readonly [string, FieldOperator])[] = [
  ['$push', push],
  ['$addToSet', addToSet],
  ['$pop', pop],
  ['$pull', pull],
  ['$pullAll', pullAll],
];
