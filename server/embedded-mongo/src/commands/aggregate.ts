import { decodeDocument, decodeFields } from '../bson/decode';
import { encodeDocument } from '../bson/encode';
import { isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { isDocument, RawArray } from '../bson/types';
import { MongoError, failedToParse, unsupported } from '../errors';
import { aggregation } from '../aggregation/engine';
import type { PipelineSource } from '../aggregation/engine';
import { isSink, writeSink } from '../aggregation/sinks';
import { stageName } from '../aggregation/stage-name';
import { PAUSE_MARK } from '../aggregation/source';
import { parseCollation } from '../query/collation';
import { countMatches, findMatches } from '../query/find';
import type { FindOptions } from '../query/find';
import { PAUSE } from '../query/scan';
import { Work } from '../query/work';
import { nearDistance } from '../geo/geo-query';
import { toPosition, toShape } from '../geo/geometry';
import { setPath } from '../query/paths';
import type { Command, CommandContext } from './context';
import { count, documentOr, list, namespace, refuseCollation } from './context';
import { findDocuments } from './reads';
import { collStatsDocument } from './stats';
import { indexDocument } from './indexes';
import { openChangeStream, opensChangeStream } from './change-streams';
import { explainPipeline } from './explain';
import { currentOperations, localSessions } from './sessions';

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
  // What is not as it should be is left to the engine, which knows the errors.
  const sort = take('$sort');
  if (isDocument(sort) && Object.keys(sort).length && Object.values(sort).every(isDirection)) {
    options.sort = sort;
    i++;
  }
  const skip = wholeNumber(take('$skip'));
  if (skip !== undefined) {
    options.skip = skip;
    i++;
  }
  const limit = wholeNumber(take('$limit'));
  if (limit) {
    options.limit = limit;
    i++;
  }
  const filter = filters.length > 1 ? { $and: filters } : (filters[0] ?? {});
  return { filter, options, rest: stages.slice(i) };
}

const isDirection = (value: unknown) => isNumber(value) && Math.abs(toDouble(value)) === 1;

function wholeNumber(value: unknown): number | undefined {
  const n = isNumber(value) ? toDouble(value) : NaN;
  return Number.isInteger(n) && n >= 0 ? n : undefined;
}

/** `{$group: {_id: <constant>, n: {$sum: 1}}}` or `{$count}`: what counting comes down to. */
function countGroup(rest: readonly Document[]): ((n: number) => Document[]) | undefined {
  if (rest.length !== 1) return undefined;
  const { $count: name, $group: group } = rest[0]!;
  if (typeof name === 'string' && name && !name.startsWith('$') && !name.includes('.'))
    return (n) => (n ? [{ [name]: n }] : []);
  if (!isDocument(group) || isDocument(group._id) || Array.isArray(group._id)) return undefined;
  if (typeof group._id === 'string' && group._id.startsWith('$')) return undefined;
  const fields = Object.entries(group).filter(([key]) => key !== '_id');
  const [field] = fields;
  if (fields.length !== 1 || !field || !isDocument(field[1])) return undefined;
  if (field[0].includes('.') || field[0].startsWith('$')) return undefined;
  if (field[1].$sum !== 1 || Object.keys(field[1]).length !== 1) return undefined;
  return (n) => (n ? [{ _id: group._id, [field[0]]: n }] : []);
}

/** Stages without a collection behind them: only in `aggregate: 1`. */
const WITHOUT_COLLECTION = ['$currentOp', '$listLocalSessions', '$documents'];

function checkSource({ body }: CommandContext, first: Document | undefined): void {
  for (const name of WITHOUT_COLLECTION)
    if (first && name in first && body.aggregate !== 1)
      throw new MongoError(73, 'InvalidNamespace', `'${name}' can only be run with {aggregate: 1}`);
}

function run(context: CommandContext): Document {
  const { body, engine } = context;
  const pipeline = list(body.pipeline, 'pipeline') as Document[];
  pipeline.forEach(stageName);
  const ns = body.aggregate === 1 ? undefined : namespace(context, body.aggregate);
  if (opensChangeStream(body)) {
    // A stream without further stages compares nothing.
    if (pipeline.length > 1) refuseCollation(body, 'a change stream');
    return openChangeStream(context, ns, pipeline);
  }
  checkSource(context, pipeline[0]);
  const full = ns ?? `${context.db}.$cmd.aggregate`;
  if (body.explain === true) {
    if (body.writeConcern !== undefined)
      throw failedToParse("Aggregation explain does not support the 'writeConcern' option");
    const { options, ...pushed } = pushDown(pipeline);
    const collation = parseCollation(body.collation);
    return explainPipeline(context, full, { ...pushed, options: { ...options, collation } });
  }
  const last = pipeline.at(-1);
  const sink = isSink(last) ? last : undefined;
  if (sink) {
    const before = pipeline.slice(0, -1);
    // What is to be written is read here and at once, however long that takes.
    const work = new Work({ ...engine.limits, turn: Infinity });
    writeSink(context, sink, () => {
      const docs = [...execute({ ...context, work }, ns, before)];
      return docs.map((doc) => (Buffer.isBuffer(doc) ? decodeDocument(doc) : doc));
    });
    return { cursor: { firstBatch: new RawArray([]), id: 0n, ns: full }, ok: 1 };
  }
  const results = encoded(execute(context, ns, pipeline));
  return {
    cursor: engine.cursors.first(full, context.reader.stable ? results : [...results], {
      batchSize: count(documentOr(body.cursor, 'cursor').batchSize, 'batchSize'),
      session: context.transaction && context.session,
      work: context.work,
    }),
    ok: 1,
  };
}

/** Results as bytes; a pause is what cursors take for one. */
function* encoded(docs: Iterable<Document | Buffer>): Generator<Buffer> {
  for (const doc of docs)
    yield Buffer.isBuffer(doc) ? doc : doc === PAUSE_MARK ? PAUSE.raw : encodeDocument(doc);
}

/** Runs the stages; documents no stage touched come back encoded. */
function execute(
  context: CommandContext,
  ns: string | undefined,
  pipeline: readonly Document[],
): Iterable<Document | Buffer> {
  const { engine, body, reader: view } = context;
  const collection = ns === undefined ? undefined : engine.catalog.get(ns);
  const variables = body.let as Document | undefined;
  const first = firstStage(context, ns, pipeline);
  if (first) refuseCollation(body, 'this pipeline');
  if (first) return general(context, pipeline.slice(1), () => first);
  const { filter, options, rest } = pushDown(pipeline);
  const collation = parseCollation(body.collation);
  const findOptions = { ...options, hint: body.hint, variables, collation, work: context.work };
  const counted = countGroup(rest);
  if (counted) return counted(countMatches(view, collection, filter, findOptions));
  const matches = findMatches(view, collection, filter, findOptions);
  if (!rest.length) return raws(matches);
  if (collation) throw unsupported('a collation for more than $match, $sort and counting');
  return general(context, rest, (reads) => decoded(matches, reads, context.work));
}

function* raws(matches: Iterable<{ raw: Buffer }>): Generator<Buffer> {
  for (const { raw } of matches) yield raw;
}

/** Stored documents, decoded as far as the pipeline reads them, with a pause when it is time. */
function* decoded(
  matches: Iterable<{ raw: Buffer }>,
  reads: ReadonlySet<string> | undefined,
  work: Work | undefined,
): Generator<Document> {
  for (const match of matches) {
    if (match !== PAUSE) yield reads ? decodeFields(match.raw, reads) : decodeDocument(match.raw);
    if (work?.tired) yield PAUSE_MARK;
  }
}

function general(
  context: CommandContext,
  stages: readonly Document[],
  input: (reads: ReadonlySet<string> | undefined) => Iterable<Document>,
): Iterable<Document> {
  const { engine, body, reader, work } = context;
  const source: PipelineSource = {
    find(name, filter, bound) {
      const collection = engine.catalog.get(`${context.db}.${name}`);
      return decoded(
        findMatches(reader, collection, filter, { bound, work }),
        undefined,
        undefined,
      );
    },
  };
  const pipeline = aggregation().prepare(stages, {
    source,
    let: body.let,
    now: new Date(engine.clock()),
    memoryBytes: engine.limits.memory,
    allowDiskUse: body.allowDiskUse === true,
  });
  return pipeline.run(input(pipeline.reads));
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
  if (stage.$currentOp) return currentOperations(context);
  if (stage.$listLocalSessions) return localSessions(context);
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
