import { bsonProblem } from '../bson/check';
import { decodeDocument } from '../bson/decode';
import type { Document } from '../bson/types';
import type { Collection } from './catalog';
import type { IndexDefinition } from './index-definition';
import { indexEntries } from './index-entries';
import { decodeRid, encodeRid, treePrefix } from './keys';
import type { Entry, View } from './view';
import type { LayeredTree } from './write-set';
import { entryKey } from './writer';

/** What a full check of one collection found. */
export interface CollectionReport {
  readonly ns: string;
  /** Documents there are, counted. */
  nrecords: number;
  /** Documents that cannot be decoded. */
  nInvalidDocuments: number;
  /** Entries there are, by index name. */
  readonly keysPerIndex: Record<string, number>;
  /** Names of the indexes something is wrong with. */
  readonly damagedIndexes: Set<string>;
  /** One line for each finding; at most `MAX_ERRORS`, then a line with the number of the others. */
  readonly errors: string[];
}

/** A damaged collection may have a finding for each of its documents. */
const MAX_ERRORS = 100;
/** Entries read at a time: no LMDB cursor stays open while others are served. */
const PAGE = 256;

/**
 * Checks everything about a collection: each document is proper BSON, stands in each index exactly
 * where it should, each index entry points to a document that belongs there, and the counts agree.
 * Yields every few hundred entries, so that the caller can let others work.
 * @param view a fixed view of the data
 * @param collection as the catalogue has it in the same view; its index flags may be changed
 */
export function* validateCollection(
  view: View,
  collection: Collection,
): Generator<void, CollectionReport> {
  const check = new CollectionCheck(view, collection);
  for (const page of pages(view, 'docs', collection.id)) {
    for (const entry of page) check.document(entry);
    yield;
  }
  for (const index of collection.indexes) {
    for (const page of pages(view, 'idx', index.id)) {
      for (const entry of page) check.entry(index, entry);
      yield;
    }
    check.endOfIndex(index);
  }
  return check.end();
}

/** All entries below one prefix, in portions. */
function* pages(view: View, tree: LayeredTree, id: number): Generator<Entry[]> {
  let start = treePrefix(id);
  const end = treePrefix(id + 1);
  for (;;) {
    const page: Entry[] = [];
    for (const entry of view.range(tree, start, end)) {
      page.push(entry);
      if (page.length === PAGE) break;
    }
    if (page.length) yield page;
    if (page.length < PAGE) return;
    start = Buffer.concat([page.at(-1)!.key, Buffer.alloc(1)]);
  }
}

class CollectionCheck {
  private readonly report: CollectionReport;
  private suppressed = 0;
  /** Per index: entries the documents call for. */
  private readonly expected = new Map<IndexDefinition, number>();
  private readonly catalogued: boolean[][];

  constructor(
    private readonly view: View,
    private readonly collection: Collection,
  ) {
    this.report = {
      ns: collection.ns,
      nrecords: 0,
      nInvalidDocuments: 0,
      keysPerIndex: Object.fromEntries(collection.indexes.map((index) => [index.name, 0])),
      damagedIndexes: new Set(),
      errors: [],
    };
    this.catalogued = collection.indexes.map((index) => [...index.multikey, index.truncated]);
  }

  private error(message: string, index?: IndexDefinition): void {
    if (index) this.report.damagedIndexes.add(index.name);
    if (this.report.errors.length < MAX_ERRORS) this.report.errors.push(message);
    else this.suppressed++;
  }

  document({ key, value }: Entry): void {
    this.report.nrecords++;
    const rid = decodeRid(key, 4);
    const doc = this.decode(value, rid);
    if (!doc) return;
    for (const index of this.collection.indexes) {
      let keys: readonly Buffer[];
      try {
        ({ keys } = indexEntries(index, doc));
      } catch (error) {
        this.error(`record ${rid}: not indexable by ${index.name}: ${String(error)}`, index);
        continue;
      }
      this.expected.set(index, (this.expected.get(index) ?? 0) + keys.length);
      for (const k of keys) {
        const found = this.view.get('idx', entryKey(index, k, rid));
        if (!found) this.error(`record ${rid}: no entry in index ${index.name}`, index);
        else if (!found.equals(encodeRid(rid)))
          this.error(`record ${rid}: its entry in index ${index.name} is another's`, index);
      }
    }
  }

  private decode(value: Buffer, rid: number): Document | undefined {
    const problem = bsonProblem(value);
    if (problem) {
      this.report.nInvalidDocuments++;
      this.error(`record ${rid}: not a document: ${problem}`);
      return undefined;
    }
    const doc = decodeDocument(value);
    if (!('_id' in doc)) this.error(`record ${rid}: no _id`);
    return doc;
  }

  /** Does the document this entry points to call for it? */
  entry(index: IndexDefinition, { key, value }: Entry): void {
    this.report.keysPerIndex[index.name]!++;
    if (value.length !== 6) {
      this.error(`index ${index.name}: entry without record id`, index);
      return;
    }
    const rid = decodeRid(value);
    const raw = this.view.get('docs', Buffer.concat([treePrefix(this.collection.id), value]));
    if (!raw) {
      this.error(`index ${index.name}: entry of record ${rid}, which does not exist`, index);
      return;
    }
    // Where the numbers agree and every document found its entries there is none too many.
    if (this.report.keysPerIndex[index.name]! <= (this.expected.get(index) ?? 0)) return;
    if (bsonProblem(raw)) return;
    const { keys } = indexEntries(index, decodeDocument(raw));
    if (!keys.some((k) => entryKey(index, k, rid).equals(key)))
      this.error(`index ${index.name}: entry that record ${rid} does not call for`, index);
  }

  endOfIndex(index: IndexDefinition): void {
    const [have, want] = [this.report.keysPerIndex[index.name]!, this.expected.get(index) ?? 0];
    if (have !== want)
      this.error(`index ${index.name}: ${have} entries, the documents call for ${want}`, index);
    const before = this.catalogued[this.collection.indexes.indexOf(index)]!;
    const after = [...index.multikey, index.truncated];
    if (after.some((flag, i) => flag && !before[i]))
      this.error(`index ${index.name}: the catalogue does not know it is multikey`, index);
  }

  end(): CollectionReport {
    const { nrecords, errors } = this.report;
    if (nrecords !== this.collection.count)
      this.error(`${nrecords} documents, the catalogue says ${this.collection.count}`);
    if (this.suppressed) errors.push(`and ${this.suppressed} more`);
    return this.report;
  }
}
