import { makeDocument, isArray, isDocument, isOperatorObject } from '../bson/types';
import { isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import type { FilterOptions } from './matcher';
import { compileFilter } from './matcher';
import { getPath } from './paths';

/** One condition of a filter on one path that can tell which array element it was met by. */
interface Condition {
  readonly path: string;
  readonly value: unknown;
}

/** These are met by the absence of something, so no element meets them. */
const WITHOUT_ELEMENT = new Set(['$ne', '$nin', '$not', '$size', '$options']);

/**
 * The position of the array element by which `filter` matched `doc`: what `$` stands for in
 * updates and projections. Conditions on `path` (the array before the `$`) count first; else, as
 * in MongoDB, the position found in any other array is used.
 * @returns undefined when no condition was met by an array element.
 */
export function matchedPosition(
  path: string,
  doc: Document,
  filter: Document,
  options: FilterOptions = {},
): number | undefined {
  const all = elementConditions(filter, doc, options);
  const own = all.filter((c) => c.path === path || c.path.startsWith(`${path}.`));
  const array = getPath(doc, path);
  if (own.length && isArray(array)) {
    const tests = own.map((condition) => elementTestOf(path, condition, options));
    const best = array.findIndex((item) => tests.every((test) => test(item)));
    if (best >= 0) return best;
    for (const test of tests.reverse()) {
      const found = array.findIndex(test);
      if (found >= 0) return found;
    }
  }
  for (const condition of all.reverse()) {
    const holder = firstArray(doc, condition.path);
    const found = holder?.array.findIndex(elementTestOf(holder.path, condition, options)) ?? -1;
    if (found >= 0) return found;
  }
  return undefined;
}

function elementConditions(filter: Document, doc: Document, options: FilterOptions): Condition[] {
  const out: Condition[] = [];
  for (const key of Object.keys(filter)) {
    const value = filter[key];
    if ((key === '$and' || key === '$or') && isArray(value)) {
      for (const part of value as Document[])
        if (key === '$and' || compileFilter(part, options)(doc))
          out.push(...elementConditions(part, doc, options));
    } else if (!key.startsWith('$')) out.push(...positiveConditions(key, value));
  }
  return out;
}

function positiveConditions(path: string, value: unknown): Condition[] {
  if (!isOperatorObject(value)) return [{ path, value }];
  const kept = makeDocument();
  const out: Condition[] = [];
  for (const operator of Object.keys(value)) {
    const operand = value[operator];
    if (operator === '$all' && isArray(operand))
      for (const item of operand) out.push({ path, value: item });
    else if (operator === '$regex') Object.assign(kept, { $regex: operand }, optionsOf(value));
    else if (!WITHOUT_ELEMENT.has(operator) && !isAbsence(operator, operand))
      kept[operator] = operand;
  }
  if (Object.keys(kept).length) out.push({ path, value: kept });
  return out;
}

const isAbsence = (operator: string, operand: unknown) =>
  operator === '$exists' && !(isNumber(operand) ? toDouble(operand) : operand);

const optionsOf = (value: Document) =>
  value.$options === undefined ? {} : { $options: value.$options };

/** A test of one element of the array at `path`: does it alone meet the condition? */
function elementTestOf(
  path: string,
  condition: Condition,
  options: FilterOptions,
): (item: unknown) => boolean {
  const test = compileFilter(makeDocument({ [condition.path]: condition.value }), options);
  const parts = path.split('.');
  return (item) =>
    test(parts.reduceRight<unknown>((v, k) => makeDocument({ [k]: v }), [item]) as Document);
}

/** The first array on the way along a path. */
function firstArray(doc: Document, path: string): { path: string; array: unknown[] } | undefined {
  const parts = path.split('.');
  let value: unknown = doc;
  for (let i = 0; i <= parts.length; i++) {
    if (isArray(value)) return { path: parts.slice(0, i).join('.'), array: value };
    if (!isDocument(value)) return undefined;
    value = value[parts[i]!];
  }
  return undefined;
}
