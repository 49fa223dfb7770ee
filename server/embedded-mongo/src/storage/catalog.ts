import { Binary, Int32 } from 'bson';
import { randomUUID } from 'node:crypto';
import { encodeDocument } from '../bson/encode';
import { toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { MongoError } from '../errors';
import type { IndexDefinition } from './index-definition';
import { defineIndex } from './index-definition';
import type { LmdbStore } from './lmdb-store';
import type { UnfinishedIndex } from './stored-catalog';
import { readCatalog } from './stored-catalog';
import type { PendingEvent, WriteSet } from './write-set';

/** A collection: its place in the store, its options and its indexes. */
export interface Collection {
  ns: string;
  readonly id: number;
  readonly uuid: Binary;
  options: Document;
  indexes: IndexDefinition[];
  /** Documents, counting those not yet on disk. */
  count: number;
  /** Record id of the next inserted document; ids are never reused. */
  nextRid: number;
  /** Made by an open transaction: nobody else sees it, nothing of it is on disk. */
  hidden?: boolean;
}

const META_KEY = Buffer.from('\0\0\0\0meta');
const collectionKey = (id: number) => Buffer.from(`\0\0\0\0c${id}`);
const countKey = (id: number) => Buffer.from(`\0\0\0\0n${id}`);
/** Key prefix of dropped collections and indexes whose entries still have to be swept. */
const garbageKey = (tree: 'docs' | 'idx', id: number) => Buffer.from(`\0\0\0\0g${tree} ${id}`);

/** What exists: collections by namespace, held in memory and persisted with each commit. */
export class Catalog {
  readonly collections = new Map<string, Collection>();
  private nextId = 1;
  private unfinished: UnfinishedIndex[] = [];

  constructor(private readonly store: LmdbStore) {
    this.load();
  }

  /** (Re)reads everything from the store; used at start and after a failed commit. */
  load(): void {
    const { nextId, collections, unfinished } = readCatalog(this.store);
    // Ids are never given twice, not even after a commit that failed.
    this.nextId = Math.max(this.nextId, nextId);
    this.collections.clear();
    for (const collection of collections) this.collections.set(collection.ns, collection);
    this.unfinished = unfinished;
  }

  /** Forgets indexes whose building was cut off; their entries are swept later. */
  dropUnfinished(set: WriteSet): void {
    for (const { collection, indexId } of this.unfinished.splice(0)) {
      this.discard(set, 'idx', indexId);
      this.save(set, collection);
    }
  }

  get(ns: string): Collection | undefined {
    return this.collections.get(ns);
  }

  /** Collections of one database, but for those an open transaction has made. */
  inDatabase(db: string): Collection[] {
    return [...this.collections.values()].filter((c) => !c.hidden && c.ns.startsWith(`${db}.`));
  }

  /** The collection, created if missing. A hidden one becomes everybody's. */
  ensure(set: WriteSet, ns: string, options: Document = {}): Collection {
    const existing = this.collections.get(ns);
    if (existing?.hidden) this.reveal(set, existing);
    if (existing) return existing;
    const collection = this.make(set, ns, options);
    this.save(set, collection);
    set.event(creation(collection));
    return collection;
  }

  /**
   * A collection made by a transaction, hidden until `reveal`.
   * @param set the batch being filled: ids must never be given twice, whatever becomes of it
   * @param own the transaction's writes
   */
  prepare(set: WriteSet, own: WriteSet, ns: string, options: Document = {}): Collection {
    const collection = this.make(set, ns, options);
    collection.hidden = true;
    own.event(creation(collection));
    return collection;
  }

  reveal(set: WriteSet, collection: Collection): void {
    if (!collection.hidden) return;
    collection.hidden = false;
    this.save(set, collection);
  }

  /** Forgets a collection whose transaction was aborted. */
  forgetHidden(collection: Collection): void {
    if (collection.hidden && this.collections.get(collection.ns) === collection)
      this.collections.delete(collection.ns);
  }

  private make(set: WriteSet, ns: string, options: Document): Collection {
    checkNamespace(ns);
    const id = this.newId(set);
    const collection: Collection = {
      ns,
      id,
      uuid: new Binary(Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), 4),
      options,
      indexes: [],
      count: 0,
      nextRid: 1,
    };
    const spec = { v: 2, key: { _id: 1 }, name: '_id_' };
    collection.indexes.push(defineIndex(this.newId(set), spec, { readyAt: set.number }));
    this.collections.set(ns, collection);
    return collection;
  }

  newId(set: WriteSet): number {
    const id = this.nextId++;
    const next = Buffer.alloc(4);
    next.writeUInt32BE(this.nextId);
    set.putSide('cat', META_KEY, next);
    return id;
  }

  save(set: WriteSet, collection: Collection): void {
    if (collection.hidden) return;
    const record = {
      ns: collection.ns,
      id: new Int32(collection.id),
      uuid: collection.uuid,
      options: collection.options,
      indexes: collection.indexes.map((index) => ({
        id: new Int32(index.id),
        spec: index.spec,
        multikey: index.multikey,
        truncated: index.truncated,
        building: index.building ? true : undefined,
      })),
    };
    set.putSide('cat', collectionKey(collection.id), encodeDocument(record));
  }

  saveCount(set: WriteSet, collection: Collection): void {
    const value = Buffer.alloc(8);
    value.writeDoubleBE(collection.count);
    set.putSide('cat', countKey(collection.id), value);
  }

  /** Forgets a collection; its documents and entries are swept later. */
  drop(set: WriteSet, collection: Collection): void {
    this.collections.delete(collection.ns);
    set.putSide('cat', collectionKey(collection.id), null);
    set.putSide('cat', countKey(collection.id), null);
    this.discard(set, 'docs', collection.id);
    for (const index of collection.indexes) this.discard(set, 'idx', index.id);
  }

  dropIndex(set: WriteSet, collection: Collection, index: IndexDefinition): void {
    collection.indexes = collection.indexes.filter((other) => other !== index);
    this.discard(set, 'idx', index.id);
    this.save(set, collection);
  }

  rename(set: WriteSet, collection: Collection, ns: string): void {
    checkNamespace(ns);
    this.collections.delete(collection.ns);
    collection.ns = ns;
    this.collections.set(ns, collection);
    this.save(set, collection);
  }

  discard(set: WriteSet, tree: 'docs' | 'idx', id: number): void {
    set.putSide('cat', garbageKey(tree, id), Buffer.alloc(1));
  }

  /** Dropped trees that still have entries on disk. */
  garbage(): { key: Buffer; tree: 'docs' | 'idx'; id: number }[] {
    const start = Buffer.from('\0\0\0\0g');
    const end = Buffer.from('\0\0\0\0h');
    return [...this.store.range('cat', start, end)].map(({ key }) => {
      const [tree, id] = key.toString('latin1', 5).split(' ');
      return { key, tree: tree as 'docs' | 'idx', id: Number(id) };
    });
  }
}

const creation = ({ ns, uuid, options }: Collection): PendingEvent => ({
  kind: 'create',
  ns,
  uuid,
  description: { idIndex: { v: 2, key: { _id: 1 }, name: '_id_' }, ...options },
});

/** Options of a capped collection, or undefined. */
export function cappedLimits(c: Collection): { size: number; max: number } | undefined {
  if (!c.options.capped) return undefined;
  return {
    size: c.options.size === undefined ? Infinity : toDouble(c.options.size),
    max: c.options.max === undefined ? Infinity : toDouble(c.options.max),
  };
}

function checkNamespace(ns: string): void {
  const dot = ns.indexOf('.');
  const name = ns.slice(dot + 1);
  if (dot < 1 || !name || name.startsWith('.') || name.endsWith('.') || /[$\0]/.test(name))
    throw new MongoError(73, 'InvalidNamespace', `Invalid namespace specified '${ns}'`);
}
