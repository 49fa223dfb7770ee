import type { Document } from '../bson/types';
import type { Engine } from '../engine';
import type { Collection } from '../storage/catalog';
import { treePrefix } from '../storage/keys';
import type { Command } from './context';
import { namespace } from './context';

/** Documents sampled for a collection's average size. */
const SAMPLE = 200;

/** Average document size from a sample: sizes are estimates, counts are exact. */
function averageSize(engine: Engine, collection: Collection): number {
  const [start, end] = [treePrefix(collection.id), treePrefix(collection.id + 1)];
  let bytes = 0;
  let seen = 0;
  for (const { value } of engine.store.range('docs', start, end)) {
    bytes += value.length;
    if (++seen >= SAMPLE) break;
  }
  return seen ? bytes / seen : 0;
}

function sizes(engine: Engine, collection: Collection | undefined): Document {
  const count = collection?.count ?? 0;
  const average = collection ? averageSize(engine, collection) : 0;
  return {
    count,
    size: Math.round(average * count),
    avgObjSize: Math.round(average),
    storageSize: Math.round(average * count),
    nindexes: collection?.indexes.length ?? 0,
    totalIndexSize: 0,
    indexSizes: {},
    capped: collection?.options.capped === true,
    ...(collection?.options.max === undefined ? {} : { max: collection.options.max }),
  };
}

/** The document `$collStats` makes. */
export function collStatsDocument(engine: Engine, ns: string): Document {
  const collection = engine.catalog.get(ns);
  const storageStats = sizes(engine, collection);
  return { ns, localTime: new Date(engine.clock()), count: storageStats.count, storageStats };
}

const collStats: Command = {
  kind: 'read',
  run(context) {
    const ns = namespace(context, context.body.collStats ?? context.body.collstats);
    return { ns, ...sizes(context.engine, context.engine.catalog.get(ns)), ok: 1 };
  },
};

const dbStats: Command = {
  kind: 'read',
  run({ engine, db }) {
    const all = engine.catalog.inDatabase(db).map((c) => ({ c, s: sizes(engine, c) }));
    const total = (field: string) => all.reduce((n, { s }) => n + (s[field] as number), 0);
    return {
      db,
      collections: all.length,
      views: 0,
      objects: total('count'),
      dataSize: total('size'),
      storageSize: total('storageSize'),
      indexes: total('nindexes'),
      indexSize: 0,
      ok: 1,
    };
  },
};

export const statsCommands: Record<string, Command> = {
  collStats,
  collstats: collStats,
  dbStats,
  dbstats: dbStats,
};
