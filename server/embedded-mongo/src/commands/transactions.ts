import { latin1 } from '../bson/slices';
import { noSuchTransaction } from '../errors';
import type { Binary, Long } from 'bson';
import { Binary as BinaryValue } from 'bson';
import { randomUUID } from 'node:crypto';
import { bsonType, isDocument } from '../bson/types';
import { toDouble } from '../bson/numbers';
import type { Engine } from '../engine';
import type { Command, CommandContext } from './context';

/** A session id as a map key: its 16 bytes in latin1. */
export function sessionKey(lsid: unknown): string | undefined {
  if (!isDocument(lsid) || bsonType(lsid.id) !== 'Binary') return undefined;
  return latin1(Buffer.from((lsid.id as Binary).buffer), 0, 16);
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
    if (wrote) engine.retries.put(engine.commit.set, session, number, undefined);
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
    endOf(engine, session!);
    engine.transactions.abort(found);
    return { ok: 1 };
  },
};

function endOf(engine: Engine, session: string): void {
  engine.cursors.killSession(session);
}

function each(context: CommandContext, field: string, act: (session: string) => void): void {
  const ids = context.body[field];
  if (!Array.isArray(ids)) return;
  for (const id of ids) {
    const key = sessionKey(id);
    if (key !== undefined) act(key);
  }
}

const endSessions: Command = {
  kind: 'read',
  run(context) {
    each(context, 'endSessions', (session) => {
      endOf(context.engine, session);
      context.engine.transactions.endSession(session);
    });
    return { ok: 1 };
  },
};

const startSession: Command = {
  kind: 'read',
  run: () => ({
    id: { id: new BinaryValue(Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), 4) },
    timeoutMinutes: 30,
    ok: 1,
  }),
};

const killSessions: Command = {
  kind: 'read',
  run(context) {
    each(context, 'killSessions', (session) => {
      endOf(context.engine, session);
      context.engine.transactions.endSession(session);
    });
    return { ok: 1 };
  },
};

const refreshSessions: Command = { kind: 'read', run: () => ({ ok: 1 }) };

export const transactionCommands: Record<string, Command> = {
  commitTransaction,
  abortTransaction,
  endSessions,
  startSession,
  killSessions,
  refreshSessions,
};
