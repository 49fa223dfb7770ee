import { createHash } from 'node:crypto';
import mongoose from 'mongoose';
import { FolderReader, type StoredCollection } from '@alley-chief/embedded-mongo';
import { withoutPassword } from '../database/connect';
import { portable } from './documents';
import { ToolError } from './failure';

const { MongoClient, BSON } = mongoose.mongo;
type Client = InstanceType<typeof MongoClient>;
type Target = ReturnType<Client['db']>;

/** A batch ends with whichever comes first; MongoDB takes 48 MB a message. */
const batchDocuments = 1000;
const batchBytes = 8 * 2 ** 20;

export interface Migrated {
  ns: string;
  documents: number;
}

/**
 * Copies every collection, with its options and indexes, to a MongoDB deployment and checks the
 * result: the number of documents and a hash over the set of ids.
 * @param drop collections of the same databases at the target go first
 * @throws ToolError when the target has data (without `drop`), cannot be reached, or differs at the end
 */
export const migrate = async (
  folder: string,
  url: string,
  drop: boolean,
  progress: (ns: string, done: number, total: number) => void,
): Promise<Migrated[]> => {
  const reader = new FolderReader(folder);
  let client: Client | undefined;
  try {
    client = await reach(url);
    const collections = reader.collections();
    await empty(client, collections, drop);
    const all: Migrated[] = [];
    for (const collection of collections) {
      const [database, name] = split(collection.ns);
      const target = client.db(database);
      await copy(reader, collection, target, name, progress);
      all.push({ ns: collection.ns, documents: await verify(reader, collection.ns, target, name) });
    }
    return all;
  } finally {
    await client?.close();
    await reader.close();
  }
};

const split = (ns: string): [database: string, name: string] => {
  const dot = ns.indexOf('.');
  return [ns.slice(0, dot), ns.slice(dot + 1)];
};

const reach = async (url: string): Promise<Client> => {
  try {
    return await new MongoClient(url, {
      serverSelectionTimeoutMS: 5000,
      writeConcern: { w: 'majority', journal: true },
    }).connect();
  } catch (error) {
    const detail = (error as Error).message.split('\n')[0] ?? '';
    throw new ToolError(`连不上 ${withoutPassword(url)}：${detail}`);
  }
};

/** The databases that will be filled have no collections. @throws ToolError */
const empty = async (
  client: Client,
  collections: readonly StoredCollection[],
  drop: boolean,
): Promise<void> => {
  for (const database of new Set(collections.map(({ ns }) => split(ns)[0]))) {
    const there = await client.db(database).listCollections({}, { nameOnly: true }).toArray();
    const names = there.map((c) => c.name).filter((name) => !name.startsWith('system.'));
    if (!names.length) continue;
    if (!drop)
      throw new ToolError(
        `对方的 ${database} 库里已经有数据（${names.length} 个集合），没有动它；确实要换掉就加 --drop`,
        'notEmpty',
      );
    for (const name of names) await client.db(database).dropCollection(name);
  }
};

const copy = async (
  reader: FolderReader,
  { ns, count, options, indexes }: StoredCollection,
  target: Target,
  name: string,
  progress: (ns: string, done: number, total: number) => void,
): Promise<void> => {
  await target.createCollection(name, options);
  let batch: object[] = [];
  let bytes = 0;
  let done = 0;
  const send = async (): Promise<void> => {
    if (!batch.length) return;
    // The ids are there already; the driver would look for them on maps.
    await target.collection(name).insertMany(batch, { forceServerObjectId: true });
    done += batch.length;
    [batch, bytes] = [[], 0];
    progress(ns, done, count);
  };
  for (const raw of reader.documents(ns)) {
    if (batch.length >= batchDocuments || bytes + raw.length > batchBytes) await send();
    batch.push(portable(raw));
    bytes += raw.length;
  }
  await send();
  // After the documents: building an index at once is faster than growing it.
  const own = indexes.filter((index) => index.name !== '_id_');
  if (own.length) await target.command({ createIndexes: name, indexes: own.map(withoutVersion) });
};

/** The target chooses the version of its own indexes. */
const withoutVersion = ({ v: _, ns: __, ...index }: Record<string, unknown>): object => index;

/** Both sides have the same ids. @throws ToolError */
const verify = async (
  reader: FolderReader,
  ns: string,
  target: Target,
  name: string,
): Promise<number> => {
  const here = idSet();
  for (const raw of reader.documents(ns)) here.add(idBytes(raw));
  const there = idSet();
  const found = target.collection(name).find({}, { projection: { _id: 1 }, raw: true });
  for await (const raw of found) there.add(idBytes(Buffer.from(raw as unknown as Uint8Array)));
  if (here.count !== there.count || here.hash() !== there.hash())
    throw new ToolError(
      `核对不上：${ns} 这边 ${here.count} 条，对方 ${there.count} 条；不要切换，用 --drop 再来一次`,
    );
  return here.count;
};

/** The bytes of a document's id, its type included. */
const idBytes = (raw: Buffer): Buffer => {
  for (const [type, nameAt, nameLength, at, length] of BSON.onDemand.parseToElements(raw))
    if (raw.toString('latin1', nameAt, nameAt + nameLength) === '_id')
      return Buffer.concat([Buffer.from([type]), raw.subarray(at, at + length)]);
  throw new ToolError('有一条数据没有 _id');
};

/** A hash over a set of ids that does not depend on their order: two servers may sort differently. */
const idSet = () => {
  const sum = Buffer.alloc(32);
  return {
    count: 0,
    add(id: Buffer): void {
      this.count++;
      const digest = createHash('sha256').update(id).digest();
      let carry = 0;
      for (let i = 31; i >= 0; i--) {
        carry += sum[i]! + digest[i]!;
        sum[i] = carry & 255;
        carry >>= 8;
      }
    },
    hash: (): string => sum.toString('hex'),
  };
};
