import { compareValues } from '../bson/compare';
import { decodeDocument, decodeFields } from '../bson/decode';
import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import { toDouble } from '../bson/numbers';
import type { Collection } from '../storage/catalog';
import type { View } from '../storage/view';
import { circleBox, extractNear, nearDistance } from '../geo/geo-query';
import type { FilterOptions, Matcher } from './matcher';
import { compileFilter } from './matcher';
import type { IndexPlan, SortField } from './planner';
import { parseSort, planQuery } from './planner';
import type { StoredDocument } from './scan';
import { PAUSE, scan, scanIndex } from './scan';
import { sortDocuments } from './sort';
import type { Work } from './work';

export interface FindOptions extends FilterOptions {
  sort?: unknown;
  skip?: number;
  limit?: number;
  hint?: unknown;
  /** Counts what is read, and ends what reads too much. */
  work?: Work | undefined;
}

/** A matching document with, for `$near`, its distance. */
export interface Match extends StoredDocument {
  distance?: number;
}

/** A planned query: explainable, then runnable. */
export interface PlannedQuery {
  readonly plan: IndexPlan | undefined;
  readonly sort: readonly SortField[];
  readonly natural: 1 | -1;
}

const naturalOrder = ({ sort }: FindOptions): unknown =>
  isDocument(sort) ? sort.$natural : undefined;

/** Chooses index and order for a filter. */
export function prepare(
  view: View,
  collection: Collection,
  filter: Document,
  options: FindOptions,
): PlannedQuery {
  let sort = options.sort;
  let natural: 1 | -1 = 1;
  const order = naturalOrder(options);
  const hint = isDocument(options.hint) ? options.hint.$natural : undefined;
  if (order !== undefined || hint !== undefined) natural = toDouble(order ?? hint) < 0 ? -1 : 1;
  if (order !== undefined) sort = undefined;
  const fields = parseSort(sort);
  const plan =
    order !== undefined ? undefined : planQuery(collection, filter, fields, view.asOf, options);
  return { plan, sort: fields, natural };
}

/** Matching documents in the requested order, lazily where the order allows. */
export function* findMatches(
  view: View,
  collection: Collection | undefined,
  filter: Document,
  options: FindOptions = {},
): Generator<Match> {
  const near = extractNear(filter);
  const matcher = compileFilter(near ? near.rest : filter, options);
  if (!collection) {
    // A malformed order is refused even where there is nothing to sort.
    if (naturalOrder(options) === undefined) parseSort(options.sort);
    return;
  }
  const skip = options.skip ?? 0;
  const end = options.limit ? skip + options.limit : Infinity;
  let matches: Iterable<Match>;
  if (near) matches = nearest(view, collection, near, matcher, options);
  else {
    const query = prepare(view, collection, filter, options);
    matches = filtered(view, collection, query, matcher, options.work);
    if (query.sort.length && !query.plan?.providesSort)
      matches = sortDocuments(matches, query.sort, end, options);
  }
  let at = 0;
  for (const match of matches) {
    if (at >= end) return;
    if (match === PAUSE) yield match;
    else if (at++ >= skip) yield match;
    if (at >= end) return;
  }
}

function* filtered(
  view: View,
  collection: Collection,
  query: PlannedQuery,
  matcher: Matcher,
  work: Work | undefined,
): Generator<Match> {
  const candidates = scan(view, collection, query.plan, query.natural < 0, work);
  // A filter without fields holds for all or for none (`$nor: [{}]`).
  const all = matcher.roots?.size === 0 && matcher({});
  if (query.plan?.exact || all) yield* candidates;
  else
    for (const candidate of candidates)
      if (accepts(matcher, candidate.raw)) yield candidate;
      else if (work?.tired) yield PAUSE;
}

/** Tests an encoded document, decoding only the fields the filter looks at. */
export function accepts(matcher: Matcher, raw: Buffer): boolean {
  return matcher(matcher.roots ? decodeFields(raw, matcher.roots) : decodeDocument(raw));
}

type NearFilter = NonNullable<ReturnType<typeof extractNear>>;

function nearest(
  view: View,
  collection: Collection,
  { near, rest }: NearFilter,
  matcher: Matcher,
  options: FindOptions,
): Match[] {
  const box =
    near.sphere && Number.isFinite(near.max) ? circleBox(near.centre, near.max) : undefined;
  let filter = rest;
  if (box) {
    const ring = [
      [box.west, box.south],
      [box.east, box.south],
      [box.east, box.north],
      [box.west, box.north],
    ];
    filter = { ...rest, [near.path]: { $geoWithin: { $polygon: ring } } };
  }
  const query = prepare(view, collection, filter, { ...options, sort: undefined });
  const out: (Match & { distance: number })[] = [];
  for (const candidate of scan(view, collection, query.plan, false, options.work)) {
    const doc = decodeDocument(candidate.raw);
    const distance = nearDistance(doc, near);
    if (distance === undefined || distance < near.min || distance > near.max) continue;
    if (matcher(doc)) out.push({ ...candidate, distance });
  }
  const sort = parseSort(options.sort);
  if (sort.length) return [...sortDocuments(out, sort, Infinity, { collation: options.collation })];
  return out.sort((a, b) => compareValues(a.distance, b.distance));
}

/** Number of matches; from the index alone where its bounds say it all. */
export function countMatches(
  view: View,
  collection: Collection | undefined,
  filter: Document,
  options: FindOptions = {},
): number {
  let count = 0;
  if (collection && !extractNear(filter)) {
    const query = prepare(view, collection, filter, options);
    if (query.plan?.exact && !options.skip && !options.limit) {
      for (const _ of scanIndex(view, query.plan, options.work)) count++;
      return count;
    }
  }
  for (const _ of findMatches(view, collection, filter, options)) count++;
  return count;
}
