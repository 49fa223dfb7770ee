import { Binary, Decimal128, Double, Long, ObjectId } from '../support';

/** What the model knows about BSON values: written from MongoDB's manual, not from the product. */
export type Fields = { [name: string]: unknown };

export const isDoc = (v: unknown): v is Fields => {
  if (typeof v !== 'object' || v === null) return false;
  const prototype: unknown = Object.getPrototypeOf(v);
  return prototype === Object.prototype || prototype === null;
};

const tag = (v: unknown): string => (v as { _bsontype?: string })._bsontype ?? '';

/** MongoDB's order of types; missing counts as null when sorted. */
export function rank(v: unknown): number {
  if (v === undefined || v === null) return 2;
  if (typeof v === 'number') return 3;
  if (typeof v === 'string') return 4;
  if (Array.isArray(v)) return 6;
  if (typeof v === 'boolean') return 9;
  if (v instanceof Date) return 10;
  if (v instanceof RegExp) return 12;
  if (v instanceof Long || v instanceof Double || v instanceof Decimal128) return 3;
  if (v instanceof Binary) return 7;
  if (v instanceof ObjectId) return 8;
  if (tag(v) === 'MinKey') return 1;
  if (tag(v) === 'MaxKey') return 13;
  return 5;
}

/** All numbers of this test fit a double exactly. */
export const toNumber = (v: unknown): number => (typeof v === 'number' ? v : Number(String(v)));

const sign = (n: number): number => (n < 0 ? -1 : n > 0 ? 1 : 0);

function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** <0, 0, >0: how two values stand to one another. */
export function order(a: unknown, b: unknown): number {
  const type = rank(a) - rank(b);
  if (type) return sign(type);
  switch (rank(a)) {
    case 3:
      return sign(toNumber(a) - toNumber(b));
    case 4:
      return compareText(a as string, b as string);
    case 5:
      return orderDocs(a as Fields, b as Fields);
    case 6:
      return orderLists(a as unknown[], b as unknown[]);
    case 8:
      return compareText(String(a), String(b));
    case 9:
      return Number(a) - Number(b);
    case 10:
      return sign((a as Date).getTime() - (b as Date).getTime());
    default:
      return 0;
  }
}

function orderLists(a: readonly unknown[], b: readonly unknown[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const found = order(a[i], b[i]);
    if (found) return found;
  }
  return sign(a.length - b.length);
}

function orderDocs(a: Fields, b: Fields): number {
  const [left, right] = [Object.entries(a), Object.entries(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [[nameA, valueA], [nameB, valueB]] = [left[i]!, right[i]!];
    const found =
      sign(rank(valueA) - rank(valueB)) || compareText(nameA, nameB) || order(valueA, valueB);
    if (found) return found;
  }
  return sign(left.length - right.length);
}

export const same = (a: unknown, b: unknown): boolean => order(a, b) === 0;

/** A copy nobody else holds; values of BSON's own classes are never changed, so they are shared. */
export function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T;
  if (isDoc(value))
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, copy(v)])) as T;
  return value;
}

/**
 * The values a dotted path leads to. Arrays on the way branch into their elements; `whole` also
 * gives arrays at the end next to their elements.
 */
export function reach(doc: unknown, path: string): { whole: unknown[]; each: unknown[] } {
  const whole: unknown[] = [];
  const walk = (value: unknown, parts: readonly string[]): void => {
    const [part, ...rest] = parts;
    if (part === undefined) {
      whole.push(value);
      return;
    }
    if (Array.isArray(value)) {
      if (/^\d+$/.test(part) && Number(part) < value.length) walk(value[Number(part)], rest);
      for (const element of value) if (isDoc(element)) walk(element, parts);
      return;
    }
    walk(isDoc(value) ? value[part] : undefined, rest);
  };
  walk(doc, path.split('.'));
  const each = whole.flatMap((v) => (Array.isArray(v) ? (v as unknown[]) : [v]));
  return { whole, each };
}
