import type { Document } from '../bson/types';
import { inspect } from '../bson/types';
import {
  badValue,
  invalidOptions,
  MongoError,
  typeMismatch,
  unknownField,
  unsupported,
} from '../errors';

/** What a `$changeStream` stage asks for. */
export interface StreamOptions {
  /** `default`, `updateLookup`, `whenAvailable` or `required`. */
  readonly fullDocument: string;
  /** `off`, `whenAvailable` or `required`. */
  readonly fullDocumentBeforeChange: string;
  /** `showExpandedEvents`: changes of collections and indexes, and more about the others. */
  readonly expanded: boolean;
}

const FIELDS = new Set([
  'resumeAfter',
  'startAfter',
  'startAtOperationTime',
  'fullDocument',
  'fullDocumentBeforeChange',
  'allChangesForCluster',
  'showExpandedEvents',
]);
const FULL = ['default', 'updateLookup', 'whenAvailable', 'required'];
const BEFORE = ['off', 'whenAvailable', 'required'];

/** Checks the `$changeStream` stage. */
export function streamOptions(stage: Document): StreamOptions {
  for (const field of Object.keys(stage))
    if (!FIELDS.has(field)) throw unknownField('$changeStream', field);
  return {
    fullDocument: oneOf(stage, 'fullDocument', FULL),
    fullDocumentBeforeChange: oneOf(stage, 'fullDocumentBeforeChange', BEFORE),
    expanded: flag(stage, 'showExpandedEvents'),
  };
}

function oneOf(stage: Document, field: string, allowed: readonly string[]): string {
  const value = stage[field] ?? allowed[0];
  if (typeof value !== 'string')
    throw typeMismatch(`BSON field '$changeStream.${field}' must be a string`);
  if (!allowed.includes(value))
    throw badValue(
      `Enumeration value '${inspect(value)}' for field '$changeStream.${field}' is not a valid value.`,
    );
  return value;
}

function flag(stage: Document, field: string): boolean {
  const value = stage[field] ?? false;
  if (typeof value !== 'boolean')
    throw typeMismatch(`BSON field '$changeStream.${field}' must be a boolean`);
  return value;
}

/** The databases no stream may watch, but as part of everything. */
const INTERNAL = new Set(['admin', 'config', 'local']);

/**
 * Which namespaces the stream watches.
 * @param ns the collection; undefined for a whole database, or everything
 * @throws InvalidNamespace 73, InvalidOptions 72
 */
export function watchedNamespaces(
  stage: Document,
  db: string,
  ns: string | undefined,
): (ns: string) => boolean {
  if (flag(stage, 'allChangesForCluster')) {
    if (db !== 'admin' || ns)
      throw invalidOptions(
        "A $changeStream with 'allChangesForCluster:true' may only be opened on the 'admin' database, and with no collection name",
      );
    return (other) => !INTERNAL.has(other.split('.', 1)[0]!);
  }
  if (INTERNAL.has(db))
    throw invalidNamespace(`$changeStream may not be opened on the internal ${db} database`);
  if (!ns) return (other) => other === db || other.startsWith(`${db}.`);
  if (ns.startsWith(`${db}.system.`))
    throw invalidNamespace(`$changeStream may not be opened on the internal ${ns} collection`);
  return (other) => other === ns || other === db;
}

const invalidNamespace = (message: string) => new MongoError(73, 'InvalidNamespace', message);

const ALLOWED = new Set([
  '$addFields',
  '$match',
  '$project',
  '$redact',
  '$replaceRoot',
  '$replaceWith',
  '$set',
  '$unset',
]);

/** Stages there are, but not for streams. */
const ELSEWHERE = new Set(
  `bucket bucketAuto collStats count currentOp densify documents facet fill geoNear graphLookup
  group indexStats limit listLocalSessions listSessions lookup merge out planCacheStats sample
  search setWindowFields skip sort sortByCount unionWith unwind`
    .split(/\s+/)
    .map((name) => `$${name}`),
);

/** Checks the stages after `$changeStream`. @throws IllegalOperation 20, 40602, 40324 */
export function checkStages(stages: readonly Document[]): void {
  for (const stage of stages) {
    const [name = ''] = Object.keys(stage);
    if (ALLOWED.has(name)) continue;
    if (name === '$changeStreamSplitLargeEvent') throw unsupported(name);
    if (name === '$changeStream')
      throw new MongoError(
        40602,
        'Location40602',
        '$changeStream is only valid as the first stage in a pipeline.',
      );
    if (!ELSEWHERE.has(name))
      throw new MongoError(40324, 'Location40324', `Unrecognized pipeline stage name: '${name}'`);
    throw new MongoError(
      20,
      'IllegalOperation',
      `${name} is not permitted in a $changeStream pipeline`,
    );
  }
}
