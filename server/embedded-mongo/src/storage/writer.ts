import { bsonProblem } from '../bson/check';
import { decodeDocument, decodeFields, readField } from '../bson/decode';
import { encodeDocument } from '../bson/encode';
import { showDocument } from '../bson/show';
import type { Document } from '../bson/types';
import { makeDocument, withoutField } from '../bson/types';
import { MongoError } from '../errors';
import { getPath } from '../query/paths';
import { checkId } from '../query/updater';
import { disambiguate } from '../oplog/ambiguous-paths';
import type { Collection } from './catalog';
import { cappedLimits } from './catalog';
import type { IndexDefinition } from './index-definition';
import { indexEntries } from './index-entries';
import { decodeRid, documentKey, encodeRid, treePrefix } from './keys';
import type { View } from './view';
import type { PendingEvent, WriteSet } from './write-set';

/** Where writes go (a commit batch or a transaction) and how conflicts are found. */
export interface WriteUnit {
  readonly set: WriteSet;
  readonly view: View;
  /**
   * Claims a key for this write. @throws WriteConflict inside a transaction, WaitForTransaction
   * outside when an open transaction holds it.
   */
  lock(tree: 'docs' | 'idx', key: Buffer): void;
  addCount(collection: Collection, delta: number): void;
  /** Persists the catalogue entry of a collection whose index flags changed. */
  saveCollection(collection: Collection): void;
  /** The collection, created if missing; one made in a transaction is hidden until it commits. */
  ensureCollection(ns: string, options?: Document): Collection;
}

/** MongoDB's limit for one document. */
export const MAX_DOCUMENT = 16 * 1024 * 1024;

interface Entries {
  readonly index: IndexDefinition;
  readonly keys: readonly Buffer[];
}

/**
 * Stores an encoded document (with _id first) and its index entries.
 * @throws DuplicateKey 11000, BSONObjectTooLarge 10334, errors of the index kinds.
 */
export function insertDocument(unit: WriteUnit, collection: Collection, raw: Buffer): unknown {
  if (raw.length > MAX_DOCUMENT)
    throw new MongoError(10334, 'BSONObjectTooLarge', 'object to insert too large');
  const doc = decodeIndexed(collection, raw);
  const id = doc._id;
  checkId(id);
  const rid = collection.nextRid++;
  // Index by index, so that of two reasons to refuse it the first index's counts, as in MongoDB.
  const all = collection.indexes.map((index) => {
    const entries = entriesOf(unit, collection, index, doc);
    claimUnique(unit, collection, entries, rid, doc);
    return entries;
  });
  const key = documentKey(collection.id, rid);
  unit.set.put('docs', key, raw);
  for (const entries of all) putEntries(unit.set, entries, rid);
  unit.addCount(collection, 1);
  unit.set.event({ kind: 'insert', ns: collection.ns, uuid: collection.uuid, id, raw });
  if (collection.options.capped) trimCapped(unit, collection);
  return id;
}

/** Only what the indexes look at; most collections index few of their fields. */
function decodeIndexed(collection: Collection, raw: Buffer): Document {
  if (collection.indexes.length === 1) return { _id: readField(raw, '_id')?.value };
  const wanted = new Set<string>(['_id']);
  for (const index of collection.indexes) for (const root of index.roots) wanted.add(root);
  return decodeFields(raw, wanted);
}

function entriesOf(
  unit: WriteUnit,
  collection: Collection,
  index: IndexDefinition,
  doc: Document,
): Entries {
  const { keys, stateChanged } = indexEntries(index, doc);
  if (stateChanged) unit.saveCollection(collection);
  return { index, keys };
}

/** Checks a unique index and claims its keys for this document. */
function claimUnique(
  unit: WriteUnit,
  collection: Collection,
  { index, keys }: Entries,
  rid: number,
  doc: Document,
): void {
  if (!index.unique) return;
  for (const key of keys) {
    unit.lock('idx', key);
    const holder = unit.view.get('idx', key);
    if (holder && decodeRid(holder) !== rid) throw duplicateKey(collection, index, doc);
  }
}

/** MongoDB's error 11000 with the pattern and the values of the index. */
export function duplicateKey(c: Collection, index: IndexDefinition, doc: Document): MongoError {
  const keyValue = makeDocument();
  for (const field of index.fields) keyValue[field.name] = getPath(doc, field.name) ?? null;
  return new MongoError(
    11000,
    'DuplicateKey',
    `E11000 duplicate key error collection: ${c.ns} index: ${index.name} dup key: ${showDocument(keyValue)}`,
    { keyPattern: index.spec.key, keyValue },
  );
}

/** Where an entry stands: non-unique indexes add the record id. */
export function entryKey(index: IndexDefinition, key: Buffer, rid: number): Buffer {
  return index.unique ? key : Buffer.concat([key, encodeRid(rid)]);
}

/** Writes a document's entries into one index. */
export function putEntries(set: WriteSet, { index, keys }: Entries, rid: number): void {
  for (const key of keys) set.put('idx', entryKey(index, key, rid), encodeRid(rid));
}

function removeEntries(set: WriteSet, { index, keys }: Entries, rid: number): void {
  for (const key of keys) set.put('idx', entryKey(index, key, rid), null);
}

/**
 * Replaces a stored document. Indexes whose fields did not change are left alone.
 * @param before bytes of the stored version
 * @param after the new version, decoded; `raw` are its bytes
 */
export function replaceDocument(
  unit: WriteUnit,
  collection: Collection,
  rid: number,
  before: Buffer,
  after: Document,
  raw: Buffer,
  event: Pick<PendingEvent, 'kind' | 'updated' | 'removed' | 'truncated'>,
): void {
  if (raw.length > MAX_DOCUMENT)
    throw new MongoError(
      17419,
      'Location17419',
      'Resulting document after update is larger than 16777216',
    );
  const affected = affectedIndexes(collection, event);
  if (affected.length) moveEntries(unit, collection, affected, rid, before, after);
  unit.set.put('docs', documentKey(collection.id, rid), raw);
  unit.set.event({
    ...event,
    ns: collection.ns,
    uuid: collection.uuid,
    id: after._id,
    disambiguated: disambiguate(event, after),
    ...(event.kind === 'replace' ? { raw } : {}),
    ...(keepsImages(collection) ? { before, after: raw } : {}),
  });
}

/** The indexes an update may touch: by its top-level fields, where they are known. */
function affectedIndexes(
  collection: Collection,
  event: Pick<PendingEvent, 'updated' | 'removed' | 'truncated'>,
): IndexDefinition[] {
  const others = collection.indexes.slice(1);
  if (!others.length || !event.updated) return others;
  const truncated = (event.truncated ?? []).map(({ field }) => field);
  const roots = [...Object.keys(event.updated), ...(event.removed ?? []), ...truncated].map(
    (path) => path.split('.', 1)[0]!,
  );
  return others.filter((index) => roots.some((root) => index.roots.has(root)));
}

function moveEntries(
  unit: WriteUnit,
  collection: Collection,
  indexes: readonly IndexDefinition[],
  rid: number,
  before: Buffer,
  after: Document,
): void {
  const old = decodeIndexed(collection, before);
  const changes: { old: Entries; next: Entries }[] = [];
  for (const index of indexes) {
    const next = entriesOf(unit, collection, index, after);
    const { keys } = indexEntries(index, old);
    if (sameKeys(keys, next.keys)) continue;
    claimUnique(unit, collection, next, rid, after);
    changes.push({ old: { index, keys }, next });
  }
  for (const { old: o, next } of changes) {
    if (o.index.unique) for (const key of o.keys) unit.lock('idx', key);
    removeEntries(unit.set, o, rid);
    putEntries(unit.set, next, rid);
  }
}

function sameKeys(a: readonly Buffer[], b: readonly Buffer[]): boolean {
  return a.length === b.length && a.every((key, i) => key.equals(b[i]!));
}

/** Removes a stored document and its index entries. */
export function removeDocument(
  unit: WriteUnit,
  collection: Collection,
  rid: number,
  raw: Buffer,
): void {
  const doc = decodeIndexed(collection, raw);
  for (const index of collection.indexes) {
    const entries = { index, keys: indexEntries(index, doc).keys };
    if (index.unique) for (const key of entries.keys) unit.lock('idx', key);
    removeEntries(unit.set, entries, rid);
  }
  unit.set.put('docs', documentKey(collection.id, rid), null);
  unit.addCount(collection, -1);
  const before = keepsImages(collection) ? raw : undefined;
  unit.set.event({ kind: 'delete', ns: collection.ns, uuid: collection.uuid, id: doc._id, before });
}

/** Does the collection keep documents as they were, for change streams? */
const keepsImages = ({ options }: Collection): boolean =>
  (options.changeStreamPreAndPostImages as Document | undefined)?.enabled === true;

/** Drops the oldest documents of a capped collection beyond its limit of documents. */
function trimCapped(unit: WriteUnit, collection: Collection): void {
  const limits = cappedLimits(collection)!;
  const [start, end] = [treePrefix(collection.id), treePrefix(collection.id + 1)];
  let excess = collection.count - limits.max;
  if (!(excess > 0)) return;
  for (const { key, value } of unit.view.range('docs', start, end)) {
    if (excess-- <= 0) break;
    removeDocument(unit, collection, decodeRid(key, 4), value);
  }
}

/**
 * The document's bytes with _id as first field; makes them anew only when it is not.
 * @throws InvalidBSON 22: what is stored must be readable
 */
export function normalizeRaw(raw: Buffer, makeId: () => unknown): Buffer {
  const problem = bsonProblem(raw);
  if (problem) throw new MongoError(22, 'InvalidBSON', `Invalid BSON: ${problem}`);
  const id = readField(raw, '_id');
  if (id?.first) return raw;
  const doc = decodeDocument(raw);
  return encodeDocument(makeDocument({ _id: id ? doc._id : makeId() }, withoutField(doc, '_id')));
}
