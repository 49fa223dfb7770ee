import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { checkFolder, FolderReader, startEmbeddedMongo } from '@alley-chief/embedded-mongo';
import { DataFile } from '../../../../server/embedded-mongo/src/storage/data-file';
import { documentKey } from '../../../../server/embedded-mongo/src/storage/keys';
import { LmdbStore } from '../../../../server/embedded-mongo/src/storage/lmdb-store';
import { readCatalog } from '../../../../server/embedded-mongo/src/storage/stored-catalog';
import { buildDatabase, DatabaseProcess, endDatabases } from '../database-process';
import { MongoClient, temporaryFolder } from '../support';

jest.setTimeout(60_000);

const place = temporaryFolder();
const sound = path.join(place.folder, 'sound');

beforeAll(async () => {
  buildDatabase();
  const mongo = await startEmbeddedMongo({ dataDir: sound });
  const client = await new MongoClient(mongo.uri).connect();
  const items = client.db('town').collection<any>('items');
  await items.createIndex({ n: 1 });
  for (let i = 0; i < 3; i++)
    await items.insertMany(
      Array.from({ length: 300 }, (_, k) => ({ _id: i * 300 + k, n: k, text: 'x'.repeat(k * 15) })),
    );
  await client.close();
  await mongo.close();
});
afterAll(() => {
  endDatabases();
  place.remove();
});

let copies = 0;
function damagedCopy(damage: (file: string) => void): string {
  const folder = path.join(place.folder, `copy-${copies++}`);
  mkdirSync(folder);
  copyFileSync(path.join(sound, 'data.mdb'), path.join(folder, 'data.mdb'));
  damage(path.join(folder, 'data.mdb'));
  return folder;
}

function overwrite(file: string, at: number, bytes: Buffer): void {
  const all = readFileSync(file);
  bytes.copy(all, at);
  writeFileSync(file, all);
}

/** A hash over all documents there are. */
async function documentsOf(folder: string): Promise<string> {
  const reader = new FolderReader(folder);
  const hash = createHash('sha256');
  for (const raw of reader.documents('town.items')) hash.update(raw);
  await reader.close();
  return hash.digest('hex');
}

const pageSize = 4096;
const garbage = Buffer.alloc(pageSize, 0xa7);

/** A process that has to refuse the folder. */
async function refusal(folder: string): Promise<{ code: number | null; line: string }> {
  const before = readFileSync(path.join(folder, 'data.mdb'));
  const database = new DatabaseProcess(folder);
  const code = await database.ended;
  expect(readFileSync(path.join(folder, 'data.mdb')).equals(before)).toBe(true);
  return { code, line: database.complaints.trim() };
}

describe('a damaged data file', () => {
  it('is sound to begin with', async () => {
    const report = await checkFolder(sound);
    expect(report.errors).toEqual([]);
    expect(report.pages).toBeGreaterThan(100);
  });

  it.each<[string, (file: string) => void, RegExp]>([
    [
      'foreign',
      (file) => writeFileSync(file, 'not a database\n'.repeat(1000)),
      /not a file of this/,
    ],
    ['empty', (file) => truncateSync(file, 0), /it is empty/],
    ['a few bytes', (file) => truncateSync(file, 100), /it ends at byte 100/],
    ['half of it', (file) => truncateSync(file, pageSize * 40), /beyond its end \(40 pages\)/],
    ['first root page overwritten', (file) => overwrite(file, 0, garbage), /not a file of this/],
    ['second root page overwritten', (file) => overwrite(file, pageSize, garbage), /root page 1/],
    [
      'root of the trees overwritten',
      (file) => {
        const data = DataFile.open(path.dirname(file))!;
        const { main } = data.state();
        data.close();
        overwrite(file, main.root * pageSize, garbage);
      },
      /is overwritten/,
    ],
  ])('%s: is refused with one line and exit code 5, and left alone', async (_, damage, what) => {
    const { code, line } = await refusal(damagedCopy(damage));
    expect(line).toMatch(what);
    expect(line).toMatch(/damaged: .*Restore a backup/);
    expect(line).not.toContain('\n');
    expect(code).toBe(5);
  });

  it('in any one of its pages is found by the full check, or no document lies there', async () => {
    const pages = readFileSync(path.join(sound, 'data.mdb')).length / pageSize;
    const before = documentsOf(sound);
    let found = 0;
    for (let i = 0; i < 24; i++) {
      const page = 2 + Math.floor((i * (pages - 2)) / 24);
      const folder = damagedCopy((file) => overwrite(file, page * pageSize, garbage));
      const errors = await checkFolder(folder).then(
        (report) => report.errors,
        (error: Error) => [error.message],
      );
      if (errors.length) found++;
      else expect(await documentsOf(folder)).toBe(await before);
    }
    expect(found).toBeGreaterThan(5);
  });

  it('of a newer format is refused with exit code 6', async () => {
    const folder = path.join(place.folder, 'newer');
    cpSync(sound, folder, { recursive: true });
    const store = new LmdbStore(folder);
    const value = Buffer.alloc(4);
    value.writeUInt32BE(99);
    await store.commit((put) => put('cat', Buffer.from('\0\0\0\0format'), value));
    await store.close();
    const { code, line } = await refusal(folder);
    expect(line).toMatch(/written by a newer version \(format 99, this version knows 1\)/);
    expect(code).toBe(6);
  });
});

describe('a document damaged on disk', () => {
  it('answers an error that is logged; the rest is served', async () => {
    const folder = path.join(place.folder, 'document');
    cpSync(sound, folder, { recursive: true });
    const store = new LmdbStore(folder);
    const { id } = readCatalog(store).collections.find((c) => c.ns === 'town.items')!;
    const raw = Buffer.from(store.get('docs', documentKey(id, 8))!);
    // The length of the text field is negative: a careless reader would go round in circles.
    raw.writeInt32LE(-40, raw.indexOf('text\0') + 5);
    await store.commit((put) => put('docs', documentKey(id, 8), raw));
    await store.close();
    const database = new DatabaseProcess(folder);
    const client = await new MongoClient(await database.ready()).connect();
    const items = client.db('town').collection<any>('items');
    await expect(items.find({ text: 'no' }).toArray()).rejects.toMatchObject({ code: 301 });
    await expect(items.updateOne({ _id: 7 }, { $set: { a: 1 } })).rejects.toMatchObject({
      code: 301,
    });
    expect(await items.findOne({ _id: 8 })).toMatchObject({ n: 8 });
    await items.insertOne({ _id: 'new' });
    expect(await client.db('town').command({ validate: 'items' })).toMatchObject({
      valid: false,
      nInvalidDocuments: 1,
    });
    expect(database.complaints).toMatch(/embedded database: The stored data is damaged/);
    await client.close();
    expect(await database.stop()).toBe(0);
  });
});
