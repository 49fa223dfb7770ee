import { decodeDocument } from '../bson/decode';
import { MongoError } from '../errors';
import type { Engine } from '../engine';
import { WaitForTransaction } from '../transactions/transactions';
import type { Collection } from './catalog';
import type { IndexDefinition } from './index-definition';
import { indexEntries } from './index-entries';
import { decodeRid, documentKey, treePrefix } from './keys';
import type { WriteUnit } from './writer';
import { duplicateKey, putEntries } from './writer';

/** Collections up to this size are indexed in one commit, larger ones in turns. */
export const ONE_COMMIT = 2000;

const PORTION = 1000;

/**
 * Writes the entries of up to `limit` documents after record id `after`.
 * @returns the last one's record id; undefined when there are no more
 */
function fill(
  unit: WriteUnit,
  collection: Collection,
  index: IndexDefinition,
  after: number,
  limit: number,
): number | undefined {
  const [start, end] = [documentKey(collection.id, after + 1), treePrefix(collection.id + 1)];
  let done = 0;
  for (const { key, value } of unit.view.range('docs', start, end)) {
    const doc = decodeDocument(value);
    const rid = decodeRid(key, 4);
    const { keys, stateChanged } = indexEntries(index, doc);
    if (stateChanged) unit.saveCollection(collection);
    if (index.unique)
      for (const k of keys) {
        unit.lock('idx', k);
        const holder = unit.view.get('idx', k);
        if (holder && decodeRid(holder) !== rid) throw duplicateKey(collection, index, doc);
      }
    putEntries(unit.set, { index, keys }, rid);
    if (++done === limit) return rid;
  }
  return undefined;
}

/** Fills a new index in the commit at work. @throws DuplicateKey when it cannot be unique. */
export function buildIndex(unit: WriteUnit, collection: Collection, index: IndexDefinition): void {
  fill(unit, collection, index, 0, Infinity);
}

/**
 * Fills a new index in portions, between which everybody else is served. Writers keep it up to date
 * from the first portion on; nobody reads it before the last. An unfinished one is forgotten when
 * the process dies (`Catalog.load`) or a value occurs twice.
 * @throws DuplicateKey
 */
export async function buildIndexInTurns(
  engine: Engine,
  collection: Collection,
  index: IndexDefinition,
): Promise<void> {
  index.readyAt = Infinity;
  const building = fillInTurns(engine, collection, index);
  index.building = building.catch(() => undefined);
  collection.indexes.push(index);
  engine.catalog.save(engine.commit.set, collection);
  try {
    await building;
  } catch (error) {
    if (engine.catalog.get(collection.ns) === collection)
      engine.catalog.dropIndex(engine.commit.set, collection, index);
    throw error;
  } finally {
    index.building = undefined;
  }
  index.readyAt = engine.commit.set.number;
  engine.catalog.save(engine.commit.set, collection);
}

async function fillInTurns(
  engine: Engine,
  collection: Collection,
  index: IndexDefinition,
): Promise<void> {
  let after: number | undefined = 0;
  while (after !== undefined) {
    await flushed(engine);
    if (engine.catalog.get(collection.ns) !== collection || !collection.indexes.includes(index))
      throw new MongoError(276, 'IndexBuildAborted', `the build of index ${index.name} was ended`);
    const unit = engine.batchUnit();
    unit.set.beginStatement();
    try {
      after = fill(unit, collection, index, after, PORTION);
    } catch (error) {
      unit.set.rollbackStatement();
      if (!(error instanceof WaitForTransaction)) throw error;
      await new Promise<void>((resolve) => error.transaction.waiters.push(resolve));
    }
  }
}

/** Everything decided so far is on disk, and others have had their turn. */
const flushed = (engine: Engine): Promise<void> =>
  new Promise((resolve, reject) =>
    setImmediate(() => engine.commit.afterFlush((error) => (error ? reject(error) : resolve()))),
  );
