import { ObjectId } from 'bson';
import { decodeDocument } from '../bson/decode';
import { encodeDocument } from '../bson/encode';
import { valuesEqual } from '../bson/compare';
import type { Document } from '../bson/types';
import { makeDocument, withoutField } from '../bson/types';
import { failedToParse, immutableId } from '../errors';
import { aggregation } from '../aggregation/engine';
import { parseCollation } from '../query/collation';
import type { Match } from '../query/find';
import { findForWrite } from '../slow/targets';
import type { Update } from '../query/updater';
import {
  applyOperators,
  applyReplacement,
  describeChange,
  parseUpdate,
  withIdFirst,
} from '../query/updater';
import { upsertSeed } from '../query/upsert-seed';
import type { Collection } from '../storage/catalog';
import { documentKey } from '../storage/keys';
import { insertDocument, replaceDocument } from '../storage/writer';
import type { CommandContext } from './context';

/** One update statement, as `update` and `findAndModify` have it. */
export interface UpdateStatement {
  readonly filter: Document;
  readonly update: unknown;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly arrayFilters: unknown[] | undefined;
  readonly sort: unknown;
  readonly hint: unknown;
  readonly variables: Document | undefined;
  /** `c`: constants of a pipeline update. */
  readonly constants: Document | undefined;
  /** The collation as sent. */
  readonly collation: unknown;
}

export interface UpdateOutcome {
  n: number;
  nModified: number;
  upsertedId?: unknown;
  /** The first matched document before and after (encoded). */
  before?: Buffer;
  after?: Buffer;
}

/** Finds, changes and stores; inserts when nothing matched and `upsert` is set. */
export function updateStatement(
  context: CommandContext,
  ns: string,
  statement: UpdateStatement,
): UpdateOutcome {
  const collation = parseCollation(statement.collation);
  const update = parseUpdate(statement.update, statement.arrayFilters, collation);
  if (update.kind === 'replace' && statement.multi)
    throw failedToParse('multi update is not supported for replacement-style update');
  const { engine, unit } = context;
  const collection = engine.catalog.get(ns);
  const matches = findForWrite(context, {
    ns,
    filter: statement.filter,
    options: {
      limit: statement.multi ? 0 : 1,
      sort: statement.sort,
      hint: statement.hint,
      variables: statement.variables,
      collation,
    },
  });
  if (!matches.length)
    return statement.upsert && !context.targets?.found
      ? upsert(context, ns, statement, update)
      : none();
  for (const { rid } of matches) unit.lock('docs', documentKey(collection!.id, rid));
  const outcome: UpdateOutcome = { n: matches.length, nModified: 0 };
  const now = new Date(engine.clock());
  for (const match of matches) {
    const after = changeOne(context, collection!, match, statement, update, now);
    if (after !== match.raw) outcome.nModified++;
    outcome.before ??= match.raw;
    outcome.after ??= after;
  }
  return outcome;
}

const none = (): UpdateOutcome => ({ n: 0, nModified: 0 });

/** @returns the new bytes; the same buffer when nothing changed. */
function changeOne(
  context: CommandContext,
  collection: Collection,
  match: Match,
  statement: UpdateStatement,
  update: Update,
  now: Date,
): Buffer {
  const doc = decodeDocument(match.raw);
  const { unit } = context;
  if (update.kind === 'operators') {
    const { filter } = statement;
    const { updated, removed } = applyOperators(doc, update, {
      filter,
      isInsert: false,
      now,
      collation: parseCollation(statement.collation),
    });
    const raw = encodeDocument(doc);
    if (raw.equals(match.raw)) return match.raw;
    const event = { kind: 'update', updated, removed } as const;
    replaceDocument(unit, collection, match.rid, match.raw, doc, raw, event);
    return raw;
  }
  const after =
    update.kind === 'replace'
      ? applyReplacement(doc, update.doc)
      : runPipeline(doc, update.stages, statement, now);
  const raw = encodeDocument(after);
  if (raw.equals(match.raw)) return match.raw;
  const event =
    update.kind === 'replace'
      ? ({ kind: 'replace' } as const)
      : ({ kind: 'update', ...describeChange(doc, after) } as const);
  replaceDocument(unit, collection, match.rid, match.raw, after, raw, event);
  return raw;
}

function runPipeline(
  doc: Document,
  stages: readonly Document[],
  { variables, constants }: UpdateStatement,
  now: Date,
): Document {
  const after = aggregation().updateByPipeline(doc, stages, { let: variables, constants, now });
  if (doc._id === undefined) return withIdFirst(after);
  if (after._id !== undefined && !valuesEqual(after._id, doc._id)) throw immutableId();
  return makeDocument({ _id: doc._id }, withoutField(after, '_id'));
}

function upsert(
  context: CommandContext,
  ns: string,
  statement: UpdateStatement,
  update: Update,
): UpdateOutcome {
  const { engine, unit } = context;
  const { filter } = statement;
  const now = new Date(engine.clock());
  let doc = upsertSeed(filter, update.kind === 'replace');
  if (update.kind === 'replace')
    doc = applyReplacement(doc._id === undefined ? undefined : { _id: doc._id }, update.doc);
  else if (update.kind === 'pipeline') doc = runPipeline(doc, update.stages, statement, now);
  else applyOperators(doc, update, { filter, isInsert: true, now });
  if (doc._id === undefined) doc._id = new ObjectId();
  const raw = encodeDocument(withIdFirst(doc));
  const collection = unit.ensureCollection(ns);
  const upsertedId = insertDocument(unit, collection, raw);
  return { n: 1, nModified: 0, upsertedId, after: raw };
}
