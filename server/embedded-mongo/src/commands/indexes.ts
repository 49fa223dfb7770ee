import { Long } from 'bson';
import { encodeDocument } from '../bson/encode';
import { valuesEqual } from '../bson/compare';
import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import { toDouble } from '../bson/numbers';
import { MongoError, namespaceNotFound, typeMismatch } from '../errors';
import type { Collection } from '../storage/catalog';
import type { IndexDefinition } from '../storage/index-definition';
import { checkIndexSpec, defineIndex } from '../storage/index-definition';
import { buildIndex, buildIndexInTurns, ONE_COMMIT } from '../storage/index-build';
import type { WriteUnit } from '../storage/writer';
import { WaitForTransaction } from '../transactions/transactions';
import type { Command, CommandContext } from './context';
import { count, documentOr, list, namespace } from './context';

/** An index as `listIndexes` shows it. */
export function indexDocument(index: IndexDefinition): Document {
  const { background: _, ...spec } = index.spec;
  const shown: Document = { v: 2, ...spec };
  if (index.expireAfterSeconds !== undefined) shown.expireAfterSeconds = index.expireAfterSeconds;
  if (shown.unique === false) delete shown.unique;
  if (shown.hidden === false) delete shown.hidden;
  return shown;
}

/** DDL waits until no open transaction has written to the collection. */
export function waitForWriters(context: CommandContext, collection: Collection): void {
  const writer = context.engine.transactions.writerOf(collection);
  if (writer) throw new WaitForTransaction(writer);
}

const same = (a: unknown, b: unknown) => valuesEqual(a ?? null, b ?? null);

/** What makes two indexes on the same keys different ones. */
const sameSignature = (other: IndexDefinition, spec: Document): boolean =>
  valuesEqual(other.spec.key, spec.key) &&
  (other.name === '_id_' ||
    (other.unique === (spec.unique === true) &&
      other.sparse === (spec.sparse === true) &&
      same(other.partial, spec.partialFilterExpression)));

/** @returns true when the index exists already. @throws 85/86 when a similar one is in the way. */
function exists(collection: Collection, spec: Document): boolean {
  for (const other of collection.indexes) {
    const alike = sameSignature(other, spec);
    if (other.name === spec.name && !alike)
      throw new MongoError(
        86,
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${String(spec.name)}`,
      );
    if (!alike) continue;
    if (other.name === '_id_') return true;
    if (other.name !== spec.name)
      throw new MongoError(
        85,
        'IndexOptionsConflict',
        `Index already exists with a different name: ${other.name}`,
      );
    if (same(other.expireAfterSeconds, spec.expireAfterSeconds)) return true;
    throw new MongoError(
      85,
      'IndexOptionsConflict',
      `An equivalent index already exists with the same name but different options. Requested index: ${String(spec.name)}`,
    );
  }
  return false;
}

const createIndexes: Command = {
  kind: 'write',
  inTransaction: true,
  run(context) {
    const { engine, body, unit, transaction } = context;
    const ns = namespace(context, body.createIndexes);
    const specs = list(body.indexes, 'indexes') as Document[];
    specs.forEach(checkIndexSpec);
    const existing = engine.catalog.get(ns);
    if (existing && !transaction) waitForWriters(context, existing);
    const collection = unit.ensureCollection(ns);
    if (transaction && !transaction.created.has(collection)) checkNothingNew(collection, specs);
    const reply = replyOf(collection, !existing);
    if (!transaction && collection.count > ONE_COMMIT)
      return createInTurns(context, collection, specs).then(reply);
    const made = createAllAtOnce(context, collection, specs);
    if (made.length) tell(unit, collection, 'createIndexes', made);
    return reply();
  },
};

const replyOf = (collection: Collection, created: boolean): (() => Document) => {
  const before = collection.indexes.length;
  return () => {
    const after = collection.indexes.length;
    return {
      numIndexesBefore: before,
      numIndexesAfter: after,
      createdCollectionAutomatically: created,
      ...(after === before ? { note: 'all indexes already exist' } : {}),
      ok: 1,
    };
  };
};

/** All of them or none, as in MongoDB. */
function createAllAtOnce(
  context: CommandContext,
  collection: Collection,
  specs: readonly Document[],
): IndexDefinition[] {
  const made: IndexDefinition[] = [];
  try {
    for (const spec of specs)
      if (!exists(collection, spec)) made.push(createAtOnce(context, collection, spec));
  } catch (error) {
    // In a transaction they go with everything else.
    if (!context.transaction)
      for (const index of made)
        context.engine.catalog.dropIndex(context.unit.set, collection, index);
    throw error;
  }
  return made;
}

function createAtOnce(
  { engine, unit }: CommandContext,
  c: Collection,
  spec: Document,
): IndexDefinition {
  const id = engine.catalog.newId(engine.commit.set);
  const index = defineIndex(id, spec, { readyAt: unit.set.number });
  unit.set.beginStatement();
  try {
    buildIndex(unit, c, index);
  } catch (error) {
    unit.set.rollbackStatement();
    throw error;
  }
  c.indexes.push(index);
  engine.catalog.save(unit.set, c);
  return index;
}

/** On a large collection: others are served between the portions. */
async function createInTurns(
  { engine }: CommandContext,
  collection: Collection,
  specs: readonly Document[],
): Promise<void> {
  const made: IndexDefinition[] = [];
  try {
    for (const spec of specs) {
      if (exists(collection, spec)) {
        // Somebody else may be building it: it exists when it is ready.
        await collection.indexes.find((index) => index.name === spec.name)?.building;
        continue;
      }
      const id = engine.catalog.newId(engine.commit.set);
      const index = defineIndex(id, spec, { readyAt: 0 });
      await buildIndexInTurns(engine, collection, index);
      made.push(index);
    }
  } catch (error) {
    if (engine.catalog.get(collection.ns) === collection)
      for (const index of made) engine.catalog.dropIndex(engine.commit.set, collection, index);
    engine.commit.schedule();
    throw error;
  }
  if (made.length) tell(engine.batchUnit(), collection, 'createIndexes', made);
  engine.commit.schedule();
}

/** Tells the change streams that want to know of it. */
function tell(
  unit: WriteUnit,
  { ns, uuid }: Collection,
  kind: 'createIndexes' | 'dropIndexes',
  indexes: readonly IndexDefinition[],
): void {
  const description = { indexes: indexes.map(indexDocument) };
  unit.set.event({ kind, ns, uuid, description });
}

/** @throws 263: a transaction may make indexes only on collections of its own. */
function checkNothingNew(collection: Collection, specs: readonly Document[]): void {
  if (specs.every((spec) => exists(collection, spec))) return;
  throw new MongoError(
    263,
    'OperationNotSupportedInTransaction',
    `Cannot create new indexes on existing collection ${collection.ns} in a multi-document transaction.`,
  );
}

const listIndexes: Command = {
  kind: 'read',
  run(context) {
    const { engine, body } = context;
    const ns = namespace(context, body.listIndexes);
    const collection = engine.catalog.get(ns);
    if (!collection || collection.hidden) throw namespaceNotFound(ns);
    const documents = collection.indexes.map((index) => encodeDocument(indexDocument(index)));
    const batchSize = count(documentOr(body.cursor, 'cursor').batchSize, 'batchSize');
    return { cursor: engine.cursors.first(ns, documents, { batchSize }), ok: 1 };
  },
};

const dropIndexes: Command = {
  kind: 'write',
  run(context) {
    const { engine, body, unit } = context;
    const ns = namespace(context, body.dropIndexes);
    const collection = engine.catalog.get(ns);
    if (!collection) throw new MongoError(26, 'NamespaceNotFound', `ns not found ${ns}`);
    waitForWriters(context, collection);
    const before = collection.indexes.length;
    const wanted = Array.isArray(body.index) ? (body.index as unknown[]) : [body.index];
    const dropped = wanted.flatMap((which) => select(collection, which));
    for (const index of dropped) engine.catalog.dropIndex(unit.set, collection, index);
    if (dropped.length) tell(unit, collection, 'dropIndexes', dropped);
    return { nIndexesWas: before, ok: 1 };
  },
};

function select(collection: Collection, which: unknown): IndexDefinition[] {
  if (which === '*') return collection.indexes.filter((index) => index.name !== '_id_');
  const found = collection.indexes.find((index) =>
    typeof which === 'string' ? index.name === which : valuesEqual(index.spec.key, which),
  );
  if (!found)
    throw new MongoError(
      27,
      'IndexNotFound',
      `index not found with name [${JSON.stringify(which)}]`,
    );
  if (found.name === '_id_') throw new MongoError(72, 'InvalidOptions', 'cannot drop _id index');
  return [found];
}

/** Changes TTL and visibility. @returns what they were and are, as `collMod` answers */
function modifyIndex(index: IndexDefinition, change: Document): Document {
  const reply: Document = {};
  if (change.expireAfterSeconds !== undefined) {
    const seconds = toDouble(change.expireAfterSeconds);
    if (index.expireAfterSeconds !== undefined)
      reply.expireAfterSeconds_old = Long.fromNumber(index.expireAfterSeconds);
    reply.expireAfterSeconds_new = Long.fromNumber(seconds);
    index.spec.expireAfterSeconds = index.expireAfterSeconds = seconds;
  }
  if (change.hidden !== undefined) {
    reply.hidden_old = index.hidden;
    reply.hidden_new = index.hidden = change.hidden === true;
    index.spec.hidden = index.hidden;
  }
  return reply;
}

const collMod: Command = {
  kind: 'write',
  run(context) {
    const { engine, body, unit } = context;
    const ns = namespace(context, body.collMod);
    const collection = engine.catalog.get(ns);
    if (!collection) throw namespaceNotFound(ns);
    const { collMod: _, lsid: __, $db, $clusterTime, writeConcern, ...description } = body;
    for (const option of ['validator', 'viewOn', 'pipeline'])
      if (body[option] !== undefined)
        throw new MongoError(2, 'BadValue', `collMod '${option}' is not supported`);
    const images = body.changeStreamPreAndPostImages;
    if (images !== undefined) {
      collection.options = {
        ...collection.options,
        changeStreamPreAndPostImages: imagesOption(images),
      };
      engine.catalog.save(unit.set, collection);
    }
    let reply: Document = {};
    if (isDocument(body.index)) {
      const [index] = select(collection, body.index.name ?? body.index.keyPattern);
      if (index) reply = modifyIndex(index, body.index);
      engine.catalog.save(unit.set, collection);
    }
    unit.set.event({ kind: 'modify', ns, uuid: collection.uuid, description });
    return { ...reply, ok: 1 };
  },
};

/** Checks the option that keeps documents as they were for change streams. @throws TypeMismatch 14 */
export function imagesOption(value: unknown): Document {
  if (!isDocument(value) || typeof value.enabled !== 'boolean')
    throw typeMismatch("BSON field 'changeStreamPreAndPostImages.enabled' must be a boolean");
  return { enabled: value.enabled };
}

export const indexCommands: Record<string, Command> = {
  createIndexes,
  listIndexes,
  dropIndexes,
  deleteIndexes: dropIndexes,
  collMod,
};
