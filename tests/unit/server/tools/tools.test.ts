import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import mongoose from 'mongoose';
import { backUp } from '../../../../server/src/tools/backup';
import { exportAll } from '../../../../server/src/tools/export';
import { explain } from '../../../../server/src/tools/failure';
import { migrate } from '../../../../server/src/tools/migrate';
import { restore } from '../../../../server/src/tools/restore';
import { checkFolder, lockFolder } from '@alley-chief/embedded-mongo';
import {
  buildDatabase,
  DatabaseProcess,
  endDatabases,
} from '../../embedded-mongo/database-process';
import type { Client } from '../../embedded-mongo/support';
import { MongoClient, temporaryFolder } from '../../embedded-mongo/support';

jest.setTimeout(60_000);

const { BSON } = mongoose.mongo;
const place = temporaryFolder();
const at = (...parts: string[]) => path.join(place.folder, ...parts);

beforeAll(buildDatabase);
afterAll(() => {
  endDatabases();
  place.remove();
});

const quiet = () => undefined;

/** Runs a database on `<dataDir>/db` for as long as `work` takes. */
async function serving<T>(dataDir: string, work: (client: Client, uri: string) => Promise<T>) {
  const database = new DatabaseProcess(path.join(dataDir, 'db'));
  const uri = await database.ready();
  const client = await new MongoClient(uri).connect();
  try {
    return await work(client, uri);
  } finally {
    await client.close();
    await database.stop();
  }
}

const everyType = () => ({
  _id: new BSON.ObjectId(),
  int: new BSON.Int32(5),
  double: new BSON.Double(5),
  long: BSON.Long.fromString('9007199254740993'),
  decimal: BSON.Decimal128.fromString('1.50'),
  date: new Date(1_600_000_000_123),
  early: new Date(-1),
  binary: new BSON.Binary(Buffer.from('bytes'), 5),
  regex: new BSON.BSONRegExp('a/"b', 'imx'),
  time: new BSON.Timestamp({ t: 4_000_000_000, i: 7 }),
  min: new BSON.MinKey(),
  max: new BSON.MaxKey(),
  nothing: null,
  zero: new BSON.Double(-0),
  infinite: new BSON.Double(Infinity),
  big: new BSON.Double(1.5e300),
  code: new BSON.Code('f()', { x: 1 }),
  text: '引号" 换行\n 反斜杠\\',
  nested: new Map<string, unknown>([
    ['b', 1],
    ['1', [{ 2: true }]],
    ['0', 'numbers come last here'],
  ]),
});

describe('backup and restore', () => {
  it('takes one consistent state while writes go on, and brings all of it back', async () => {
    const dataDir = at('town');
    const secret = '{"token":"t","field":"f"}';
    const { backup, writtenBefore } = await serving(dataDir, async (client) => {
      writeFileSync(path.join(dataDir, 'secrets.json'), secret);
      const [pairs, sums] = ['pairs', 'sums'].map((n) => client.db('town').collection<any>(n));
      await pairs!.createIndex({ twin: 1 }, { unique: true });
      let next = 0;
      let going = true;
      const writers = Array.from({ length: 4 }, async () => {
        while (going) {
          const id = next++;
          // Both or neither: a copy between two commits shows a half.
          await client.withSession((session) =>
            session.withTransaction(async () => {
              await pairs!.insertOne({ _id: id, twin: id }, { session });
              await sums!.insertOne({ _id: id }, { session });
            }),
          );
        }
      });
      while (next < 40) await new Promise((resolve) => setImmediate(resolve));
      const before = await pairs!.find().toArray();
      const made = await backUp(dataDir, at('backups'), new Date(2026, 0, 2, 3, 4, 5));
      going = false;
      await Promise.all(writers);
      return { backup: made, writtenBefore: before.map((d) => d._id as number) };
    });
    expect(path.basename(backup.folder)).toBe('alley-chief-20260102-030405');
    expect(readdirSync(at('backups'))).toEqual(['alley-chief-20260102-030405']);
    const { collections } = backup.manifest;
    expect(collections['town.pairs']).toBe(collections['town.sums']);
    expect(collections['town.pairs']).toBeGreaterThanOrEqual(writtenBefore.length);

    const target = at('elsewhere');
    await restore(backup.folder, target, false, new Date());
    expect(readFileSync(path.join(target, 'secrets.json'), 'utf8')).toBe(secret);
    expect((await checkFolder(path.join(target, 'db'))).errors).toEqual([]);
    await serving(target, async (client) => {
      const found = await client.db('town').collection<any>('pairs').distinct('_id');
      expect(found).toHaveLength(collections['town.pairs']!);
      expect(writtenBefore.filter((id) => !found.includes(id))).toEqual([]);
      await client.db('town').collection<any>('pairs').insertOne({ _id: -1, twin: -1 });
    });
  });

  it('refuses to overwrite, sets aside when forced, and never touches a folder in use', async () => {
    const dataDir = at('refuse');
    await serving(dataDir, async (client) => {
      await client.db('town').collection<any>('items').insertOne({ _id: 'old' });
    });
    const { folder } = await backUp(dataDir, at('refuse-backups'), new Date());
    await serving(dataDir, async (client) => {
      await client.db('town').collection<any>('items').insertOne({ _id: 'new' });
      const attempt = restore(folder, dataDir, true, new Date());
      await expect(attempt).rejects.toMatchObject({ reason: 'in-use' });
      const other = new DatabaseProcess(path.join(dataDir, 'db'));
      expect(await other.ended).toBe(3);
    });
    await expect(restore(folder, dataDir, false, new Date())).rejects.toMatchObject({
      reason: 'notEmpty',
    });
    const { aside } = await restore(folder, dataDir, true, new Date());
    const idsOf = (client: Client) => client.db('town').collection('items').distinct('_id');
    expect(await serving(dataDir, idsOf)).toEqual(['old']);
    expect((await serving(aside!, idsOf)).sort()).toEqual(['new', 'old']);
    // While it restores, nobody else gets the folder; the lock of a dead process is no obstacle.
    const unlock = lockFolder(path.join(dataDir, 'db'));
    const starting = new DatabaseProcess(path.join(dataDir, 'db'));
    expect(await starting.ended).toBe(3);
    unlock();
    writeFileSync(path.join(dataDir, 'db', 'embedded.lock'), '999999999 1\n');
    await restore(folder, dataDir, true, new Date(2030, 0, 1));
    // A process id that now belongs to somebody else: this very process, which started later.
    writeFileSync(path.join(dataDir, 'db', 'embedded.lock'), `${process.pid} 1\n`);
    expect(await serving(dataDir, idsOf)).toEqual(['old']);
  });

  it('refuses a backup that is incomplete or damaged, and leaves the data alone', async () => {
    const dataDir = at('broken');
    await serving(dataDir, async (client) => {
      await client.db('town').collection('items').insertOne({});
    });
    const { folder } = await backUp(dataDir, at('broken-backups'), new Date());
    const file = path.join(folder, 'db/data.mdb');
    const bytes = readFileSync(file);
    writeFileSync(file, Buffer.concat([bytes.subarray(0, -1), Buffer.from([1])]));
    const before = readFileSync(path.join(dataDir, 'db/data.mdb'));
    await expect(restore(folder, dataDir, true, new Date())).rejects.toMatchObject({
      reason: 'damaged',
    });
    await expect(restore(at('broken'), dataDir, true, new Date())).rejects.toMatchObject({
      reason: 'damaged',
    });
    expect(readFileSync(path.join(dataDir, 'db/data.mdb')).equals(before)).toBe(true);
    expect(readdirSync(dataDir)).toEqual(['db']);
  });

  it('makes no backup of damaged data, and none of nothing', async () => {
    const dataDir = at('rotten');
    await serving(dataDir, async (client) => {
      await client
        .db('town')
        .collection('items')
        .insertOne({ text: 'x'.repeat(100) });
    });
    const file = path.join(dataDir, 'db/data.mdb');
    const bytes = readFileSync(file);
    for (let i = bytes.indexOf('text\0'); i >= 0; i = bytes.indexOf('text\0', i + 1))
      bytes.writeInt32LE(-5, i + 5);
    writeFileSync(file, bytes);
    await expect(backUp(dataDir, at('rotten-backups'), new Date())).rejects.toMatchObject({
      reason: 'damaged',
    });
    expect(readdirSync(at('rotten-backups'))).toEqual([]);
    await expect(backUp(at('nowhere'), at('none'), new Date())).rejects.toThrow(/还没有数据/);
    expect(existsSync(at('none'))).toBe(false);
  });
});

describe('export and migrate', () => {
  const source = () => path.join(at('source'), 'db');

  beforeAll(() =>
    serving(at('source'), async (client) => {
      const db = client.db('town');
      await db.collection<any>('kinds').insertMany([everyType(), everyType()]);
      await db.createCollection('log', { capped: true, size: 100_000, max: 10 });
      const many = db.collection<any>('many');
      await many.createIndex({ n: -1, 'a.b': 1 }, { unique: true, name: 'own name' });
      await many.createIndex({ at: 1 }, { expireAfterSeconds: 3600 });
      await many.createIndex({ n: 1 }, { partialFilterExpression: { n: { $gt: 5 } } });
      await many.insertMany(Array.from({ length: 2500 }, (_, i) => ({ _id: i, n: i })));
    }),
  );

  it('writes lines that parse back to the very same bytes', async () => {
    await exportAll(source(), at('export'), quiet);
    expect(readdirSync(at('export', 'town')).sort()).toEqual(
      ['kinds', 'log', 'many'].flatMap((n) => [`${n}.json`, `${n}.metadata.json`]).sort(),
    );
    const lines = readFileSync(at('export', 'town', 'kinds.json'), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(2);
    const parsed = BSON.EJSON.parse(lines[0]!, { relaxed: false });
    const { _id, nested: _, ...expected } = everyType();
    const { nested, ...plain } = parsed;
    const bytes = (doc: object) => Buffer.from(BSON.serialize(doc, { ignoreUndefined: false }));
    expect(bytes(plain).equals(bytes({ _id: plain._id, ...expected }))).toBe(true);
    expect(lines[0]).toContain('"nested":{"b":{"$numberInt":"1"},"1":[{"2":true}],"0":');
    expect(nested['0']).toBe('numbers come last here');
    const metadata = readFileSync(at('export', 'town', 'many.metadata.json'), 'utf8');
    const { indexes, options } = BSON.EJSON.parse(metadata);
    expect(indexes).toMatchObject([
      { name: '_id_' },
      { name: 'own name', key: { n: -1, 'a.b': 1 }, unique: true },
      { name: 'at_1', expireAfterSeconds: 3600 },
      { name: 'n_1', partialFilterExpression: { n: { $gt: 5 } } },
    ]);
    expect(options).toEqual({});
    await expect(exportAll(source(), at('export'), quiet)).rejects.toMatchObject({
      reason: 'notEmpty',
    });
  });

  it('copies everything to another deployment, can be repeated, and refuses to overwrite', async () => {
    await serving(at('target'), async (client, uri) => {
      const seen: string[] = [];
      const done = await migrate(source(), uri, false, (ns, n, of) =>
        seen.push(`${ns} ${n}/${of}`),
      );
      expect(done).toEqual([
        { ns: 'town.kinds', documents: 2 },
        { ns: 'town.log', documents: 0 },
        { ns: 'town.many', documents: 2500 },
      ]);
      expect(seen).toContain('town.many 1000/2500');
      const again = migrate(source(), uri, false, quiet);
      await expect(again).rejects.toMatchObject({ reason: 'notEmpty' });
      await client
        .db('town')
        .collection<any>('many')
        .deleteMany({ n: { $lt: 100 } });
      await migrate(source(), uri, true, quiet);
      expect(await client.db('town').collection('many').countDocuments()).toBe(2500);
      const indexes = await client.db('town').collection('many').indexes();
      expect(indexes.map((i) => i.name)).toEqual(['_id_', 'own name', 'at_1', 'n_1']);
      expect(await client.db('town').collection('log').options()).toMatchObject({ capped: true });
    });
    // Both sides as they lie on disk: the same bytes, field by field.
    const [here, there] = [at('same-a'), at('same-b')];
    await exportAll(source(), here, quiet);
    await exportAll(path.join(at('target'), 'db'), there, quiet);
    for (const name of ['kinds.json', 'many.json', 'many.metadata.json'])
      expect(readFileSync(path.join(there, 'town', name), 'utf8')).toBe(
        readFileSync(path.join(here, 'town', name), 'utf8'),
      );
  });

  it('says in one line that the target cannot be reached, without its password', async () => {
    const failed = await migrate(
      source(),
      'mongodb://me:secret@127.0.0.1:1/?serverSelectionTimeoutMS=100',
      false,
      quiet,
    ).catch((error: unknown) => explain(error));
    expect(failed).toMatchObject({ code: 1 });
    expect((failed as { line: string }).line).toMatch(/^连不上 mongodb:\/\/\*\*\*@127/);
    expect((failed as { line: string }).line).not.toMatch(/secret|\n/);
  });
});
