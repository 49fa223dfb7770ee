import { isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { inspect, isDocument } from '../bson/types';
import type { Command } from '../commands/context';
import { badValue, invalidOptions, typeMismatch, unknownField } from '../errors';

const LEVELS = new Set(['local', 'available', 'majority', 'linearizable', 'snapshot']);
const IN_TRANSACTION = new Set(['local', 'majority', 'snapshot']);
const READ_CONCERN_FIELDS = new Set([
  'level',
  'afterClusterTime',
  'atClusterTime',
  'afterOpTime',
  'provenance',
]);
/** Commands that read documents; only they know levels beyond `local`. */
const READS = new Set(['find', 'aggregate', 'distinct', 'count']);
const SNAPSHOT_READS = new Set(['find', 'aggregate', 'distinct']);

/** How a command wants to read. */
export interface ReadConcern {
  /** Undefined when the command says nothing. */
  readonly level: string | undefined;
  readonly atClusterTime: unknown;
}

/**
 * Checks a command's read concern. One node with every acknowledged write on disk gives the same
 * answer at each level but `snapshot`.
 */
export function readConcernOf(body: Document, name: string): ReadConcern {
  const value = body.readConcern;
  if (value === undefined) return { level: undefined, atClusterTime: undefined };
  if (!isDocument(value)) throw typeMismatch("Field 'readConcern' must be an object");
  for (const field of Object.keys(value))
    if (!READ_CONCERN_FIELDS.has(field)) throw unknownField('readConcern', field);
  const { level, atClusterTime } = value;
  if (level !== undefined && (typeof level !== 'string' || !LEVELS.has(level)))
    throw badValue(
      `Enumeration value '${inspect(level)}' for field 'readConcern.level' is not a valid value.`,
    );
  if (atClusterTime !== undefined && level !== 'snapshot')
    throw invalidOptions(
      "readConcern 'atClusterTime' can be specified only when the level is 'snapshot'",
    );
  const inTransaction = body.autocommit === false;
  if (inTransaction && level !== undefined && !IN_TRANSACTION.has(level))
    throw invalidOptions(
      "The readConcern level must be either 'local' (default), 'majority' or 'snapshot' in order to run in a transaction",
    );
  if (inTransaction && body.startTransaction !== true)
    throw invalidOptions('Only the first command in a transaction may specify a readConcern');
  if (!inTransaction && level !== undefined && level !== 'local') {
    const known = level === 'snapshot' ? SNAPSHOT_READS : READS;
    if (!known.has(name))
      throw invalidOptions(`Command ${name} does not support read concern level '${level}'`);
  }
  return { level, atClusterTime };
}

/** Checks the form of a command's write concern, and that it has none where it may not. */
export function checkWriteConcern(body: Document, name: string, command: Command): void {
  const value = body.writeConcern;
  if (value === undefined) return;
  if (!isDocument(value)) throw typeMismatch("Field 'writeConcern' must be an object");
  if (body.autocommit === false && name !== 'commitTransaction' && name !== 'abortTransaction')
    throw invalidOptions('writeConcern is not allowed within a multi-statement transaction');
  if (command.kind === 'read' && name === 'explain')
    throw invalidOptions('Command explain does not support writeConcern');
  const { w } = value;
  if (w !== undefined && typeof w !== 'string' && !isNumber(w) && !isDocument(w))
    throw typeMismatch('w has to be a number, string, or object');
  if (isNumber(w) && !(toDouble(w) >= 0 && toDouble(w) <= 50))
    throw badValue('w has to be a non-negative number and not greater than 50');
}

/** What a set of one member answers when it cannot give the acknowledgement asked for. */
export function writeConcernErrorOf(body: Document): Document | undefined {
  const w = isDocument(body.writeConcern) ? body.writeConcern.w : undefined;
  if (w === undefined || w === 'majority') return undefined;
  if (isNumber(w)) {
    if (toDouble(w) <= 1) return undefined;
    return {
      code: 100,
      codeName: 'UnsatisfiableWriteConcern',
      errmsg: 'Not enough data-bearing nodes',
      errInfo: { writeConcern: body.writeConcern },
    };
  }
  return {
    code: 79,
    codeName: 'UnknownReplWriteConcern',
    errmsg: `No write concern mode named '${typeof w === 'string' ? w : 'custom'}' found in replica set configuration`,
    errInfo: { writeConcern: body.writeConcern },
  };
}
