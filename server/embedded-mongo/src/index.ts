import type { AddressInfo, Socket } from 'node:net';
import net from 'node:net';
import { dataCommands } from './commands/registry';
import { Engine } from './engine';
import { startMaintenance } from './maintenance';
import { lockFolder } from './storage/lock-file';
import { readMessages } from './wire/connection';
import type { Client } from './wire/client';
import { Dispatcher } from './wire/dispatcher';
import { MEMORY_BYTES } from './query/work';
import { ReadThread } from './slow/read-thread';
import { FailPoints } from './wire/fail-points';
import { parameterCommands } from './wire/parameters';
import { serverCommands, SET_NAME } from './wire/server-commands';

export { DataFolderError } from './storage/data-folder-error';
export { DATA_FILE } from './storage/data-file';
export { FORMAT } from './storage/lmdb-store';
export { folderOwner, lockFolder, LOCK_FILE } from './storage/lock-file';
export { toExtendedJson } from './bson/extended-json';
export { encodeDocument } from './bson/encode';
export { checkFolder, FolderReader } from './tools/folder-reader';
export type { FolderReport, StoredCollection } from './tools/folder-reader';

export interface EmbeddedMongoOptions {
  /** Folder of the data; made if missing. */
  dataDir: string;
  /** A loopback address, 127.0.0.1 by default: there is no authentication, so nothing else. */
  host?: string;
  /** 0 (the default) takes any free port. */
  port?: number;
  /** Listen on a Unix socket instead of TCP. */
  socketPath?: string;
  /** Milliseconds since the epoch; for tests. */
  clock?: () => number;
  /** How often expired documents are looked for; 60 seconds by default. */
  maintenanceMs?: number;
  /** Size the oplog is kept below; 64 MB by default. */
  oplogBytes?: number;
  /** Address space taken at the start, 64 GB by default; it grows with the data. */
  mapSize?: number;
  /** Bytes a sort or another stage that sees all documents may hold; 100 MB by default, as MongoDB's. */
  memoryBytes?: number;
  /** Connections served at once, 1,000 by default; further ones are closed at once. */
  maxConnections?: number;
  /** The built `slow/read-worker`: slow reads then have a thread of their own. */
  readWorker?: URL;
  /** Offers `configureFailPoint`, as mongod does with enableTestCommands. */
  testCommands?: boolean;
  /** Told about failed commits and failed background work. */
  onError?: (error: Error) => void;
  /**
   * Told once the disk failed in a way that leaves nothing readable: every command answers an error
   * from then on and only opening the folder anew helps.
   */
  onFatal?: (error: Error) => void;
}

export interface EmbeddedMongo {
  /** Connection string for the driver. */
  readonly uri: string;
  /** Stops listening, ends connections and closes the store. */
  close(): Promise<void>;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Opens a data folder and serves the MongoDB wire protocol on it.
 * @throws DataFolderError when the folder is in use, cannot be written, is damaged or too new.
 */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const host = options.host ?? '127.0.0.1';
  if (!LOOPBACK.has(host))
    throw new Error(`The embedded database listens on loopback addresses only, not on ${host}`);
  const clock = options.clock ?? Date.now;
  const { dataDir, mapSize } = options;
  const memoryBytes = options.memoryBytes ?? MEMORY_BYTES;
  const readThread =
    options.readWorker &&
    new ReadThread(options.readWorker, { dataDir, mapSize, memoryBytes }, clock);
  const unlock = lockFolder(dataDir);
  let engine: Engine;
  try {
    engine = new Engine({
      dataDir,
      clock,
      memoryBytes,
      readThread,
      oplogBytes: options.oplogBytes ?? 64 * 2 ** 20,
      mapSize,
      onError: options.onError ?? (() => undefined),
      onFatal: options.onFatal ?? (() => undefined),
    });
  } catch (error) {
    unlock();
    throw error;
  }
  const sockets = new Set<Socket>();
  let address = options.socketPath ?? '';
  const failPoints = options.testCommands ? new FailPoints() : undefined;
  const commands = {
    ...dataCommands,
    ...serverCommands(
      engine,
      () => address,
      () => sockets.size,
      clock(),
    ),
    ...parameterCommands(failPoints !== undefined),
    ...(failPoints ? { configureFailPoint: failPoints.command } : {}),
  };
  const dispatcher = new Dispatcher(engine, commands, failPoints);
  const server = net.createServer((socket) => serve(socket, sockets, dispatcher));
  server.maxConnections = options.maxConnections ?? 1000;
  const stopMaintenance = startMaintenance(engine, options.maintenanceMs ?? 60_000);
  const shutDown = async () => {
    stopMaintenance();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    await engine.close();
    unlock();
  };
  try {
    await listen(server, options.socketPath ?? { host, port: options.port ?? 0 });
  } catch (error) {
    await shutDown();
    throw error;
  }
  if (!options.socketPath) {
    const bound = server.address() as AddressInfo;
    address =
      bound.family === 'IPv6'
        ? `[${bound.address}]:${bound.port}`
        : `${bound.address}:${bound.port}`;
  }
  const uri = options.socketPath
    ? `mongodb://${encodeURIComponent(options.socketPath)}/?directConnection=true`
    : `mongodb://${address}/?replicaSet=${SET_NAME}`;
  let closing: Promise<void> | undefined;
  return { uri, close: () => (closing ??= shutDown()) };
}

function listen(server: net.Server, where: string | { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where as never, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function serve(socket: Socket, sockets: Set<Socket>, dispatcher: Dispatcher): void {
  sockets.add(socket);
  socket.setNoDelay(true);
  // A vanished client is no event for anybody else.
  socket.on('error', () => socket.destroy());
  socket.on('close', () => sockets.delete(socket));
  const client: Client = {
    get open() {
      return !socket.destroyed;
    },
    appName: undefined,
    send(message) {
      if (!socket.destroyed) socket.write(message);
    },
    close: () => socket.destroy(),
  };
  readMessages(socket, (request) => dispatcher.handle(request, client));
}
