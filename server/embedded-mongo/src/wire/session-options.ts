import { isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { bsonType, isDocument } from '../bson/types';
import type { Command } from '../commands/context';
import { sessionKey, transactionNumber } from '../commands/transactions';
import { badValue, invalidOptions, MongoError, typeMismatch, unknownField } from '../errors';

/** How a command belongs to a session. */
export interface SessionOptions {
  readonly session: string | undefined;
  /** `txnNumber`: of the transaction, or of the retryable write. */
  readonly number: bigint | undefined;
  readonly inTransaction: boolean;
  readonly startsTransaction: boolean;
}

const LSID_FIELDS = new Set(['id', 'uid', 'txnNumber', 'txnUUID']);
const RETRYABLE = new Set(['insert', 'update', 'delete', 'findAndModify', 'findandmodify']);
const ENDING = new Set(['commitTransaction', 'abortTransaction']);
/** Databases whose collections no transaction may touch. */
const INTERNAL = new Set(['admin', 'config', 'local']);

/** Reads and checks `lsid`, `txnNumber`, `autocommit` and `startTransaction`. */
export function sessionOptions(
  body: Document,
  name: string,
  command: Command,
  sinks: boolean,
): SessionOptions {
  checkClusterTime(body.$clusterTime);
  const session = sessionOf(body.lsid);
  const { txnNumber, autocommit, startTransaction } = body;
  const number = txnNumber === undefined ? undefined : numberOf(txnNumber);
  if (number !== undefined && session === undefined)
    throw invalidOptions('Transaction number requires a session ID to also be specified');
  if (autocommit === undefined) {
    if (startTransaction !== undefined)
      throw invalidOptions(
        "'startTransaction' field requires 'autocommit' field to also be specified",
      );
    if (ENDING.has(name))
      throw invalidOptions(`Command ${name} needs lsid, txnNumber and autocommit: false`);
    if (number !== undefined && !RETRYABLE.has(name))
      throw new MongoError(
        50768,
        'Location50768',
        `txnNumber may only be provided for multi-document transactions and retryable write commands. autocommit:false was not provided, and ${name} is not a retryable write command.`,
      );
    return { session, number, inTransaction: false, startsTransaction: false };
  }
  if (autocommit !== false) throw invalidOptions('Specifying autocommit=true is not allowed.');
  if (number === undefined)
    throw invalidOptions("'autocommit' field requires a transaction number to also be specified");
  if (startTransaction !== undefined && startTransaction !== true)
    throw invalidOptions('Specifying startTransaction=false is not allowed.');
  const ends = ENDING.has(name);
  if (!ends) checkAllowed(body, name, command, sinks);
  if (ends && startTransaction) throw notInTransaction(`Cannot run '${name}' as first command`);
  return { session, number, inTransaction: !ends, startsTransaction: startTransaction === true };
}

function checkAllowed(body: Document, name: string, command: Command, sinks: boolean): void {
  const advice = name === 'count' ? ' Use an aggregation with $count or countDocuments.' : '';
  if (!command.inTransaction)
    throw notInTransaction(`Cannot run '${name}' in a multi-document transaction.${advice}`);
  if (sinks) throw notInTransaction('Cannot run $out or $merge in a multi-document transaction.');
  const db = String(body.$db);
  if (INTERNAL.has(db))
    throw notInTransaction(`Cannot run command against the '${db}' database in a transaction.`);
}

function sessionOf(lsid: unknown): string | undefined {
  if (lsid === undefined) return undefined;
  if (!isDocument(lsid)) throw typeMismatch("BSON field 'lsid' is the wrong type, expected object");
  for (const field of Object.keys(lsid))
    if (!LSID_FIELDS.has(field)) throw unknownField('lsid', field);
  const session = sessionKey(lsid);
  if (session === undefined)
    throw typeMismatch("BSON field 'lsid.id' is the wrong type, expected a UUID of 16 bytes");
  return session;
}

/** Clients pass on the cluster time they know; ours is ahead of it already. */
function checkClusterTime(gossip: unknown): void {
  if (gossip === undefined) return;
  if (!isDocument(gossip) || bsonType(gossip.clusterTime) !== 'Timestamp')
    throw typeMismatch(
      "BSON field '$clusterTime.clusterTime' is the wrong type, expected timestamp",
    );
}

function numberOf(value: unknown): bigint {
  if (!isNumber(value) || !Number.isInteger(toDouble(value)))
    throw typeMismatch("BSON field 'txnNumber' is the wrong type, expected 'long'");
  const number = transactionNumber(value);
  if (number < 0n) throw badValue("BSON field 'txnNumber' value must be >= 0");
  return number;
}

const notInTransaction = (message: string) =>
  new MongoError(263, 'OperationNotSupportedInTransaction', message);
