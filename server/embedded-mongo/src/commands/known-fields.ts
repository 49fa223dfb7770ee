import type { Document } from '../bson/types';
import { unknownField } from '../errors';

/** Arguments any command may have. */
const GENERIC = [
  ...['$db', '$clusterTime', '$readPreference', 'readConcern', 'writeConcern', 'lsid', 'comment'],
  ...['txnNumber', 'autocommit', 'startTransaction', 'maxTimeMS', 'apiVersion', 'apiStrict'],
  ...['apiDeprecationErrors', 'let', 'collation', 'hint', 'rawData', '$audit', '$client'],
];

/** What commands (and the statements within them) may contain besides. */
const KNOWN: Readonly<Record<string, ReadonlySet<string>>> = {
  find: fields('find filter projection sort skip limit batchSize singleBatch max min returnKey', [
    ...['showRecordId', 'tailable', 'oplogReplay', 'noCursorTimeout', 'awaitData', 'readOnce'],
    ...['allowPartialResults', 'allowDiskUse'],
  ]),
  count: fields('count query limit skip fields'),
  distinct: fields('distinct key query'),
  insert: fields('insert documents ordered bypassDocumentValidation stmtId stmtIds'),
  update: fields('update updates ordered bypassDocumentValidation stmtId stmtIds'),
  'update.updates': fields('q u c multi upsert arrayFilters sort sampleId upsertSupplied'),
  delete: fields('delete deletes ordered stmtId stmtIds'),
  'delete.deletes': fields('q limit sampleId'),
  findAndModify: fields('findAndModify findandmodify query fields sort remove update new upsert', [
    ...['bypassDocumentValidation', 'arrayFilters', 'sampleId', 'stmtId'],
  ]),
};

function fields(names: string, more: readonly string[] = []): ReadonlySet<string> {
  return new Set([...names.split(' '), ...more, ...GENERIC]);
}

/**
 * Refuses what a misspelt option would silently leave out.
 * @param command its name, or `update.updates` for a statement of it
 * @throws Location40415
 */
export function refuseUnknownFields(command: string, body: Document): void {
  const known = KNOWN[command];
  for (const name of Object.keys(body))
    if (known && !known.has(name)) throw unknownField(command, name);
}
