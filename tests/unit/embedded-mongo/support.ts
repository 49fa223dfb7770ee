import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import net from 'node:net';
import path from 'node:path';
import mongoose from 'mongoose';
import { startEmbeddedMongo } from '@alley-chief/embedded-mongo';
import type { EmbeddedMongo, EmbeddedMongoOptions } from '@alley-chief/embedded-mongo';
import { messageOf } from '../../support/wireMessage';

export const {
  MongoClient,
  ObjectId,
  Long,
  Double,
  Decimal128,
  MinKey,
  MaxKey,
  Binary,
  Timestamp,
} = mongoose.mongo;
export type Client = InstanceType<typeof MongoClient>;
export type Db = ReturnType<Client['db']>;

/** A folder that is removed at the end. */
export function temporaryFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Another server the tests of MongoDB's behaviour are to run against. The one that the projects
 * `api`, `e2e` and `weapp` start for themselves is none.
 */
const elsewhere = process.env['TEST_MONGO_EMBEDDED'] ? undefined : process.env['TEST_MONGO_URL'];

/** A test that starts, stops or damages the embedded database itself. */
export const itOwn: (name: string, test: () => Promise<void>) => void = elsewhere
  ? (name, test) => it.skip(`${name} (TEST_MONGO_URL is set: needs a server of its own)`, test)
  : (name, test) => it(name, test);

/**
 * A real server in this process and the unchanged driver connected to it; with TEST_MONGO_URL that
 * server instead, unless the test asks for options (a clock, limits) only ours has.
 */
export class TestDatabase {
  private readonly place = temporaryFolder();
  private readonly name = elsewhere ? `town_${randomBytes(6).toString('hex')}` : 'town';
  private server!: Pick<EmbeddedMongo, 'uri' | 'close'>;
  client!: Client;

  /** A database of its own for one test; ended even when the test fails. */
  static async use(work: (own: TestDatabase) => Promise<void>, options = {}): Promise<void> {
    const own = new TestDatabase(options);
    await own.start();
    try {
      await work(own);
    } finally {
      await own.stop();
    }
  }

  constructor(private readonly options: Partial<EmbeddedMongoOptions> = {}) {}

  get db(): Db {
    return this.client.db(this.name);
  }

  get uri(): string {
    return this.server.uri;
  }

  async start(): Promise<void> {
    const { options, place } = this;
    this.server =
      elsewhere && !Object.keys(options).length
        ? { uri: elsewhere, close: async () => undefined }
        : await startEmbeddedMongo({ dataDir: place.folder, ...options });
    this.client = await new MongoClient(this.server.uri).connect();
  }

  /** Stops and opens the same folder again. */
  async restart(): Promise<void> {
    await this.whileStopped(async () => undefined);
  }

  /** Stops, does something to the folder, and opens it again. */
  async whileStopped(work: (folder: string) => Promise<void>): Promise<void> {
    await this.client.close();
    await this.server.close();
    await work(this.place.folder);
    await this.start();
  }

  async stop(): Promise<void> {
    if (elsewhere) await this.db.dropDatabase();
    await this.client.close();
    await this.server.close();
    this.place.remove();
  }
}

/** The `_id`s of documents, for short expectations. */
export const ids = (docs: readonly { _id: unknown }[]) => docs.map((doc) => doc._id);

const { BSON } = mongoose.mongo;

type RawReply = Record<string, unknown>;

/**
 * Sends commands as they are, one after the other over one connection of their own.
 * @returns the replies, also those that are errors (`ok: 0`)
 */
export function rawCommands(uri: string, commands: readonly object[]): Promise<RawReply[]> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(new URL(uri).port), new URL(uri).hostname);
    const replies: RawReply[] = [];
    let chunks: Buffer[] = [];
    const sendNext = () => socket.write(messageOf(commands[replies.length]!));
    socket.on('error', reject).on('close', () => reject(new Error('the connection was closed')));
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      const message = Buffer.concat(chunks);
      if (message.length < 4 || message.length < message.readInt32LE(0)) return;
      chunks = [];
      replies.push(BSON.deserialize(message.subarray(21)));
      if (replies.length < commands.length) {
        sendNext();
        return;
      }
      resolve(replies);
      socket.destroy();
    });
    sendNext();
  });
}

/**
 * Sends one command as it is, without the driver: it would put a session of its own into it.
 * @returns the reply, also when that is an error (`ok: 0`)
 */
export const rawCommand = async (uri: string, command: object): Promise<RawReply> =>
  (await rawCommands(uri, [command]))[0]!;
