import { ObjectId } from 'bson';
import type { Decimal128, Double, Long } from 'bson';
import { compareValues, valuesEqual } from '../bson/compare';
import { arithmetic, isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { bsonType, cloneValue, isDocument, setField, inspect } from '../bson/types';
import { MongoError, badValue } from '../errors';
import { compileFilter, installExpressions } from '../query/matcher';
import { parseSort } from '../query/planner';
import { compileRegex, isRegex } from '../query/regex';
import { documentOrder } from '../query/sort';
import type { AggregationEngine, PipelineSource } from './engine';
import { lookupStage } from './lookup';

// mingo's operator functions are loosely typed; these are the shapes used here.
type Options = Document & { context: unknown };
type Expression = (obj: unknown, expr: unknown, options: Options) => unknown;
interface Stream {
  map(f: (doc: Document) => Document): Stream;
  filter(f: (doc: Document) => boolean): Stream;
  transform(f: (docs: Document[]) => unknown): Stream;
}
type Stage = (docs: Stream, expr: unknown, options: Options) => Stream;

/** Prepares values for mingo: it knows JS numbers and regular expressions, not BSON's. */
function toPlain(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(toPlain);
  switch (bsonType(value)) {
    case undefined:
      break;
    case 'Long':
      return (value as Long).toNumber();
    case 'Double':
    case 'Int32':
      return (value as Double).value;
    case 'BSONRegExp':
      return compileRegex(value);
    default:
      return value;
  }
  if (!isDocument(value)) return value;
  const out: Document = {};
  for (const key of Object.keys(value)) setField(out, key, toPlain(value[key]));
  return out;
}

/** Only exports that are operators: mingo's index modules export helpers, too. */
function operators<T>(module: object): Record<string, T> {
  return Object.fromEntries(Object.entries(module).filter(([name]) => name.startsWith('$')));
}

/**
 * Builds the engine. Packages are imported here, not at the top, so that bundling does not turn
 * the delayed import into an eager one. Never plain `mingo`: it registers its own operators.
 */
export async function createEngine(): Promise<AggregationEngine> {
  const [
    core,
    { Aggregator },
    lazy,
    accumulators,
    expressions,
    stages,
    projections,
    queries,
    windows,
  ] = await Promise.all([
    import('mingo/core'),
    import('mingo/aggregator'),
    import('mingo/lazy'),
    import('mingo/operators/accumulator'),
    import('mingo/operators/expression'),
    import('mingo/operators/pipeline'),
    import('mingo/operators/projection'),
    import('mingo/operators/query'),
    import('mingo/operators/window'),
  ]);
  const evaluate = core.evalExpr as unknown as Expression;
  const lazily = lazy.Lazy as (docs: Document[]) => unknown;
  const context = core.Context.init({
    accumulator: {
      ...operators(accumulators),
      ...exactAccumulators(accumulators.$push as unknown as Expression),
    },
    expression: { ...operators(expressions), ...exactExpressions(evaluate) },
    pipeline: { ...operators(stages), ...exactStages(lazily, stages.$group as never) },
    projection: operators(projections),
    query: operators(queries),
    window: operators(windows),
  } as never);

  const optionsFor = (source: PipelineSource | undefined, variables: Document | undefined) =>
    ({
      context,
      idKey: '_id',
      useStrictMode: true,
      scriptEnabled: false,
      failOnError: true,
      variables: toPlain(variables ?? {}) as Document,
      collectionResolver: (name: string) =>
        (source?.all(name) ?? []).map((doc) => toPlain(doc) as Document),
      // Our own stages find the source here.
      embeddedSource: source,
    }) as never;

  const run: AggregationEngine['run'] = (docs, pipeline, source, variables) => {
    // A `$lookup` pipeline runs within a run.
    const outer = active.source;
    active.source = source;
    try {
      const plain = pipeline.map((stage): Document => toPlain(stage) as Document);
      const aggregator = new Aggregator(plain, optionsFor(source, variables));
      return aggregator.run<Document>(docs.map((doc) => toPlain(doc) as Document) as never);
    } catch (error) {
      throw translate(error);
    } finally {
      active.source = outer;
    }
  };

  installExpressions((expression, variables) => {
    const plain = toPlain(expression);
    const options = optionsFor(undefined, variables);
    return (doc) => {
      try {
        return truthy(evaluate(toPlain(doc), plain, options));
      } catch (error) {
        throw translate(error);
      }
    };
  });

  return {
    run,
    updateByPipeline(doc, pipeline, variables) {
      for (const stage of pipeline) checkUpdateStage(stage);
      const [after] = run([cloneValue(doc)], pipeline, undefined, variables, new Date());
      return restoreTypes(after ?? {}, doc) as Document;
    },
  };
}

/** The collections of the pipeline at work; runs are synchronous, so one is enough. */
const active: { source: PipelineSource | undefined } = { source: undefined };

const truthy = (value: unknown) =>
  value !== null &&
  value !== undefined &&
  value !== false &&
  !(isNumber(value) && toDouble(value) === 0);

function translate(error: unknown): unknown {
  if (error instanceof MongoError) return error;
  return badValue((error as Error).message.replace(/^mingo: /, ''));
}

const UPDATE_STAGES = new Set([
  '$set',
  '$addFields',
  '$unset',
  '$project',
  '$replaceRoot',
  '$replaceWith',
]);

function checkUpdateStage(stage: Document): void {
  const [name] = Object.keys(stage);
  if (!name || !UPDATE_STAGES.has(name))
    throw new MongoError(
      72,
      'InvalidOptions',
      `${name ?? 'An empty stage'} is not allowed to be used within an update`,
    );
}

/** Gives values a pipeline left untouched their BSON type back (5.0, Long 5). */
export function restoreTypes(after: unknown, before: unknown): unknown {
  if (Array.isArray(after) && Array.isArray(before))
    return after.map((item, i) => restoreTypes(item, before[i]));
  if (isDocument(after) && isDocument(before)) {
    const out: Document = {};
    for (const key of Object.keys(after)) setField(out, key, restoreTypes(after[key], before[key]));
    return out;
  }
  if (isNumber(after) && isNumber(before) && valuesEqual(after, before)) return before;
  if (after instanceof RegExp && isRegex(before)) return before;
  return after;
}

/** `$match`, `$sort` and `$lookup` with our own matcher, order and indexes. */
function exactStages(lazily: (docs: Document[]) => unknown, group: Stage): Record<string, Stage> {
  return {
    $match: (docs, expr, options) => {
      const test = compileFilter(expr, { variables: options.variables as Document | undefined });
      return docs.filter((doc) => test(doc));
    },
    $sort: (docs, expr) => {
      const order = documentOrder(parseSort(expr));
      return docs.transform((all) => lazily([...all].sort(order)));
    },
    // mingo files a value that equals a boundary under the bucket below it.
    $bucket: (docs, expr, options) => {
      const { groupBy, boundaries, default: other, output } = expr as Document;
      const limits = boundaries as unknown[];
      const branches = limits.slice(0, -1).map((low, i) => ({
        case: { $and: [{ $gte: [groupBy, low] }, { $lt: [groupBy, limits[i + 1]] }] },
        then: { $literal: low },
      }));
      const choose = { branches, ...(other === undefined ? {} : { default: { $literal: other } }) };
      const fields = (output ?? { count: { $sum: 1 } }) as Document;
      const grouped = group(docs, { _id: { $switch: choose }, ...fields }, options);
      const order = documentOrder(parseSort({ _id: 1 }));
      return grouped.transform((all) => lazily([...all].sort(order)));
    },
    $lookup: (docs, expr, options) =>
      lookupStage(docs, expr as Document, options, active.source, (d) => toPlain(d) as Document),
  };
}

function exactExpressions(evaluate: Expression): Record<string, Expression> {
  const compare =
    (accept: (order: number) => unknown): Expression =>
    (obj, expr, options) => {
      const [a, b] = evaluate(obj, expr, options) as [unknown, unknown];
      return accept(compareValues(a, b));
    };
  return {
    $eq: compare((c) => c === 0),
    $ne: compare((c) => c !== 0),
    $gt: compare((c) => c > 0),
    $gte: compare((c) => c >= 0),
    $lt: compare((c) => c < 0),
    $lte: compare((c) => c <= 0),
    $cmp: compare((c) => c),
    $toObjectId: (obj, expr, options) => {
      const value = evaluate(obj, expr, options);
      if (value === null || value === undefined) return null;
      if (bsonType(value) === 'ObjectId') return value;
      if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return new ObjectId(value);
      throw new MongoError(
        241,
        'ConversionFailure',
        `Failed to parse objectId '${inspect(value)}'`,
      );
    },
  };
}

/** @param push mingo's `$push`: evaluates an expression for each document of a group. */
function exactAccumulators(push: Expression): Record<string, Expression> {
  const values = (docs: unknown, expr: unknown, options: Options) =>
    (push(docs, expr, options) as unknown[]).filter((v) => v !== undefined && v !== null);
  const sum = (numbers: unknown[]) =>
    numbers
      .filter(isNumber)
      .reduce<unknown>(
        (total, n) => arithmetic('add', total, n) ?? toDouble(total) + toDouble(n),
        0,
      );
  const extreme =
    (direction: 1 | -1): Expression =>
    (docs, expr, options) =>
      values(docs, expr, options).reduce<unknown>(
        (best, v) => (best === null || compareValues(v, best) * direction > 0 ? v : best),
        null,
      );
  return {
    $sum: (docs, expr, options) => toPlainNumber(sum(values(docs, expr, options))),
    $avg: (docs, expr, options) => {
      const numbers = values(docs, expr, options).filter(isNumber);
      return numbers.length ? toDouble(sum(numbers)) / numbers.length : null;
    },
    $max: extreme(1),
    $min: extreme(-1),
  };
}

/** Later stages calculate with JS numbers; only decimals stay as they are. */
const toPlainNumber = (value: unknown) =>
  bsonType(value) === 'Decimal128' ? (value as Decimal128) : toDouble(value);
