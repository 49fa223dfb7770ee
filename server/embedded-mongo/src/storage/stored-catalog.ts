import type { Binary } from 'bson';
import { decodeDocument } from '../bson/decode';
import type { Document } from '../bson/types';
import type { Collection } from './catalog';
import { defineIndex } from './index-definition';
import { decodeRid, treePrefix } from './keys';
import type { LmdbStore, Snapshot } from './lmdb-store';

/** The catalogue as it is on disk. */
export interface StoredCatalog {
  /** The next free id of a collection or index. */
  readonly nextId: number;
  readonly collections: Collection[];
  readonly unfinished: UnfinishedIndex[];
}

/** An index whose building was cut off; it is not among the collection's indexes. */
export interface UnfinishedIndex {
  readonly collection: Collection;
  readonly indexId: number;
}

/** Reads the catalogue, as of a snapshot if one is given. */
export function readCatalog(store: LmdbStore, snapshot?: Snapshot): StoredCatalog {
  const collections: Collection[] = [];
  const unfinished: UnfinishedIndex[] = [];
  const counts = new Map<number, number>();
  let nextId = 1;
  const end = Buffer.from('\0\0\0\x01', 'latin1');
  for (const { key, value } of store.range('cat', Buffer.alloc(4), end, false, snapshot)) {
    const name = key.toString('latin1', 4);
    if (name === 'meta') nextId = value.readUInt32BE(0);
    else if (name.startsWith('c')) {
      const record = decodeDocument(value);
      const collection = collectionOf(record);
      collections.push(collection);
      for (const { id, building } of record.indexes as Document[])
        if (building) unfinished.push({ collection, indexId: id as number });
    } else if (name.startsWith('n')) counts.set(Number(name.slice(1)), value.readDoubleBE(0));
  }
  for (const collection of collections) {
    collection.count = counts.get(collection.id) ?? 0;
    const [from, to] = [treePrefix(collection.id), treePrefix(collection.id + 1)];
    for (const { key } of store.range('docs', from, to, true, snapshot)) {
      collection.nextRid = decodeRid(key, 4) + 1;
      break;
    }
  }
  return { nextId, collections, unfinished };
}

function collectionOf(record: Document): Collection {
  const entries = (record.indexes as Document[]).filter((entry) => !entry.building);
  const indexes = entries.map((entry) =>
    defineIndex(entry.id as number, entry.spec as Document, {
      multikey: entry.multikey as boolean[],
      truncated: entry.truncated as boolean,
      readyAt: 0,
    }),
  );
  return {
    ns: record.ns as string,
    id: record.id as number,
    uuid: record.uuid as Binary,
    options: record.options as Document,
    indexes,
    count: 0,
    nextRid: 1,
  };
}
