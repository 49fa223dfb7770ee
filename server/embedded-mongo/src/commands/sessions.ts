import { Binary, Long } from 'bson';
import { randomUUID } from 'node:crypto';
import type { Document } from '../bson/types';
import type { Engine } from '../engine';
import type { Command, CommandContext } from './context';
import { list } from './context';
import { sessionKey } from './transactions';

/** Ends what a session has going on: its transaction and the cursors of that. */
function end(engine: Engine, session: string): void {
  engine.cursors.killSession(session);
  engine.transactions.endSession(session);
}

function named(context: CommandContext, field: string): string[] {
  return list(context.body[field], field)
    .map(sessionKey)
    .filter((key) => key !== undefined);
}

const endSessions: Command = {
  kind: 'read',
  run(context) {
    for (const session of named(context, 'endSessions')) end(context.engine, session);
    return { ok: 1 };
  },
};

const killSessions: Command = {
  kind: 'read',
  run(context) {
    const sessions = named(context, 'killSessions');
    for (const session of sessions.length ? sessions : context.engine.transactions.sessions)
      end(context.engine, session);
    return { ok: 1 };
  },
};

/** Without users there is only one whose sessions could be meant: everybody's. */
const killAllSessions: Command = {
  kind: 'read',
  run({ engine }) {
    for (const session of engine.transactions.sessions) end(engine, session);
    return { ok: 1 };
  },
};

const startSession: Command = {
  kind: 'read',
  run: () => ({
    id: { id: new Binary(Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), 4) },
    timeoutMinutes: 30,
    ok: 1,
  }),
};

const refreshSessions: Command = { kind: 'read', run: () => ({ ok: 1 }) };

const lsidOf = (session: string): Document => ({
  id: new Binary(Buffer.from(session, 'latin1'), 4),
});

/** `$listLocalSessions`: the sessions that have or had a transaction, and the one that asks. */
export function localSessions({ engine, session }: CommandContext): Document[] {
  const own = session === undefined ? [] : [session];
  const all = new Set([...own, ...engine.transactions.sessions]);
  return [...all].map((key) => ({ _id: lsidOf(key), lastUse: new Date(engine.clock()) }));
}

/** `$currentOp`: this very command, and the open transactions as idle sessions. */
export function currentOperations({ engine, session, db, body }: CommandContext): Document[] {
  const now = new Date(engine.clock());
  const { $clusterTime: _, ...sent } = body;
  const command: Document = {
    type: 'op',
    active: true,
    currentOpTime: now.toISOString(),
    op: 'command',
    ns: `${db}.$cmd.aggregate`,
    command: sent,
    ...(session === undefined ? {} : { lsid: lsidOf(session) }),
  };
  const idle = engine.transactions.openOnes.map((transaction) => ({
    type: 'idleSession',
    active: false,
    currentOpTime: now.toISOString(),
    lsid: lsidOf(transaction.session),
    transaction: {
      parameters: { txnNumber: Long.fromBigInt(transaction.number), autocommit: false },
      startWallClockTime: new Date(transaction.startedAt).toISOString(),
    },
  }));
  return [command, ...idle];
}

export const sessionCommands: Record<string, Command> = {
  endSessions,
  killSessions,
  killAllSessions,
  killAllSessionsByPattern: killAllSessions,
  startSession,
  refreshSessions,
};
