import { ObjectId } from 'bson';
import { decodeDocument } from '../bson/decode';
import { encodeDocument } from '../bson/encode';
import type { Document } from '../bson/types';
import { isDocument, makeDocument } from '../bson/types';
import { MongoError, failedToParse } from '../errors';
import { findMatches } from '../query/find';
import { getPath } from '../query/paths';
import { withIdFirst } from '../query/updater';
import { documentKey } from '../storage/keys';
import { insertDocument, removeDocument, replaceDocument } from '../storage/writer';
import type { CommandContext } from '../commands/context';
import { aggregation } from './engine';

/** Is this the stage that writes the result into a collection? */
export const isSink = (stage: Document | undefined): boolean =>
  stage !== undefined && ('$out' in stage || '$merge' in stage);

/** Writes a pipeline's result as its last stage says. */
export function writeSink(
  context: CommandContext,
  stage: Document,
  docs: readonly Document[],
): void {
  const { set } = context.unit;
  set.beginStatement();
  try {
    if ('$out' in stage) replaceAll(context, stage.$out, docs);
    else merge(context, stage.$merge, docs);
  } catch (error) {
    set.rollbackStatement();
    throw error;
  }
}

function targetNamespace(context: CommandContext, target: unknown): string {
  if (typeof target === 'string') return `${context.db}.${target}`;
  if (isDocument(target) && typeof target.coll === 'string')
    return `${typeof target.db === 'string' ? target.db : context.db}.${target.coll}`;
  throw failedToParse('the target of $out or $merge must name a collection');
}

function replaceAll(context: CommandContext, target: unknown, docs: readonly Document[]): void {
  const { engine, unit } = context;
  const collection = engine.catalog.ensure(unit.set, targetNamespace(context, target));
  const old = [...findMatches(unit.view, collection, {})];
  for (const { rid } of old) unit.lock('docs', documentKey(collection.id, rid));
  for (const { rid, raw } of old) removeDocument(unit, collection, rid, raw);
  for (const doc of docs) insertDocument(unit, collection, encodeDocument(withId(doc)));
}

const withId = (doc: Document): Document =>
  doc._id === undefined ? makeDocument({ _id: new ObjectId() }, doc) : withIdFirst(doc);

function merge(context: CommandContext, spec: unknown, docs: readonly Document[]): void {
  const options: Document = typeof spec === 'string' ? { into: spec } : (spec as Document);
  const { engine, unit } = context;
  const collection = engine.catalog.ensure(unit.set, targetNamespace(context, options.into));
  const on = Array.isArray(options.on)
    ? (options.on as string[])
    : [typeof options.on === 'string' ? options.on : '_id'];
  const whenMatched = options.whenMatched ?? 'merge';
  const whenNotMatched = options.whenNotMatched ?? 'insert';
  for (const doc of docs) {
    const filter = Object.fromEntries(on.map((path) => [path, getPath(doc, path) ?? null]));
    const [match] = [...findMatches(unit.view, collection, filter, { limit: 1 })];
    if (!match) {
      if (whenNotMatched === 'insert')
        insertDocument(unit, collection, encodeDocument(withId(doc)));
      else if (whenNotMatched === 'fail')
        throw new MongoError(
          13113,
          'MergeStageNoMatchingDocument',
          '$merge could not find a match',
        );
      continue;
    }
    if (whenMatched === 'keepExisting') continue;
    if (whenMatched === 'fail')
      throw new MongoError(11000, 'DuplicateKey', 'E11000 duplicate key error: $merge matched');
    const old = decodeDocument(match.raw);
    const after = makeDocument(mergedDocument(whenMatched, old, doc, options), { _id: old._id });
    unit.lock('docs', documentKey(collection.id, match.rid));
    const sorted = withIdFirst(after);
    const raw = encodeDocument(sorted);
    if (!raw.equals(match.raw))
      replaceDocument(unit, collection, match.rid, match.raw, sorted, raw, { kind: 'replace' });
  }
}

function mergedDocument(how: unknown, old: Document, doc: Document, options: Document): Document {
  if (how === 'replace') return makeDocument(doc);
  if (how === 'merge') return makeDocument(old, doc);
  if (!Array.isArray(how)) throw failedToParse(`unknown whenMatched mode '${String(how)}'`);
  const variables = { new: doc, ...(options.let as Document | undefined) };
  return aggregation().updateByPipeline(old, how as Document[], variables);
}
