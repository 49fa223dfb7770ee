import { isDoc, order, rank, reach, same, toNumber, type Fields } from './values';

/** MongoDB's filters as the model understands them. */
export function matches(doc: Fields, filter: Fields): boolean {
  return Object.entries(filter).every(([name, wanted]) => {
    const list = wanted as Fields[];
    if (name === '$and') return list.every((f) => matches(doc, f));
    if (name === '$or') return list.some((f) => matches(doc, f));
    if (name === '$nor') return !list.some((f) => matches(doc, f));
    return field(doc, name, wanted);
  });
}

const isCondition = (v: unknown): v is Fields =>
  isDoc(v) && Object.keys(v).length > 0 && Object.keys(v).every((k) => k.startsWith('$'));

function field(doc: Fields, path: string, wanted: unknown): boolean {
  if (!isCondition(wanted)) return equal(doc, path, wanted);
  return Object.entries(wanted).every(([operator, operand]) =>
    test(doc, path, operator, operand, wanted),
  );
}

/** Everything a comparison may look at: elements, and arrays as a whole. */
function candidates(doc: Fields, path: string): unknown[] {
  const { whole, each } = reach(doc, path);
  return [...each, ...whole.filter((v) => Array.isArray(v))];
}

function equal(doc: Fields, path: string, wanted: unknown): boolean {
  const found = candidates(doc, path);
  if (wanted instanceof RegExp) return found.some((v) => typeof v === 'string' && wanted.test(v));
  if (wanted === null) {
    const { whole } = reach(doc, path);
    // A path that leads nowhere counts as null, unless it ends in an array without documents.
    return (
      found.some((v) => v === null || v === undefined) ||
      (whole.length === 0 && !inScalars(doc, path))
    );
  }
  return found.some((v) => v !== undefined && same(v, wanted));
}

/** The way leads into an array that has no documents at all. */
function inScalars(doc: Fields, path: string): boolean {
  const parts = path.split('.');
  for (let i = 1; i < parts.length; i++) {
    const { whole } = reach(doc, parts.slice(0, i).join('.'));
    if (whole.some((v) => Array.isArray(v) && !v.some(isDoc))) return true;
  }
  return false;
}

const COMPARE: Record<string, (n: number) => boolean> = {
  $gt: (n) => n > 0,
  $gte: (n) => n >= 0,
  $lt: (n) => n < 0,
  $lte: (n) => n <= 0,
};

function test(doc: Fields, path: string, operator: string, operand: unknown, all: Fields): boolean {
  switch (operator) {
    case '$eq':
      return equal(doc, path, operand);
    case '$ne':
      return !equal(doc, path, operand);
    case '$in':
      return (operand as unknown[]).some((v) => equal(doc, path, v));
    case '$nin':
      return !(operand as unknown[]).some((v) => equal(doc, path, v));
    case '$not':
      return operand instanceof RegExp ? !equal(doc, path, operand) : !field(doc, path, operand);
    case '$exists':
      return reach(doc, path).whole.some((v) => v !== undefined) === Boolean(operand);
    case '$size':
      return reach(doc, path).whole.some((v) => Array.isArray(v) && v.length === operand);
    case '$all':
      return (
        (operand as unknown[]).length > 0 &&
        (operand as unknown[]).every((v) => equal(doc, path, v))
      );
    case '$mod': {
      const [divisor, rest] = operand as [number, number];
      return reach(doc, path).each.some(
        (v) => rank(v) === 3 && Math.trunc(toNumber(v)) % divisor === rest,
      );
    }
    case '$elemMatch':
      return reach(doc, path).whole.some(
        (v) => Array.isArray(v) && v.some((e) => element(e, operand as Fields)),
      );
    case '$regex':
      return equal(doc, path, new RegExp(operand as string, (all['$options'] as string) ?? ''));
    case '$options':
      return true;
    default: {
      const holds = COMPARE[operator];
      if (!holds) throw new Error(`the model does not know ${operator}`);
      if (operand === null)
        return (operator === '$gte' || operator === '$lte') && equal(doc, path, null);
      return candidates(doc, path).some(
        (v) => v !== undefined && rank(v) === rank(operand) && holds(order(v, operand)),
      );
    }
  }
}

function element(value: unknown, condition: Fields): boolean {
  if (isCondition(condition) && !Object.keys(condition).some((k) => /^\$(and|or|nor)$/.test(k)))
    return Object.entries(condition).every(([operator, operand]) =>
      test({ v: value }, 'v', operator, operand, condition),
    );
  return isDoc(value) && matches(value, condition);
}

/** The key a document sorts under: the smallest or the largest element of an array. */
function sortKey(doc: Fields, path: string, direction: number): unknown {
  const { whole, each } = reach(doc, path);
  const values = whole.some((v) => Array.isArray(v) && v.length === 0) ? [...each, EMPTY] : each;
  if (!values.length) return null;
  return values.reduce((best, v) => (sortOrder(v, best) * direction < 0 ? v : best));
}

/** An empty array sorts before everything, also before null. */
const EMPTY = Symbol('empty array');
const sortOrder = (a: unknown, b: unknown): number => {
  if (a === EMPTY || b === EMPTY) return a === b ? 0 : a === EMPTY ? -1 : 1;
  return order(a, b);
};

/** Stable, like the order documents were inserted in. */
export function sorted<T extends Fields>(docs: readonly T[], spec: Record<string, 1 | -1>): T[] {
  const fields = Object.entries(spec);
  return [...docs].sort((a, b) => {
    for (const [path, direction] of fields) {
      const found = sortOrder(sortKey(a, path, direction), sortKey(b, path, direction));
      if (found) return found * direction;
    }
    return 0;
  });
}
