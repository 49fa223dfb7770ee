import { compareValues } from '../bson/compare';
import { decodeDocument } from '../bson/decode';
import { encodeDocument } from '../bson/encode';
import { isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { isDocument, RawArray } from '../bson/types';
import { MongoError, failedToParse } from '../errors';
import { aggregation } from '../aggregation/engine';
import type { PipelineSource } from '../aggregation/engine';
import { isSink, writeSink } from '../aggregation/sinks';
import { countMatches, findMatches } from '../query/find';
import type { FindOptions } from '../query/find';
import { nearDistance } from '../geo/geo-query';
import { toPosition, toShape } from '../geo/geometry';
import { setPath } from '../query/paths';
import { openChangeStream } from './change-streams';
import type { Command, CommandContext } from './context';
import { checkCollation, count, documentOr, list, namespace } from './context';
import { findDocuments } from './reads';
import { collStatsDocument } from './stats';
import { indexDocument } from './indexes';
import { explainPipeline } from './explain';

/** Can this pipeline be answered without the general engine? */
export function isSimplePipeline(pipeline: unknown): boolean {
  if (!Array.isArray(pipeline)) return true;
  const stages = pipeline as Document[];
  if (stages[0]?.$changeStream) return stages.slice(1).every((s) => isDocument(s) && '$match' in s);
  const { rest } = pushDown(stages);
  return rest.length === 0 || countGroup(rest) !== undefined;
}

interface PushedDown {
  filter: Document;
  options: FindOptions;
  rest: Document[];
}

/** Leading `$match`, `$sort`, `$skip` and `$limit` become one find. */
function pushDown(stages: readonly Document[]): PushedDown {
  const options: FindOptions = {};
  const filters: Document[] = [];
  let i = 0;
  const take = (name: string) => {
    const stage = stages[i];
    return isDocument(stage) && Object.keys(stage).length === 1 ? stage[name] : undefined;
  };
  for (let match; (match = take('$match')) !== undefined; i++) {
    if (!isDocument(match))
      throw failedToParse('the $match filter must be an expression in an object');
    filters.push(match);
  }
  const sort = take('$sort');
  if (isDocument(sort) && Object.values(sort).every(isNumber)) {
    options.sort = sort;
    i++;
  }
  const skip = take('$skip');
  if (isNumber(skip)) {
    options.skip = count(skip, '$skip')!;
    i++;
  }
  const limit = take('$limit');
  if (isNumber(limit)) {
    if (toDouble(limit) <= 0)
      throw new MongoError(15958, 'Location15958', 'the limit must be positive');
    options.limit = toDouble(limit);
    i++;
  }
  const filter = filters.length > 1 ? { $and: filters } : (filters[0] ?? {});
  return { filter, options, rest: stages.slice(i) };
}

/** `{$group: {_id: <constant>, n: {$sum: 1}}}` or `{$count}`: what counting comes down to. */
function countGroup(rest: readonly Document[]): ((n: number) => Document[]) | undefined {
  if (rest.length !== 1) return undefined;
  const { $count: name, $group: group } = rest[0]!;
  if (typeof name === 'string' && name && !name.startsWith('$'))
    return (n) => (n ? [{ [name]: n }] : []);
  if (!isDocument(group) || isDocument(group._id) || Array.isArray(group._id)) return undefined;
  if (typeof group._id === 'string' && group._id.startsWith('$')) return undefined;
  const fields = Object.entries(group).filter(([key]) => key !== '_id');
  const [field] = fields;
  if (fields.length !== 1 || !field || !isDocument(field[1])) return undefined;
  const sum = field[1].$sum;
  if (!isNumber(sum) || compareValues(sum, 1) !== 0) return undefined;
  return (n) => (n ? [{ _id: group._id, [field[0]]: n }] : []);
}

const FORBIDDEN = new Set([
  '$search',
  '$vectorSearch',
  '$listSessions',
  '$planCacheStats',
  '$currentOp',
]);

function run(context: CommandContext): Document {
  const { body, engine } = context;
  checkCollation(body);
  const pipeline = list(body.pipeline, 'pipeline') as Document[];
  for (const stage of pipeline) {
    const keys = isDocument(stage) ? Object.keys(stage) : [];
    if (keys.length !== 1)
      throw new MongoError(
        40323,
        'Location40323',
        'A pipeline stage specification object must contain exactly one field.',
      );
    if (FORBIDDEN.has(keys[0]!))
      throw new MongoError(
        40324,
        'Location40324',
        `Unrecognized pipeline stage name: '${keys[0]}'`,
      );
  }
  const ns = body.aggregate === 1 ? undefined : namespace(context, body.aggregate);
  if (pipeline[0]?.$changeStream) return openChangeStream(context, ns, pipeline);
  const full = ns ?? `${context.db}.$cmd.aggregate`;
  if (body.explain === true) return explainPipeline(context, full, pushDown(pipeline));
  const last = pipeline.at(-1);
  const sink = isSink(last) ? last : undefined;
  const docs = execute(context, ns, sink ? pipeline.slice(0, -1) : pipeline);
  if (sink) {
    writeSink(
      context,
      sink,
      docs.map((d) => (Buffer.isBuffer(d) ? decodeDocument(d) : d)),
    );
    return { cursor: { firstBatch: new RawArray([]), id: 0n, ns: full }, ok: 1 };
  }
  const cursor = documentOr(body.cursor, 'cursor');
  const encoded = docs.map((d) => (Buffer.isBuffer(d) ? d : encodeDocument(d)));
  const batchSize = count(cursor.batchSize, 'batchSize');
  return { cursor: engine.cursors.first(full, encoded, { batchSize }), ok: 1 };
}

/** Runs the stages; documents no stage touched come back encoded. */
function execute(
  context: CommandContext,
  ns: string | undefined,
  pipeline: readonly Document[],
): (Document | Buffer)[] {
  const { engine, body, reader: view } = context;
  const collection = ns === undefined ? undefined : engine.catalog.get(ns);
  const variables = body.let as Document | undefined;
  const first = firstStage(context, ns, pipeline);
  if (first) return general(context, first, pipeline.slice(1), variables);
  const { filter, options, rest } = pushDown(pipeline);
  const findOptions = { ...options, hint: body.hint, variables, work: context.work };
  const counted = countGroup(rest);
  if (counted) return counted(countMatches(view, collection, filter, findOptions));
  if (!rest.length)
    return [...findMatches(view, collection, filter, findOptions)].map((m) => m.raw);
  const docs = ns === undefined ? [] : findDocuments(context, ns, filter, findOptions);
  return general(context, docs, rest, variables);
}

function general(
  context: CommandContext,
  docs: Document[],
  stages: readonly Document[],
  variables: Document | undefined,
): Document[] {
  if (!stages.length) return docs;
  const source: PipelineSource = {
    all: (name) => findDocuments(context, `${context.db}.${name}`, {}),
    find: (name, filter) => findDocuments(context, `${context.db}.${name}`, filter),
  };
  return aggregation().run(docs, stages, source, variables, new Date(context.engine.clock()));
}

/** Stages that make documents rather than read them. */
function firstStage(
  context: CommandContext,
  ns: string | undefined,
  pipeline: readonly Document[],
): Document[] | undefined {
  const stage = pipeline[0] ?? {};
  const collection = ns === undefined ? undefined : context.engine.catalog.get(ns);
  if (stage.$geoNear) return geoNear(context, ns!, stage.$geoNear as Document);
  if (stage.$collStats) return [collStatsDocument(context.engine, ns!)];
  if (stage.$indexStats)
    return (collection?.indexes ?? []).map((index) => ({
      name: index.name,
      key: index.spec.key,
      accesses: { ops: 0, since: new Date(context.engine.clock()) },
      spec: indexDocument(index),
    }));
  if (stage.$documents) return list(stage.$documents, '$documents') as Document[];
  return undefined;
}

function geoNear(context: CommandContext, ns: string, spec: Document): Document[] {
  const collection = context.engine.catalog.get(ns);
  const geo = collection?.indexes.flatMap((i) => i.fields).find((f) => f.kind !== 'ordered');
  const path = typeof spec.key === 'string' ? spec.key : geo?.name;
  if (!path)
    throw new MongoError(
      27,
      'IndexNotFound',
      '$geoNear requires a 2d or 2dsphere index, but none were found',
    );
  const isGeoJson = isDocument(spec.near);
  const centre = isGeoJson ? toShape(spec.near)?.points[0] : toPosition(spec.near);
  if (!centre) throw failedToParse('$geoNear requires a point');
  const operand = isGeoJson
    ? {
        $near: {
          $geometry: spec.near,
          $maxDistance: spec.maxDistance,
          $minDistance: spec.minDistance,
        },
      }
    : {
        [spec.spherical ? '$nearSphere' : '$near']: spec.near,
        $maxDistance: spec.maxDistance,
        $minDistance: spec.minDistance,
      };
  const filter = { ...(spec.query as Document | undefined), [path]: operand };
  const near = {
    path,
    centre,
    sphere: isGeoJson || spec.spherical === true,
    min: 0,
    max: Infinity,
  };
  const multiplier = isNumber(spec.distanceMultiplier) ? toDouble(spec.distanceMultiplier) : 1;
  return findDocuments(context, ns, filter).map((doc) => {
    const distance = nearDistance(doc, near) ?? 0;
    if (typeof spec.distanceField === 'string')
      setPath(doc, spec.distanceField, distance * multiplier);
    return doc;
  });
}

export const aggregateCommands: Record<string, Command> = {
  aggregate: { kind: 'read', inTransaction: true, run },
};
