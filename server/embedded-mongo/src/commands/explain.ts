import type { Document } from '../bson/types';
import { inspect, isDocument } from '../bson/types';
import { MongoError, badValue, failedToParse } from '../errors';
import { parseCollation } from '../query/collation';
import type { FindOptions } from '../query/find';
import { Work } from '../query/work';
import { findMatches, prepare } from '../query/find';
import { extractNear } from '../geo/geo-query';
import type { Command, CommandContext } from './context';
import { documentOr, list } from './context';
import { findOptions } from './reads';

/** The winning plan as MongoDB's nested stages. */
function explainFind(
  context: CommandContext,
  ns: string,
  filter: Document,
  options: FindOptions,
  execute: boolean,
): Document {
  const { engine, reader: view } = context;
  const collection = engine.catalog.get(ns);
  const rest = extractNear(filter)?.rest ?? filter;
  const query = collection && prepare(view, collection, rest, options);
  const plan = query?.plan;
  let stage: Document = plan
    ? {
        stage: 'FETCH',
        ...(plan.exact ? {} : { filter }),
        inputStage: {
          stage: 'IXSCAN',
          indexName: plan.index.name,
          keyPattern: plan.index.spec.key,
          isMultiKey: plan.index.multikey.some(Boolean),
          isUnique: plan.index.unique,
          isSparse: plan.index.sparse,
          isPartial: plan.index.partial !== undefined,
          direction: plan.reverse ? 'backward' : 'forward',
        },
      }
    : { stage: collection ? 'COLLSCAN' : 'EOF', filter, direction: 'forward' };
  if (query?.sort.length && !plan?.providesSort)
    stage = { stage: 'SORT', sortPattern: options.sort, inputStage: stage };
  if (options.skip) stage = { stage: 'SKIP', skipAmount: options.skip, inputStage: stage };
  if (options.limit) stage = { stage: 'LIMIT', limitAmount: options.limit, inputStage: stage };
  const queryPlanner = {
    namespace: ns,
    parsedQuery: filter,
    winningPlan: stage,
    rejectedPlans: [],
  };
  if (!execute) return { queryPlanner };
  const work = new Work(context.work.limits);
  const started = performance.now();
  let returned = 0;
  for (const _ of findMatches(view, collection, filter, { ...options, work })) returned++;
  return {
    queryPlanner,
    executionStats: {
      executionSuccess: true,
      nReturned: returned,
      executionTimeMillis: Math.round(performance.now() - started),
      totalKeysExamined: work.keys,
      totalDocsExamined: work.documents,
      executionStages: { ...stage, nReturned: returned },
    },
  };
}

/** `aggregate` with `explain: true`: how the leading stages read. */
export function explainPipeline(
  context: CommandContext,
  ns: string,
  pushed: { filter: Document; options: FindOptions; rest: Document[] },
): Document {
  const plan = explainFind(context, ns, pushed.filter, pushed.options, true);
  if (!pushed.rest.length) return { ...plan, ok: 1 };
  return { stages: [{ $cursor: plan }, ...pushed.rest], ok: 1 };
}

const VERBOSITIES: unknown[] = ['queryPlanner', 'executionStats', 'allPlansExecution'];

const inSearch = (body: Document): FindOptions => ({
  hint: body.hint,
  collation: parseCollation(body.collation),
});

const explain: Command = {
  kind: 'read',
  run(context) {
    const { body, db } = context;
    const inner = documentOr(body.explain, 'explain');
    const [name, target] = Object.entries(inner)[0] ?? [];
    const ns = `${db}.${String(target)}`;
    const verbosity = body.verbosity ?? 'allPlansExecution';
    if (!VERBOSITIES.includes(verbosity))
      throw badValue(
        `Enumeration value '${inspect(verbosity)}' for field 'explain.verbosity' is not a valid value.`,
      );
    const execute = verbosity !== 'queryPlanner';
    const of = (filter: unknown, options: FindOptions) =>
      explainFind(context, ns, documentOr(filter, 'filter'), options, execute);
    const statement = (field: string) => documentOr(list(inner[field], field)[0], field);
    let result: Document;
    switch (name) {
      case 'find':
        result = of(inner.filter, findOptions(inner));
        break;
      case 'count':
      case 'distinct':
        result = of(inner.query, findOptions(inner));
        break;
      case 'findAndModify':
        result = of(inner.query, { ...inSearch(inner), sort: inner.sort, limit: 1 });
        break;
      case 'update':
        result = of(statement('updates').q, inSearch(statement('updates')));
        break;
      case 'delete':
        result = of(statement('deletes').q, inSearch(statement('deletes')));
        break;
      case 'aggregate': {
        if (inner.writeConcern !== undefined)
          throw failedToParse("Aggregation explain does not support the 'writeConcern' option");
        const first = (list(inner.pipeline, 'pipeline') as Document[])[0];
        const filter = isDocument(first) && isDocument(first.$match) ? first.$match : {};
        result = of(filter, inSearch(inner));
        break;
      }
      default:
        throw name
          ? new MongoError(59, 'CommandNotFound', `Explain failed due to unknown command: ${name}`)
          : failedToParse('explain command requires a nested object');
    }
    return { explainVersion: '1', ...result, ok: 1 };
  },
};

export const explainCommands: Record<string, Command> = { explain };
