import { compareValues } from '../../bson/compare';
import { isArray } from '../../bson/types';
import { typeName } from '../../query/types-operator';
import { isNullish, located } from '../scope';
import { hashKey, isTrue } from '../values';
import type { Operators } from './operator';
import { operands } from './operator';

/** Values once each, equal ones (1 and 1.0) being the first that came. */
export class ValueSet {
  private readonly items = new Map<string, unknown>();

  constructor(values: Iterable<unknown> = []) {
    for (const value of values) this.add(value);
  }

  /** @returns false when an equal value is there already. */
  add(value: unknown): boolean {
    const key = hashKey(value);
    if (this.items.has(key)) return false;
    this.items.set(key, value);
    return true;
  }

  has = (value: unknown): boolean => this.items.has(hashKey(value));

  get size(): number {
    return this.items.size;
  }

  values(): unknown[] {
    return [...this.items.values()];
  }

  /** The order MongoDB's sets come in. */
  sorted(): unknown[] {
    return this.values().sort(compareValues);
  }
}

function arrays(values: unknown[], codes: readonly number[], name: string): unknown[][] {
  return values.map((value, i) => {
    if (isArray(value)) return value;
    throw located(
      codes[Math.min(i, codes.length - 1)]!,
      `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`,
    );
  });
}

const union = operands(0, Infinity, (values, name) => {
  if (values.some(isNullish)) return null;
  return new ValueSet(arrays(values, [17043], name).flat()).sorted();
});

const intersection = operands(0, Infinity, (values, name) => {
  if (values.some(isNullish)) return null;
  const [first = [], ...rest] = arrays(values, [17047], name);
  const others = rest.map((list) => new ValueSet(list));
  return new ValueSet(first.filter((item) => others.every((o) => o.has(item)))).sorted();
});

const setDifference = operands(2, 2, (values, name) => {
  if (values.some(isNullish)) return null;
  const [left, right] = arrays(values, [17048, 17049], name) as [unknown[], unknown[]];
  const drop = new ValueSet(right);
  return new ValueSet(left.filter((item) => !drop.has(item))).values();
});

const equals = operands(2, Infinity, (values, name) => {
  const [first, ...rest] = arrays(values, [17044], name).map((list) => new ValueSet(list));
  return rest.every((set) => set.size === first!.size && set.values().every(first!.has));
});

const isSubset = operands(2, 2, (values, name) => {
  const [left, right] = arrays(values, [17046, 17042], name) as [unknown[], unknown[]];
  return left.every(new ValueSet(right).has);
});

export const SETS: Operators = {
  $setUnion: union,
  $setIntersection: intersection,
  $setDifference: setDifference,
  $setEquals: equals,
  $setIsSubset: isSubset,
  $anyElementTrue: operands(1, 1, (values, name) => arrays(values, [17041], name)[0]!.some(isTrue)),
  $allElementsTrue: operands(1, 1, (values, name) =>
    arrays(values, [17040], name)[0]!.every(isTrue),
  ),
};
