import type { Document } from '../bson/types';
import { isArray, isDocument, makeDocument } from '../bson/types';
import { showValue } from '../bson/show';
import { MongoError, badValue, failedToParse } from '../errors';
import type { Collation } from './collation';
import { compileFilter } from './matcher';
import { getPath, isPosition } from './paths';
import { matchedPosition } from './positional';

/** Tests of one array element, by the identifier that stands for it in `$[identifier]`. */
export type ArrayFilters = ReadonlyMap<string, (element: unknown) => boolean>;

/**
 * Compiles `[{ 'x.done': false }, { y: { $gt: 5 } }]`.
 * @throws FailedToParse for filters of no or several identifiers, BadValue for bad identifiers.
 */
export function compileArrayFilters(
  filters: readonly unknown[] | undefined,
  collation: Collation | undefined,
): ArrayFilters {
  const tests = new Map<string, (element: unknown) => boolean>();
  for (const filter of filters ?? []) {
    if (!isDocument(filter)) throw failedToParse('arrayFilters must be documents');
    const matcher = compileFilter(filter, { collation });
    const names = [...(matcher.roots ?? [])];
    const name = names[0];
    if (name === undefined)
      throw failedToParse(
        'Cannot use an expression without a top-level field name in arrayFilters',
      );
    if (names.length > 1)
      throw failedToParse(
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${names[1]}'`,
      );
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw badValue(
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (tests.has(name))
      throw failedToParse(
        `Found multiple array filters with the same top-level field name ${name}`,
      );
    // An element that is itself an array is one value here: wrapping keeps it whole.
    tests.set(name, (element) =>
      matcher(makeDocument({ [name]: isArray(element) ? [element] : element })),
    );
  }
  return tests;
}

/** @throws when a path is malformed whatever document it will meet. */
export function checkUpdatePath(path: string): void {
  const emptyName = (message: string) => new MongoError(56, 'EmptyFieldName', message);
  if (path === '') throw emptyName('An empty update path is not valid.');
  const parts = path.split('.');
  if (parts.includes(''))
    throw emptyName(
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  if (parts[0] === '$')
    throw badValue(
      `Cannot have positional (i.e. '$') element in the first position in path '${path}'`,
    );
  if (parts[0]!.startsWith('$['))
    throw badValue(
      `Cannot have array filter identifier (i.e. '$[<id>]') element in the first position in path '${path}'`,
    );
  if (parts.filter((part) => part === '$').length > 1)
    throw badValue(`Too many positional (i.e. '$') elements found in path '${path}'`);
}

/** @throws DollarPrefixedFieldName for a new top-level field that only inserts may have. */
export function refuseDollarField(path: string): void {
  const [field] = path.split('.');
  if (field!.startsWith('$'))
    throw new MongoError(
      52,
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${field}' in '${path}' is not allowed for storage.`,
    );
}

/** @throws when a path names an identifier without filter, or a filter serves no path. */
export function checkArrayFilters(filters: ArrayFilters, paths: readonly string[]): void {
  const used = new Set<string>();
  for (const path of paths)
    for (const part of path.split('.')) {
      const name = identifierOf(part);
      if (name && !filters.has(name))
        throw badValue(`No array filter found for identifier '${name}' in path '${path}'`);
      if (name) used.add(name);
    }
  for (const name of filters.keys())
    if (!used.has(name))
      throw failedToParse(`The array filter for identifier '${name}' was not used in the update`);
}

/** `x` of `$[x]`, empty for `$[]`, undefined for anything else. */
function identifierOf(part: string): string | undefined {
  return part.startsWith('$[') && part.endsWith(']') ? part.slice(2, -1) : undefined;
}

/** Does the path stand for several or for one yet unknown? */
export const isDynamic = (path: string) => path.includes('.$');

/**
 * Turns `a.$[x].b`, `a.$[]` and `a.$` into the concrete paths they mean for this document.
 * @param filter what found the document; undefined when an upsert is making it
 */
export function expandPath(
  path: string,
  doc: Document,
  filter: Document | undefined,
  arrayFilters: ArrayFilters,
  collation?: Collation,
): string[][] {
  const parts = path.split('.');
  if (!isDynamic(path)) return [parts];
  let paths: string[][] = [[]];
  for (const [i, part] of parts.entries()) {
    const identifier = identifierOf(part);
    if (part === '$') {
      const array = parts.slice(0, i).join('.');
      const position = filter && matchedPosition(array, doc, filter, { collation });
      if (position === undefined)
        throw badValue('The positional operator did not find the match needed from the query.');
      paths = paths.map((p) => [...p, String(position)]);
    } else if (identifier !== undefined) {
      const test = identifier ? arrayFilters.get(identifier)! : () => true;
      paths = paths.flatMap((p) =>
        arrayFor(doc, p).flatMap((item, at) => (test(item) ? [[...p, String(at)]] : [])),
      );
    } else paths = paths.map((p) => [...p, part]);
  }
  return paths;
}

function arrayFor(doc: Document, parts: readonly string[]): unknown[] {
  const path = parts.join('.');
  const value = getPath(doc, path);
  if (value === undefined)
    throw badValue(
      `The path '${path}' must exist in the document in order to apply array updates.`,
    );
  if (!isArray(value))
    throw badValue(
      `Cannot apply array updates to non-array element ${parts.at(-1)}: ${showValue(value)}`,
    );
  return value;
}

/** The order in which MongoDB applies updates: by name, positions by number. */
export function compareUpdatePaths(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    if (x === y) continue;
    if (isPosition(x) && isPosition(y) && x.length !== y.length) return x.length - y.length;
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}
