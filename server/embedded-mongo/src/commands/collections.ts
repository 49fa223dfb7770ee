import { encodeDocument } from '../bson/encode';
import { valuesEqual } from '../bson/compare';
import type { Document } from '../bson/types';
import { MongoError, namespaceNotFound, unsupported } from '../errors';
import { compileFilter } from '../query/matcher';
import { splitNamespace } from '../oplog/oplog';
import { removeTree } from './drop';
import type { Command } from './context';
import { count, documentOr, namespace, refuseCollation } from './context';
import { imagesOption, indexDocument, waitForWriters } from './indexes';

/** Options of `create` that are kept and shown. */
const KEPT = ['capped', 'size', 'max', 'changeStreamPreAndPostImages'];
const REFUSED = [
  'viewOn',
  'pipeline',
  'timeseries',
  'validator',
  'clusteredIndex',
  'encryptedFields',
];

const create: Command = {
  kind: 'write',
  inTransaction: true,
  run(context) {
    const { engine, body, unit, transaction } = context;
    const ns = namespace(context, body.create);
    refuseCollation(body, 'a collection');
    for (const option of REFUSED)
      if (body[option] !== undefined) throw unsupported(`the collection option '${option}'`);
    if (body.capped && body.size === undefined)
      throw new MongoError(
        72,
        'InvalidOptions',
        "the 'size' field is required when 'capped' is true",
      );
    const options: Document = {};
    for (const name of KEPT) if (body[name] !== undefined) options[name] = body[name];
    if (body.changeStreamPreAndPostImages !== undefined)
      options.changeStreamPreAndPostImages = imagesOption(body.changeStreamPreAndPostImages);
    const existing = engine.catalog.get(ns);
    if (existing && !existing.hidden && (transaction || !valuesEqual(existing.options, options)))
      throw new MongoError(48, 'NamespaceExists', `Collection ${ns} already exists.`);
    unit.ensureCollection(ns, options);
    return { ok: 1 };
  },
};

const drop: Command = {
  kind: 'write',
  run(context) {
    const { engine, body } = context;
    const ns = namespace(context, body.drop);
    const collection = engine.catalog.get(ns);
    if (!collection) return { ok: 1 };
    waitForWriters(context, collection);
    removeTree(context, collection);
    return { nIndexesWas: collection.indexes.length, ns, ok: 1 };
  },
};

const dropDatabase: Command = {
  kind: 'write',
  run(context) {
    const { engine, db, unit } = context;
    const collections = engine.catalog.inDatabase(db);
    for (const collection of collections) waitForWriters(context, collection);
    for (const collection of collections) removeTree(context, collection);
    if (collections.length) unit.set.event({ kind: 'dropDatabase', ns: db });
    return { ...(collections.length ? { dropped: db } : {}), ok: 1 };
  },
};

const renameCollection: Command = {
  kind: 'write',
  run(context) {
    const { engine, body, unit } = context;
    const from = String(body.renameCollection);
    const to = String(body.to);
    const source = engine.catalog.get(from);
    if (!source) throw namespaceNotFound(from);
    waitForWriters(context, source);
    const target = engine.catalog.get(to);
    if (target) {
      if (body.dropTarget !== true)
        throw new MongoError(48, 'NamespaceExists', 'target namespace exists');
      waitForWriters(context, target);
      removeTree(context, target);
    }
    const dropTarget = target && { dropTarget: target.uuid };
    const description = { to: splitNamespace(to), ...dropTarget };
    engine.catalog.rename(unit.set, source, to);
    unit.set.event({ kind: 'rename', ns: from, uuid: source.uuid, to, description });
    return { ok: 1 };
  },
};

const listCollections: Command = {
  kind: 'read',
  run(context) {
    const { engine, body, db } = context;
    const matcher = compileFilter(documentOr(body.filter, 'filter'));
    const documents = engine.catalog
      .inDatabase(db)
      .map((collection): Document => {
        const name = collection.ns.slice(db.length + 1);
        const info = { readOnly: false, uuid: collection.uuid };
        return {
          name,
          type: 'collection',
          options: collection.options,
          info,
          idIndex: indexDocument(collection.indexes[0]!),
        };
      })
      .filter((document) => matcher(document))
      .map(({ name, type, ...rest }) =>
        encodeDocument(body.nameOnly === true ? { name, type } : { name, type, ...rest }),
      );
    const batchSize = count(documentOr(body.cursor, 'cursor').batchSize, 'batchSize');
    const ns = `${db}.$cmd.listCollections`;
    return { cursor: engine.cursors.first(ns, documents, { batchSize }), ok: 1 };
  },
};

const listDatabases: Command = {
  kind: 'read',
  run({ engine, body }) {
    const visible = [...engine.catalog.collections.values()].filter((c) => !c.hidden);
    const names = new Set(visible.map(({ ns }) => ns.split('.')[0]!));
    const matcher = compileFilter(documentOr(body.filter, 'filter'));
    const databases = [...names]
      .sort()
      .map((name): Document => ({ name, sizeOnDisk: 0, empty: false }))
      .filter((database) => matcher(database))
      .map((database) => (body.nameOnly === true ? { name: database.name } : database));
    return { databases, totalSize: 0, totalSizeMb: 0, ok: 1 };
  },
};

export const collectionCommands: Record<string, Command> = {
  create,
  drop,
  dropDatabase,
  renameCollection,
  listCollections,
  listDatabases,
};
