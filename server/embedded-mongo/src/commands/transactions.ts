import { latin1 } from '../bson/slices';
import { noSuchTransaction } from '../errors';
import type { Binary, Long } from 'bson';
import { bsonType, isDocument } from '../bson/types';
import { toDouble } from '../bson/numbers';
import type { Command } from './context';

/** A session id as a map key: its 16 bytes in latin1. */
export function sessionKey(lsid: unknown): string | undefined {
  if (!isDocument(lsid) || bsonType(lsid.id) !== 'Binary') return undefined;
  const id = lsid.id as Binary;
  return id.length() === 16 ? latin1(Buffer.from(id.buffer), 0, 16) : undefined;
}

/** A txnNumber as bigint. */
export function transactionNumber(value: unknown): bigint {
  return bsonType(value) === 'Long' ? (value as Long).toBigInt() : BigInt(toDouble(value));
}

const commitTransaction: Command = {
  kind: 'write',
  run(context) {
    const { engine, session, body } = context;
    const number = transactionNumber(body.txnNumber);
    const found = session === undefined ? undefined : engine.transactions.get(session);
    if (session === undefined || !found || found.number !== number) {
      // Committed before a restart (or long ago): the record says so.
      const record = session === undefined ? undefined : engine.retries.get(session);
      if (record?.committed && record.number === number) return { ok: 1 };
      throw noSuchTransaction('Transaction not found');
    }
    if (found.state === 'committed') return { ok: 1 };
    if (found.state === 'aborted')
      throw noSuchTransaction(`Transaction with { txnNumber: ${number} } has been aborted.`);
    const wrote = !found.set.isEmpty;
    engine.commitTransaction(found);
    if (wrote) engine.retries.putCommitted(engine.commit.set, session, number);
    return { ok: 1 };
  },
};

const abortTransaction: Command = {
  kind: 'read',
  run({ engine, session, body }) {
    const number = transactionNumber(body.txnNumber);
    const found = session === undefined ? undefined : engine.transactions.get(session);
    if (!found || found.number !== number || found.state !== 'open')
      throw noSuchTransaction('Transaction not found');
    engine.cursors.killSession(session!);
    engine.transactions.abort(found);
    return { ok: 1 };
  },
};

export const transactionCommands: Record<string, Command> = {
  commitTransaction,
  abortTransaction,
};
