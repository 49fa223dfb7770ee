import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import mongoose from 'mongoose';
import { startEmbeddedMongo } from '@alley-chief/embedded-mongo';
import type { EmbeddedMongo, EmbeddedMongoOptions } from '@alley-chief/embedded-mongo';

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

/** A real server in this process and the unchanged driver connected to it. */
export class TestDatabase {
  private readonly place = temporaryFolder();
  private server!: EmbeddedMongo;
  client!: Client;

  constructor(private readonly options: Partial<EmbeddedMongoOptions> = {}) {}

  get db(): Db {
    return this.client.db('town');
  }

  get uri(): string {
    return this.server.uri;
  }

  async start(): Promise<void> {
    this.server = await startEmbeddedMongo({ dataDir: this.place.folder, ...this.options });
    this.client = await new MongoClient(this.server.uri).connect();
  }

  /** Stops and opens the same folder again. */
  async restart(): Promise<void> {
    await this.client.close();
    await this.server.close();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.server.close();
    this.place.remove();
  }
}

/** The `_id`s of documents, for short expectations. */
export const ids = (docs: readonly { _id: unknown }[]) => docs.map((doc) => doc._id);
