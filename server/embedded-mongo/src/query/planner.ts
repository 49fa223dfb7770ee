import { isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import { valuesEqual } from '../bson/compare';
import { showField } from '../bson/show';
import { MongoError, badValue } from '../errors';
import type { Collection } from '../storage/catalog';
import type { IndexDefinition } from '../storage/index-definition';
import { afterPrefix, limitKey, treePrefix } from '../storage/keys';
import type { KeyRange } from './bounds';
import { boxRanges, pointPrefixes, prefixRange, stringPrefixRange, valueRange } from './bounds';
import type { Conditions, PathCondition } from './conditions';
import type { Collation } from './collation';
import { extractConditions, withoutText } from './conditions';
import { impliesPartial } from './partial';

export interface SortField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

/** How to get at the candidates through an index. */
export interface IndexPlan {
  readonly index: IndexDefinition;
  /** Unique keys to look up one by one, or else ranges to scan. */
  readonly lookups: readonly Buffer[] | undefined;
  readonly ranges: readonly KeyRange[];
  readonly reverse: boolean;
  readonly providesSort: boolean;
  /** Every candidate matches the filter: it need not be tested, nor even decoded. */
  readonly exact: boolean;
  /** The same document may come up more than once. */
  readonly mayRepeat: boolean;
}

const MAX_COMBINATIONS = 2000;

/**
 * Chooses an index for a filter and sort: equality prefix, then one range, then sort order.
 * Undefined means a scan of the collection.
 */
export function planQuery(
  collection: Collection,
  filter: Document,
  sort: readonly SortField[],
  asOf: number,
  options: { hint?: unknown; collation?: Collation | undefined } = {},
): IndexPlan | undefined {
  const all = extractConditions(filter);
  // Indexes hold strings by their bytes: of no use where they compare otherwise.
  const conditions = options.collation ? withoutText(all) : all;
  const order = options.collation ? [] : sort;
  const hinted = resolveHint(collection, options.hint);
  if (hinted === 'natural') return undefined;
  let best: Candidate | undefined;
  for (const index of hinted ? [hinted] : collection.indexes) {
    if (index.readyAt > asOf || !isUsable(index)) continue;
    const candidate = consider(index, conditions, order, hinted !== undefined);
    if (candidate && (!best || candidate.score > best.score)) best = candidate;
  }
  return best && finish(best, conditions, order);
}

function isUsable(index: IndexDefinition): boolean {
  return (
    index.stored && !index.hidden && !index.fields.some((f) => f.parts.some((p) => /^\d+$/.test(p)))
  );
}

function resolveHint(c: Collection, hint: unknown): IndexDefinition | 'natural' | undefined {
  if (hint === undefined || hint === null) return undefined;
  if (isDocument(hint)) {
    if ('$natural' in hint) return 'natural';
    if (!Object.keys(hint).length) return undefined;
  }
  const usable = c.indexes.filter((index) => !index.hidden);
  const found = usable.find((index) =>
    typeof hint === 'string' ? index.name === hint : valuesEqual(index.spec.key, hint),
  );
  if (!found)
    throw badValue(
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  return found;
}

interface Candidate {
  readonly index: IndexDefinition;
  readonly points: readonly (readonly unknown[])[];
  readonly range: { field: number; condition: PathCondition } | undefined;
  readonly sortDirection: 1 | -1 | 0;
  readonly score: number;
}

function consider(
  index: IndexDefinition,
  conditions: Conditions,
  sort: readonly SortField[],
  forced: boolean,
): Candidate | undefined {
  if (index.partial && !impliesPartial(conditions, index.partial)) return undefined;
  const points: unknown[][] = [];
  let range: Candidate['range'];
  let score = 0;
  let combinations = 1;
  let arrayUsed = false;
  let knownToExist = false;
  for (let i = 0; i < index.fields.length; i++) {
    const field = index.fields[i]!;
    const condition = conditions.paths.get(field.name);
    if (!condition) break;
    // Two paths below one array unfold together: only one of them may bound the scan.
    if (index.multikey[i] && arrayUsed) break;
    if (field.kind === 'geo' ? condition.box : condition.low || condition.high) {
      range = { field: i, condition };
      score += 5 + (condition.low && condition.high ? 1 : 0);
    } else if (field.kind === 'ordered' && condition.points) {
      combinations *= condition.points.length;
      if (combinations > MAX_COMBINATIONS) break;
      points.push(condition.points);
      score += condition.points.length === 1 ? 10 : 8;
    } else if (field.kind === 'ordered' && condition.prefix !== undefined) {
      range = { field: i, condition };
      score += 5;
    } else break;
    arrayUsed ||= index.multikey[i]!;
    knownToExist ||= condition.exists === true;
    if (range) break;
  }
  if (index.sparse && !knownToExist && !(forced && sort.length === 0)) return undefined;
  if (index.unique && points.length === index.fields.length && combinations === 1) score += 100;
  const sortDirection = sort.length ? sortOrder(index, points, range, sort) : 0;
  if (sortDirection) score += 4;
  if (score === 0 && !forced) return undefined;
  return { index, points, range, sortDirection, score };
}

/** 1 or -1 when scanning the index that way yields the sort order, else 0. */
function sortOrder(
  index: IndexDefinition,
  points: readonly (readonly unknown[])[],
  range: Candidate['range'],
  sort: readonly SortField[],
): 1 | -1 | 0 {
  if (index.truncated || points.some((values) => values.length !== 1)) return 0;
  if (range?.condition.box) return 0;
  const fixed = new Set(index.fields.slice(0, points.length).map((f) => f.name));
  let at = points.length;
  let direction: 1 | -1 | 0 = 0;
  for (const key of sort) {
    // A field held to one value does not matter for the order (unless it can be an array).
    const position = index.fields.findIndex((f) => f.name === key.path);
    if (fixed.has(key.path) && !index.multikey[position]) continue;
    const field = index.fields[at];
    if (!field || field.name !== key.path || field.kind !== 'ordered' || index.multikey[at])
      return 0;
    const wanted = key.direction === field.direction ? 1 : -1;
    if (direction && direction !== wanted) return 0;
    direction = wanted;
    at++;
  }
  return direction || 1;
}

function finish(best: Candidate, conditions: Conditions, sort: readonly SortField[]): IndexPlan {
  const { index, points, range } = best;
  const directions = index.fields.map((f) => f.direction);
  const prefixes = pointPrefixes(index.id, points, directions);
  const wholeKey = points.length === index.fields.length;
  let lookups: Buffer[] | undefined;
  let ranges: KeyRange[] = [];
  if (wholeKey && index.unique) lookups = prefixes.map(limitKey);
  else if (wholeKey) ranges = prefixes.map((p) => prefixRange2(limitKey(p)));
  else if (range) {
    const field = index.fields[range.field]!;
    const condition = index.multikey[range.field] ? oneSided(range.condition) : range.condition;
    ranges = prefixes.flatMap((p) =>
      condition.box
        ? boxRanges(p, condition)
        : condition.prefix !== undefined
          ? [stringPrefixRange(p, field, condition.prefix)]
          : [valueRange(p, field, condition)],
    );
  } else if (points.length) ranges = prefixes.map(prefixRange);
  else ranges = [{ start: treePrefix(index.id), end: treePrefix(index.id + 1) }];

  const used = new Set(index.fields.slice(0, points.length).map((f) => f.name));
  if (range) used.add(index.fields[range.field]!.name);
  const exact =
    conditions.complete &&
    !index.truncated &&
    [...conditions.paths].every(([path, c]) => c.exact && used.has(path)) &&
    !(range && index.multikey[range.field] && range.condition.low && range.condition.high);
  return {
    index,
    lookups,
    ranges,
    reverse: best.sortDirection === -1,
    providesSort: sort.length > 0 && best.sortDirection !== 0,
    exact,
    mayRepeat: index.multikey.some(Boolean) || (lookups ?? ranges).length > 1,
  };
}

/** Like `prefixRange` for keys that already are of limited length. */
function prefixRange2(key: Buffer): KeyRange {
  const end = Buffer.from(key);
  let last = end.length - 1;
  while (end[last] === 255) last--;
  end[last] = end[last]! + 1;
  return { start: key, end: last === key.length - 1 ? end : afterPrefix(key) };
}

/** On arrays, `> a` and `< b` may be met by different elements: only one side bounds. */
function oneSided(condition: PathCondition): PathCondition {
  return condition.low && condition.high ? { ...condition, high: undefined } : condition;
}

const MAX_SORT_FIELDS = 32;
const located = (code: number, message: string) => new MongoError(code, `Location${code}`, message);

/** Parses `{a: 1, b: -1}`. @throws 15974, 15975 for anything but 1 and -1, 13103 for 33 fields. */
export function parseSort(sort: unknown): SortField[] {
  if (sort === undefined || sort === null) return [];
  if (!isDocument(sort)) throw badValue('sort must be a document');
  const keys = Object.entries(sort);
  if (keys.length > MAX_SORT_FIELDS) throw located(13103, 'too many compound keys');
  return keys.map(([path, order]) => {
    if (path.split('.').includes(''))
      throw located(path ? 15998 : 40352, 'FieldPath field names may not be empty strings.');
    const direction = isNumber(order) ? toDouble(order) : 0;
    if (direction !== 1 && direction !== -1) {
      if (isDocument(order) && order.$meta !== undefined)
        throw badValue('$meta sort is not supported');
      if (!isNumber(order))
        throw located(15974, `Illegal key in $sort specification: ${showField(path, order)}`);
      throw located(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    }
    return { path, parts: path.split('.'), direction };
  });
}
