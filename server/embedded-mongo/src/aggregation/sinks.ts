import { ObjectId } from 'bson';
import { decodeDocument } from '../bson/decode';
import { encodeDocument } from '../bson/encode';
import { valuesEqual } from '../bson/compare';
import type { Document } from '../bson/types';
import { isArray, isDocument, makeDocument } from '../bson/types';
import { MongoError, failedToParse, immutableId, unsupported } from '../errors';
import type { CommandContext } from '../commands/context';
import { findMatches } from '../query/find';
import { getPath } from '../query/paths';
import { withIdFirst } from '../query/updater';
import type { Collection } from '../storage/catalog';
import { documentKey } from '../storage/keys';
import { duplicateKey, insertDocument, removeDocument, replaceDocument } from '../storage/writer';
import { aggregation } from './engine';

/** Is this the stage that writes the result into a collection? */
export const isSink = (stage: Document | undefined): boolean =>
  stage !== undefined && ('$out' in stage || '$merge' in stage);

/**
 * Writes a pipeline's result as its last stage says; all of it or nothing.
 * @param results called when the stage has been checked
 */
export function writeSink(
  context: CommandContext,
  stage: Document,
  results: () => readonly Document[],
): void {
  const write =
    '$out' in stage ? prepareOut(context, stage.$out) : prepareMerge(context, stage.$merge);
  const docs = results();
  const { set } = context.unit;
  set.beginStatement();
  try {
    write(docs);
  } catch (error) {
    set.rollbackStatement();
    throw error;
  }
}

type Write = (docs: readonly Document[]) => void;

function targetNamespace(context: CommandContext, target: unknown, stage: string): string {
  if (typeof target === 'string' && target) return `${context.db}.${target}`;
  if (isDocument(target) && typeof target.coll === 'string' && target.coll) {
    if (target.timeseries !== undefined) throw unsupported('$out into a time series');
    return `${typeof target.db === 'string' ? target.db : context.db}.${target.coll}`;
  }
  throw failedToParse(`the target of ${stage} must name a collection`);
}

function prepareOut(context: CommandContext, target: unknown): Write {
  const ns = targetNamespace(context, target, '$out');
  return (docs) => {
    const { engine, unit } = context;
    const collection = engine.catalog.ensure(unit.set, ns);
    const old = [...findMatches(unit.view, collection, {})];
    for (const { rid } of old) unit.lock('docs', documentKey(collection.id, rid));
    for (const { rid, raw } of old) removeDocument(unit, collection, rid, raw);
    for (const doc of docs) insertDocument(unit, collection, encodeDocument(withId(doc)));
  };
}

const withId = (doc: Document): Document =>
  doc._id === undefined ? makeDocument({ _id: new ObjectId() }, doc) : withIdFirst(doc);

const MATCHED = ['replace', 'keepExisting', 'merge', 'fail'];
const NOT_MATCHED = ['insert', 'discard', 'fail'];

interface Merge {
  readonly ns: string;
  readonly on: readonly string[];
  readonly whenMatched: string | readonly Document[];
  readonly whenNotMatched: string;
  readonly variables: unknown;
}

function parseMerge(context: CommandContext, spec: unknown): Merge {
  const options: Document = isDocument(spec) ? spec : { into: spec };
  for (const key of Object.keys(options))
    if (!['into', 'on', 'let', 'whenMatched', 'whenNotMatched'].includes(key))
      throw failedToParse(`BSON field '$merge.${key}' is an unknown field.`);
  const { whenMatched = 'merge', whenNotMatched = 'insert' } = options;
  if (!isArray(whenMatched) && !MATCHED.includes(whenMatched as string))
    throw new MongoError(
      2,
      'BadValue',
      `Enumeration value '${String(whenMatched)}' for field 'whenMatched' is not a valid value.`,
    );
  if (!NOT_MATCHED.includes(whenNotMatched as string))
    throw new MongoError(
      2,
      'BadValue',
      `Enumeration value '${String(whenNotMatched)}' for field '$merge.whenNotMatched' is not a valid value.`,
    );
  if (options.let !== undefined && !isArray(whenMatched))
    throw new MongoError(
      51199,
      'Location51199',
      "Cannot use 'let' variables with this whenMatched mode",
    );
  const on = options.on === undefined ? ['_id'] : isArray(options.on) ? options.on : [options.on];
  if (!on.length || !on.every((path) => typeof path === 'string'))
    throw new MongoError(
      51187,
      'Location51187',
      "the 'on' field of $merge must be a string or a non-empty array of strings",
    );
  return {
    ns: targetNamespace(context, options.into, '$merge'),
    on: on,
    whenMatched: whenMatched as string | Document[],
    whenNotMatched: whenNotMatched as string,
    variables: options.let,
  };
}

function prepareMerge(context: CommandContext, spec: unknown): Write {
  const merge = parseMerge(context, spec);
  return (docs) => {
    const collection = context.engine.catalog.ensure(context.unit.set, merge.ns);
    checkUnique(collection, merge.on);
    for (const doc of docs) mergeOne(context, collection, merge, doc);
  };
}

/** @throws Location51183 unless a unique index makes the join fields identify one document */
function checkUnique(collection: Collection, on: readonly string[]): void {
  const serves = collection.indexes.some(
    ({ unique, partial, fields }) =>
      unique &&
      !partial &&
      fields.length === on.length &&
      fields.every((field) => on.includes(field.name)),
  );
  if (!serves && !(on.length === 1 && on[0] === '_id'))
    throw new MongoError(
      51183,
      'Location51183',
      'Cannot find index to verify that join fields will be unique',
    );
}

function mergeOne(
  context: CommandContext,
  collection: Collection,
  merge: Merge,
  given: Document,
): void {
  const { unit } = context;
  const doc = merge.on.includes('_id') ? withId(given) : given;
  const filter = makeDocument();
  for (const path of merge.on) filter[path] = { $eq: joinValue(doc, path) };
  const [match] = [...findMatches(unit.view, collection, filter, { limit: 1 })];
  if (!match) {
    if (merge.whenNotMatched === 'insert')
      insertDocument(unit, collection, encodeDocument(withId(doc)));
    else if (merge.whenNotMatched === 'fail')
      throw new MongoError(
        13113,
        'MergeStageNoMatchingDocument',
        '$merge could not find a matching document in the target collection for at least one document in the source collection',
      );
    return;
  }
  if (merge.whenMatched === 'keepExisting') return;
  if (merge.whenMatched === 'fail') throw duplicate(collection, merge.on, doc);
  const old = decodeDocument(match.raw);
  const after = merged(context, merge, old, doc);
  if (after._id !== undefined && !valuesEqual(after._id, old._id)) throw immutableId();
  unit.lock('docs', documentKey(collection.id, match.rid));
  const sorted = withIdFirst(makeDocument(after, { _id: old._id }));
  const raw = encodeDocument(sorted);
  if (!raw.equals(match.raw))
    replaceDocument(unit, collection, match.rid, match.raw, sorted, raw, { kind: 'replace' });
}

function joinValue(doc: Document, path: string): unknown {
  const value = getPath(doc, path);
  if (value === undefined || value === null || isArray(value))
    throw new MongoError(
      51132,
      'Location51132',
      "$merge write error: 'on' field cannot be missing, null, undefined or an array",
    );
  return value;
}

/** The error of the unique index the join fields have. */
function duplicate(collection: Collection, on: readonly string[], doc: Document): MongoError {
  const index = collection.indexes.find(
    ({ fields }) => fields.length === on.length && fields.every((field) => on.includes(field.name)),
  );
  return duplicateKey(collection, index!, doc);
}

function merged(context: CommandContext, merge: Merge, old: Document, doc: Document): Document {
  if (merge.whenMatched === 'replace') return doc;
  if (merge.whenMatched === 'merge') return makeDocument(old, doc);
  const now = new Date(context.engine.clock());
  let constants = makeDocument();
  if (isDocument(merge.variables)) {
    // The variables are expressions over the incoming document.
    const values = aggregation().prepare([{ $replaceWith: merge.variables }], { now });
    constants = makeDocument([...values.run([doc])][0]!);
  }
  constants.new = doc;
  return aggregation().updateByPipeline(old, merge.whenMatched as Document[], { constants, now });
}
