import { decodeDocument } from './bson/decode';
import { treePrefix } from './storage/keys';
import type { Collection } from './storage/catalog';
import type { Engine } from './engine';
import type { IndexDefinition } from './storage/index-definition';
import { findMatches } from './query/find';
import { flatValues } from './query/paths';
import { removeDocument } from './storage/writer';
import { documentKey } from './storage/keys';
import { WaitForTransaction } from './transactions/transactions';

const TTL_BATCH = 1000;
const SWEEP_BATCH = 2000;
const EXPIRE_EVERY_MS = 5000;

/** Removes documents whose TTL index says their time is over. @returns how many went. */
export function removeExpired(engine: Engine): number {
  let removed = 0;
  for (const collection of engine.catalog.collections.values())
    for (const index of collection.indexes)
      if (index.expireAfterSeconds !== undefined && !index.building)
        removed += expire(engine, collection, index);
  if (removed) engine.commit.schedule();
  return removed;
}

function expire(engine: Engine, collection: Collection, index: IndexDefinition): number {
  const limit = new Date(engine.clock() - index.expireAfterSeconds! * 1000);
  const field = index.fields[0]!;
  const unit = engine.batchUnit();
  const filter = { ...index.partial, [field.name]: { $lt: limit } };
  const due = [...findMatches(unit.view, collection, filter, { limit: TTL_BATCH })];
  let removed = 0;
  for (const { rid, raw } of due) {
    // In an array the earliest date counts.
    const dates = flatValues(decodeDocument(raw), field.parts).filter((v) => v instanceof Date);
    if (!dates.some((d) => d < limit)) continue;
    unit.set.beginStatement();
    try {
      unit.lock('docs', documentKey(collection.id, rid));
      removeDocument(unit, collection, rid, raw);
      removed++;
    } catch (error) {
      unit.set.rollbackStatement();
      // A transaction holds the document: the next round will find it again.
      if (!(error instanceof WaitForTransaction)) throw error;
    }
  }
  return removed;
}

/** Deletes a portion of what dropped collections and indexes left. @returns true when more is left. */
export async function sweepGarbage(engine: Engine): Promise<boolean> {
  const [item] = engine.catalog.garbage();
  if (!item) return false;
  const [start, end] = [treePrefix(item.id), treePrefix(item.id + 1)];
  const keys: Buffer[] = [];
  for (const { key } of engine.store.range(item.tree, start, end)) {
    keys.push(key);
    if (keys.length >= SWEEP_BATCH) break;
  }
  await engine.store.commit((put) => {
    for (const key of keys) put(item.tree, key, null);
    if (keys.length < SWEEP_BATCH) put('cat', item.key, null);
  });
  return true;
}

/** Starts the periodic work. @returns a function that stops it. */
export function startMaintenance(engine: Engine, intervalMs: number): () => void {
  let sweeping = false;
  const sweep = async () => {
    if (sweeping) return;
    sweeping = true;
    try {
      while (await sweepGarbage(engine)) await new Promise((resolve) => setImmediate(resolve));
    } finally {
      sweeping = false;
    }
  };
  const timer = setInterval(() => {
    try {
      engine.cursors.expire();
      engine.retries.prune(engine.commit.set);
      if (!engine.commit.set.isEmpty) engine.commit.schedule();
      removeExpired(engine);
      sweep().catch((error: Error) => engine.options.onError(error));
    } catch (error) {
      engine.options.onError(error as Error);
    }
  }, intervalMs);
  timer.unref();
  // Writers outside may be waiting for a transaction whose client is gone.
  const expiry = setInterval(() => {
    engine.transactions.expire();
    engine.snapshotReads.expire();
  }, EXPIRE_EVERY_MS);
  expiry.unref();
  return () => {
    clearInterval(timer);
    clearInterval(expiry);
  };
}
