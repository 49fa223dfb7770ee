import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import { badValue, failedToParse } from '../errors';
import { compileFilter } from './matcher';
import { getPath } from './paths';

/** Compiled `arrayFilters`: a test of one array element for each identifier. */
export interface ArrayFilters {
  readonly tests: Map<string, (element: unknown) => boolean>;
  markUsed(path: string, used: Set<string>): void;
  /** @throws BadValue when a filter serves no path. */
  checkAllUsed(used: Set<string>): void;
}

/** Compiles `[{ 'x.done': false }, { y: { $gt: 5 } }]`. */
export function compileArrayFilters(filters: readonly unknown[] | undefined): ArrayFilters {
  const tests = new Map<string, (element: unknown) => boolean>();
  for (const filter of filters ?? []) {
    if (!isDocument(filter)) throw failedToParse('arrayFilters must be documents');
    const matcher = compileFilter(filter);
    const names = [...(matcher.roots ?? [])];
    if (names.length !== 1)
      throw failedToParse('Expected a single top-level field name in each array filter');
    const name = names[0]!;
    if (tests.has(name))
      throw failedToParse(
        `Found multiple array filters with the same top-level field name ${name}`,
      );
    // An element that is itself an array is one value here: wrapping keeps it whole.
    tests.set(name, (element) => matcher({ [name]: Array.isArray(element) ? [element] : element }));
  }
  return {
    tests,
    markUsed(path, used) {
      for (const match of path.matchAll(/\$\[(\w+)\]/g)) used.add(match[1]!);
    },
    checkAllUsed(used) {
      for (const name of tests.keys())
        if (!used.has(name))
          throw failedToParse(
            `The array filter for identifier '${name}' was not used in the update`,
          );
    },
  };
}

/** Turns `a.$[x].b`, `a.$[]` and `a.$` into the concrete paths they mean for this document. */
export function expandPath(
  path: string,
  doc: Document,
  filter: Document,
  arrayFilters: ArrayFilters,
  used: Set<string>,
): string[][] {
  const parts = path.split('.');
  if (!path.includes('$')) return [parts];
  let paths: string[][] = [[]];
  for (const [i, part] of parts.entries()) {
    if (part === '$') {
      const before = parts.slice(0, i);
      const position = matchedPosition(before.join('.'), doc, filter);
      paths = paths.map((p) => [...p, String(position)]);
    } else if (part.startsWith('$[')) {
      const test = elementFilter(part, arrayFilters, used);
      paths = paths.flatMap((p) => {
        const array = p.length ? getPath(doc, p.join('.')) : undefined;
        if (!Array.isArray(array))
          throw badValue(
            `The path '${p.join('.')}' must exist in the document in order to apply array updates.`,
          );
        return array.flatMap((item, at) => (test(item) ? [[...p, String(at)]] : []));
      });
    } else paths = paths.map((p) => [...p, part]);
  }
  return paths;
}

function elementFilter(
  part: string,
  arrayFilters: ArrayFilters,
  used: Set<string>,
): (element: unknown) => boolean {
  const name = part.slice(2, -1);
  if (!name) return () => true;
  const test = arrayFilters.tests.get(name);
  if (!test) throw badValue(`No array filter found for identifier '${name}' in path`);
  used.add(name);
  return test;
}

/** Index of the first element of the array at `path` that meets the filter's conditions on it. */
function matchedPosition(path: string, doc: Document, filter: Document): number {
  const conditions: Document[] = [];
  const collect = (part: Document) => {
    for (const [key, value] of Object.entries(part)) {
      if ((key === '$and' || key === '$or') && Array.isArray(value))
        value.forEach((v) => collect(v as Document));
      else if (key === path || key.startsWith(`${path}.`)) conditions.push({ [key]: value });
    }
  };
  collect(filter);
  const array = getPath(doc, path);
  if (conditions.length && Array.isArray(array)) {
    const wrap = (item: unknown) =>
      path.split('.').reduceRight<unknown>((v, k) => ({ [k]: v }), [item]) as Document;
    const tests = conditions.map((c) => compileFilter(c));
    let found = array.findIndex((item) => tests.every((test) => test(wrap(item))));
    if (found < 0) found = array.findIndex((item) => tests.some((test) => test(wrap(item))));
    if (found >= 0) return found;
  }
  throw badValue('The positional operator did not find the match needed from the query.');
}
