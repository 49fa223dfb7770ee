import { compareValues } from '../bson/compare';
import { decodeFields } from '../bson/decode';
import type { Document } from '../bson/types';
import { bsonType } from '../bson/types';
import { EMPTY_ARRAY } from '../storage/keys';
import { pathValues } from './paths';
import type { Collation } from './collation';
import type { SortField } from './planner';
import type { Match } from './find';
import { PAUSE } from './scan';
import type { Work } from './work';

/** Empty arrays sort before null, which is where MongoDB's `undefined` stands. */
function compareSortValues(a: unknown, b: unknown, collation: Collation | undefined): number {
  if (a === EMPTY_ARRAY || b === EMPTY_ARRAY) {
    if (a === b) return 0;
    const other = a === EMPTY_ARRAY ? b : a;
    const isMinKey = bsonType(other) === 'MinKey';
    return (a === EMPTY_ARRAY ? -1 : 1) * (isMinKey ? -1 : 1);
  }
  return compareValues(a, b, collation);
}

/** The value a document sorts by on one path: of an array, its smallest (or largest) element. */
function sortValue(doc: Document, field: SortField, collation: Collation | undefined): unknown {
  let best: unknown;
  let any = false;
  const offer = (value: unknown) => {
    if (!any || compareSortValues(value, best, collation) * field.direction < 0) best = value;
    any = true;
  };
  for (const value of pathValues(doc, field.parts)) {
    if (!Array.isArray(value)) offer(value);
    else if (!value.length) offer(EMPTY_ARRAY);
    else value.forEach(offer);
  }
  return best;
}

/** Compares two documents by a sort specification. */
export function documentOrder(
  fields: readonly SortField[],
  collation?: Collation,
): (a: Document, b: Document) => number {
  return (a, b) => {
    for (const field of fields) {
      const [x, y] = [sortValue(a, field, collation), sortValue(b, field, collation)];
      const order = compareSortValues(x, y, collation) * field.direction;
      if (order) return order;
    }
    return 0;
  };
}

/** What a document sorts by: one value a field. Worked out once, however often it is compared. */
export type SortKeys = readonly unknown[];

export const sortKeys = (
  doc: Document,
  fields: readonly SortField[],
  collation?: Collation,
): SortKeys => fields.map((field) => sortValue(doc, field, collation));

/** Compares two documents by their keys. */
export function keyOrder(
  fields: readonly SortField[],
  collation?: Collation,
): (a: SortKeys, b: SortKeys) => number {
  return (a, b) => {
    for (let i = 0; i < fields.length; i++) {
      const order = compareSortValues(a[i], b[i], collation) * fields[i]!.direction;
      if (order) return order;
    }
    return 0;
  };
}

interface Keyed {
  readonly match: Match;
  readonly keys: SortKeys;
}

/** Sorts matches; keeps no more than needed in memory when only the first `end` are wanted. */
export function* sortDocuments(
  matches: Iterable<Match>,
  fields: readonly SortField[],
  end: number,
  { work, collation }: { work?: Work | undefined; collation?: Collation | undefined } = {},
): Generator<Match> {
  const roots = new Set(fields.map((f) => f.parts[0]!));
  const byKeys = keyOrder(fields, collation);
  const order = (a: Keyed, b: Keyed) => byKeys(a.keys, b.keys) || a.match.rid - b.match.rid;
  const kept: Keyed[] = [];
  const limit = Number.isFinite(end) ? end * 2 + 100 : Infinity;
  for (const match of matches) {
    if (match === PAUSE) {
      yield match;
      continue;
    }
    work?.hold(match.raw.length);
    const doc = decodeFields(match.raw, roots);
    kept.push({ match, keys: sortKeys(doc, fields, collation) });
    if (kept.length <= limit) continue;
    kept.sort(order);
    for (const { match: dropped } of kept.splice(end)) work?.hold(-dropped.raw.length);
  }
  for (const { match } of kept.sort(order)) yield match;
}
