import { Long, ObjectId } from 'bson';
import type { Document } from '../bson/types';
import type { Command } from '../commands/context';
import type { Engine } from '../engine';

/** The MongoDB release whose behaviour is offered. */
const VERSION = '7.0.0';
export const SET_NAME = 'embedded';

/** Term and counter of the only election there ever was. */
const ELECTION_ID = new ObjectId('7fffffff0000000000000001');

/** Commands about the server itself. `address` is host:port, undefined on a Unix socket. */
export function serverCommands(
  engine: Engine,
  address: () => string,
  connections: () => number,
  startedAt: number,
): Record<string, Command> {
  const hello: Command = {
    kind: 'read',
    run: () => {
      const ts = engine.oplog.clusterTime();
      const now = new Date(engine.clock());
      const opTime = { ts, t: Long.fromNumber(1) };
      return {
        helloOk: true,
        isWritablePrimary: true,
        ismaster: true,
        // Retryable writes, sessions, transactions and change streams need a replica set.
        setName: SET_NAME,
        setVersion: 1,
        hosts: [address()],
        primary: address(),
        me: address(),
        secondary: false,
        electionId: ELECTION_ID,
        lastWrite: {
          opTime,
          lastWriteDate: now,
          majorityOpTime: opTime,
          majorityWriteDate: now,
        },
        maxBsonObjectSize: 16 * 1024 * 1024,
        maxMessageSizeBytes: 48_000_000,
        maxWriteBatchSize: 100_000,
        localTime: now,
        logicalSessionTimeoutMinutes: 30,
        connectionId: 1,
        minWireVersion: 0,
        maxWireVersion: 21,
        readOnly: false,
        ok: 1,
      };
    },
  };
  const fixed = (reply: () => Document): Command => ({
    kind: 'read',
    run: () => ({ ...reply(), ok: 1 }),
  });
  const buildInfo = fixed(() => ({
    version: VERSION,
    versionArray: [7, 0, 0, 0],
    gitVersion: 'embedded',
    modules: [],
    bits: 64,
    debug: false,
    maxBsonObjectSize: 16 * 1024 * 1024,
    storageEngines: ['lmdb'],
  }));
  return {
    hello,
    isMaster: hello,
    ismaster: hello,
    ping: { kind: 'read', run: () => ({ ok: 1 }) },
    buildInfo,
    buildinfo: buildInfo,
    serverStatus: fixed(() => ({
      host: address(),
      version: VERSION,
      process: 'mongod',
      pid: process.pid,
      uptime: (engine.clock() - startedAt) / 1000,
      localTime: new Date(engine.clock()),
      connections: { current: connections(), available: 10_000 },
      transactions: { currentOpen: engine.transactions.openCount },
      mem: { bits: 64, resident: Math.round(process.memoryUsage.rss() / 2 ** 20) },
      storageEngine: { name: 'lmdb', persistent: true },
    })),
    connectionStatus: fixed(() => ({
      authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] },
    })),
    getCmdLineOpts: fixed(() => ({ argv: ['embedded-mongo'], parsed: {} })),
    hostInfo: fixed(() => ({ system: {}, os: {}, extra: {} })),
    whatsmyuri: fixed(() => ({ you: '127.0.0.1' })),
    replSetGetStatus: fixed(() => ({
      set: SET_NAME,
      myState: 1,
      members: [{ _id: 0, name: address(), health: 1, state: 1, stateStr: 'PRIMARY' }],
    })),
  };
}
