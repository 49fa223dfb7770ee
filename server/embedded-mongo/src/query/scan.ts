import type { View } from '../storage/view';
import type { Collection } from '../storage/catalog';
import { decodeRid, documentKey, treePrefix } from '../storage/keys';
import type { IndexPlan } from './planner';
import type { Work } from './work';

/** A stored document: its record id and its BSON. */
export interface StoredDocument {
  readonly rid: number;
  readonly raw: Buffer;
}

/** Stands in a stream of documents where a cursor stops for this turn; its bytes are empty. */
export const PAUSE: StoredDocument = { rid: -1, raw: Buffer.alloc(0) };

/** Candidates in index order, or in insertion order when there is no plan. */
export function* scan(
  view: View,
  collection: Collection,
  plan: IndexPlan | undefined,
  reverse = false,
  work?: Work,
): Generator<StoredDocument> {
  if (!plan) {
    const [start, end] = [treePrefix(collection.id), treePrefix(collection.id + 1)];
    for (const { key, value } of view.range('docs', start, end, reverse)) {
      work?.document(value.length);
      yield { rid: decodeRid(key, 4), raw: value };
    }
    return;
  }
  for (const rid of scanIndex(view, plan, work)) {
    const raw = view.get('docs', documentKey(collection.id, rid));
    if (!raw) continue;
    work?.document(raw.length);
    yield { rid, raw };
  }
}

/** Record ids of a plan, each once. */
export function* scanIndex(view: View, plan: IndexPlan, work?: Work): Generator<number> {
  const seen = plan.mayRepeat ? new Set<number>() : undefined;
  for (const rid of indexEntries(view, plan)) {
    work?.key();
    if (seen) {
      if (seen.has(rid)) continue;
      seen.add(rid);
    }
    yield rid;
  }
}

function* indexEntries(view: View, plan: IndexPlan): Generator<number> {
  if (plan.lookups) {
    for (const key of plan.lookups) {
      const value = view.get('idx', key);
      if (value) yield decodeRid(value);
    }
    return;
  }
  const ranges = plan.reverse ? [...plan.ranges].reverse() : plan.ranges;
  for (const { start, end } of ranges)
    for (const { value } of view.range('idx', start, end, plan.reverse)) yield decodeRid(value);
}
