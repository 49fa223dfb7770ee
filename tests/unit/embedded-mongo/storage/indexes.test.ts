import { MongoClient, ObjectId, TestDatabase, ids, itOwn } from '../support';

let now = Date.parse('2026-03-01T08:00:00Z');
const database = new TestDatabase({ clock: () => now, maintenanceMs: 15 });
beforeAll(() => database.start());
afterAll(() => database.stop());

interface Doc {
  _id: number;
  [field: string]: unknown;
}
const fresh = () => database.db.collection<Doc>(`i${new ObjectId().toHexString()}`);

/** The stages of the winning plan from the top, with the index used. */
async function plan(cursor: { explain(): Promise<unknown> }) {
  const { queryPlanner } = (await cursor.explain()) as { queryPlanner: { winningPlan: Stage } };
  const stages: string[] = [];
  for (let s: Stage | undefined = queryPlanner.winningPlan; s; s = s.inputStage)
    stages.push(s.indexName ? `${s.stage} ${s.indexName}` : s.stage);
  return stages.join(' < ');
}
interface Stage {
  stage: string;
  indexName?: string;
  inputStage?: Stage;
}

describe('unique indexes', () => {
  it('refuse a second document and name pattern and value', async () => {
    const collection = fresh();
    await collection.createIndex({ phone: 1, area: 1 }, { unique: true });
    await collection.insertOne({ _id: 1, phone: '1', area: 'a' });
    await expect(collection.insertOne({ _id: 2, phone: '1', area: 'a' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { phone: 1, area: 1 },
      keyValue: { phone: '1', area: 'a' },
    });
    await expect(collection.insertOne({ _id: 1 })).rejects.toMatchObject({
      keyPattern: { _id: 1 },
    });
  });

  it('free a value when the document changes or goes', async () => {
    const collection = fresh();
    await collection.createIndex({ a: 1 }, { unique: true });
    await collection.insertMany([
      { _id: 1, a: 'x' },
      { _id: 2, a: 'y' },
    ]);
    await collection.updateOne({ _id: 1 }, { $set: { a: 'z' } });
    await collection.deleteOne({ _id: 2 });
    await collection.insertMany([
      { _id: 3, a: 'x' },
      { _id: 4, a: 'y' },
    ]);
    expect(
      ids(
        await collection
          .find({ a: { $gte: 'x' } })
          .sort({ a: 1 })
          .toArray(),
      ),
    ).toEqual([3, 4, 1]);
  });

  it('cannot be made over duplicates', async () => {
    const collection = fresh();
    await collection.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
    ]);
    await expect(collection.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({
      code: 11000,
    });
    expect(await collection.indexes()).toHaveLength(1);
  });

  it('tell long strings apart that begin alike', async () => {
    const collection = fresh();
    await collection.createIndex({ a: 1 }, { unique: true });
    const long = '长'.repeat(2000);
    await collection.insertMany([
      { _id: 1, a: `${long}1` },
      { _id: 2, a: `${long}2` },
    ]);
    expect(await collection.findOne({ a: `${long}2` })).toMatchObject({ _id: 2 });
    await expect(collection.insertOne({ _id: 3, a: `${long}1` })).rejects.toMatchObject({
      code: 11000,
    });
    expect(ids(await collection.find({ a: { $gt: `${long}1` } }).toArray())).toEqual([2]);
  });

  it('sparse and partial ones leave documents out', async () => {
    const collection = fresh();
    await collection.createIndex({ a: 1 }, { unique: true, sparse: true });
    await collection.createIndex(
      { b: 1 },
      { unique: true, partialFilterExpression: { open: true } },
    );
    await collection.insertMany([
      { _id: 1, b: 1, open: true },
      { _id: 2, b: 1, open: false },
    ]);
    await expect(collection.updateOne({ _id: 2 }, { $set: { open: true } })).rejects.toMatchObject({
      code: 11000,
    });
    expect(await collection.countDocuments({ a: null })).toBe(2);
  });
});

describe('the planner', () => {
  it('uses equality, then range, then sort order', async () => {
    const collection = fresh();
    await collection.createIndex({ area: 1, at: -1 }, { name: 'area_at' });
    expect(await plan(collection.find({ area: 'x' }).sort({ at: -1 }))).toBe(
      'FETCH < IXSCAN area_at',
    );
    expect(await plan(collection.find({ area: 'x' }).sort({ at: 1 }))).toBe(
      'FETCH < IXSCAN area_at',
    );
    expect(await plan(collection.find({ area: 'x', at: { $lt: 5 } }))).toBe(
      'FETCH < IXSCAN area_at',
    );
    expect(await plan(collection.find({ area: 'x' }).sort({ name: 1 }))).toBe(
      'SORT < FETCH < IXSCAN area_at',
    );
    expect(await plan(collection.find({ at: 5 }))).toBe('COLLSCAN');
    expect(await plan(collection.find({ _id: 5 }))).toBe('FETCH < IXSCAN _id_');
  });

  it('serves path prefixes from an index', async () => {
    const collection = fresh();
    await collection.createIndex({ path: 1 }, { name: 'path' });
    await collection.insertMany(
      ['/a/1', '/a/1/2', '/a/10', '/b', '/a'].map((path, i) => ({ _id: i + 1, path })),
    );
    const cursor = () => collection.find({ path: /^\/a\/1/ });
    expect(await plan(cursor())).toBe('FETCH < IXSCAN path');
    const { executionStats } = (await cursor().explain('executionStats')) as {
      executionStats: object;
    };
    expect(executionStats).toMatchObject({ nReturned: 3, totalKeysExamined: 3 });
  });

  it('uses sparse and partial indexes only where they are complete', async () => {
    const collection = fresh();
    await collection.createIndex({ a: 1 }, { name: 'sparse', sparse: true });
    await collection.createIndex(
      { b: 1 },
      { name: 'open', partialFilterExpression: { open: true } },
    );
    expect(await plan(collection.find({ a: 1 }))).toBe('FETCH < IXSCAN sparse');
    expect(await plan(collection.find({}).sort({ a: 1 }))).toBe('SORT < COLLSCAN');
    expect(await plan(collection.find({ b: 1 }))).toBe('COLLSCAN');
    expect(await plan(collection.find({ b: 1, open: true }))).toBe('FETCH < IXSCAN open');
  });

  it('follows hints and refuses unknown ones', async () => {
    const collection = fresh();
    await collection.createIndex({ a: 1 }, { name: 'a' });
    expect(await plan(collection.find({ b: 1 }).hint('a'))).toBe('FETCH < IXSCAN a');
    expect(await plan(collection.find({ a: 1 }).hint({ $natural: 1 }))).toBe('COLLSCAN');
    await expect(collection.find({}).hint('nope').toArray()).rejects.toMatchObject({ code: 2 });
  });
});

describe('managing indexes', () => {
  it('creating is idempotent, contradicting is refused', async () => {
    const collection = fresh();
    await collection.createIndex({ a: 1 });
    await collection.createIndex({ a: 1 });
    expect((await collection.indexes()).map((i) => i.name)).toEqual(['_id_', 'a_1']);
    await expect(collection.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({
      code: 86,
    });
    await expect(collection.createIndex({ b: 1 }, { name: 'a_1' })).rejects.toMatchObject({
      code: 86,
    });
    await expect(collection.createIndex({ t: 'text' })).rejects.toMatchObject({ code: 67 });
    await collection.dropIndex('a_1');
    await expect(collection.dropIndex('a_1')).rejects.toMatchObject({ code: 27 });
    await expect(collection.dropIndex('_id_')).rejects.toMatchObject({ code: 72 });
  });

  it('are all made or none, and differ by more than their keys', async () => {
    const collection = fresh();
    await collection.insertMany([
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 2, b: 1 },
    ] as never[]);
    const both: { key: Record<string, 1>; name: string; unique?: true }[] = [
      { key: { a: 1 }, name: 'a' },
      { key: { b: 1 }, name: 'b', unique: true },
    ];
    await expect(collection.createIndexes(both)).rejects.toMatchObject({ code: 11000 });
    expect(await collection.indexes()).toHaveLength(1);
    await collection.createIndex({ a: 1 }, { name: 'plain' });
    await collection.createIndex({ a: 1 }, { name: 'unique', unique: true });
    await expect(collection.createIndex({ a: 1 }, { name: 'plain again' })).rejects.toMatchObject({
      code: 85,
    });
    await expect(collection.insertOne({ _id: 3, a: 2 })).rejects.toMatchObject({
      code: 11000,
    });
    await collection.dropIndex('unique');
    await collection.insertOne({ _id: 3, a: 2 });
    expect(ids(await collection.find({ a: 2 }).sort({ _id: 1 }).toArray())).toEqual([2, 3]);
  });

  it('parallel arrays cannot be indexed together', async () => {
    const collection = fresh();
    await collection.createIndex({ a: 1, b: 1 });
    await expect(collection.insertOne({ _id: 1, a: [1], b: [1] })).rejects.toMatchObject({
      code: 171,
    });
    await collection.insertOne({ _id: 2, a: [1, 2], b: 1 });
    expect(await collection.countDocuments({ a: 2, b: 1 })).toBe(1);
  });

  it('TTL indexes let documents go when their time is over', async () => {
    const collection = fresh();
    await collection.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    await collection.insertMany([
      { _id: 1, at: new Date(now) },
      { _id: 2, at: new Date(now + 3_600_000) },
      { _id: 3, at: 'no date' },
    ]);
    const gone = collection.watch([{ $match: { operationType: 'delete' } }]);
    const event = gone.next();
    now += 61_000;
    expect(await event).toMatchObject({ documentKey: { _id: 1 } });
    await gone.close();
    expect(ids(await collection.find().toArray())).toEqual([2, 3]);
  });

  itOwn(
    'know after a restart that they hold arrays, also when the first of these was refused',
    () =>
      TestDatabase.use(async (own) => {
        const refused = own.db.collection<{ _id: number; a: unknown; b?: unknown }>('refused');
        await refused.createIndex({ a: 1, b: 1 });
        await expect(refused.insertOne({ _id: 1, a: [1], b: [2] })).rejects.toMatchObject({
          code: 171,
        });
        await refused.insertOne({ _id: 2, a: [1, 9] });
        const left = own.db.collection<{ _id: number; a: unknown }>('left-out');
        await left.createIndex({ 'a.x': 1 }, { sparse: true });
        await left.insertOne({ _id: 1, a: [{}, {}] });
        await left.insertOne({ _id: 2, a: [{ x: 1 }, { x: 9 }] });
        for (let life = 0; life < 2; life++) {
          // One element is above, another below: a range would find neither.
          const between = { $gt: 5, $lt: 8 };
          expect(ids(await own.db.collection('refused').find({ a: between }).toArray())).toEqual([
            2,
          ]);
          const found = own.db.collection('left-out').find({ 'a.x': between });
          expect(ids(await found.toArray())).toEqual([2]);
          await own.restart();
        }
      }),
  );

  itOwn('everything is there again after a restart', () =>
    TestDatabase.use(async (own) => {
      const collection = () => own.db.collection<Doc>('people');
      await collection().createIndex({ tags: 1 }, { name: 'tags' });
      await collection().insertMany([
        { _id: 1, tags: ['a', 'b'] },
        { _id: 2, tags: 'c' },
      ]);
      await collection().deleteOne({ _id: 2 });
      await own.restart();
      expect(await plan(collection().find({ tags: 'b' }))).toBe('FETCH < IXSCAN tags');
      expect(
        ids(
          await collection()
            .find({ tags: { $gt: 'a', $lt: 'c' } })
            .toArray(),
        ),
      ).toEqual([1]);
      expect(await collection().estimatedDocumentCount()).toBe(1);
      await collection().insertOne({ _id: 3, tags: [] });
      expect(ids(await collection().find().toArray())).toEqual([1, 3]);
    }),
  );
});

describe('collections', () => {
  it('are created, listed, renamed and dropped', async () => {
    const db = database.client.db(`d${new ObjectId().toHexString()}`);
    await db.createCollection('one');
    await db.createCollection('one');
    await db.collection('two').insertOne({ a: 1 });
    await expect(db.createCollection('one', { capped: true, size: 10 })).rejects.toMatchObject({
      code: 48,
    });
    expect((await db.listCollections().toArray()).map((c) => c.name).sort()).toEqual([
      'one',
      'two',
    ]);
    await db.renameCollection('two', 'three');
    expect(await db.collection('three').countDocuments()).toBe(1);
    await db.collection('three').drop();
    await db.collection('three').insertOne({ b: 1 });
    expect(
      await db
        .collection('three')
        .find({}, { projection: { _id: 0 } })
        .toArray(),
    ).toEqual([{ b: 1 }]);
    await db.dropDatabase();
    expect(await db.listCollections().toArray()).toEqual([]);
  });

  it('capped ones keep the newest', async () => {
    const name = `c${new ObjectId().toHexString()}`;
    const collection = await database.db.createCollection<Doc>(name, {
      capped: true,
      size: 4096,
      max: 2,
    });
    await collection.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
    expect(ids(await collection.find().toArray())).toEqual([2, 3]);
  });

  it('commands and options without an implementation are refused', async () => {
    const { db } = database;
    await expect(db.command({ mapReduce: 'x' })).rejects.toMatchObject({ code: 59 });
    await expect(db.createCollection('v', { viewOn: 'x', pipeline: [] })).rejects.toMatchObject({
      code: 2,
    });
    await expect(db.admin().ping()).resolves.toMatchObject({ ok: 1 });
    await expect(db.stats()).resolves.toMatchObject({ db: db.databaseName });
    expect((await db.admin().serverStatus()).version).toBe('7.0.0');
  });

  it('large results come in batches; killed and unknown cursors are gone', async () => {
    const collection = fresh();
    await collection.insertMany(
      Array.from({ length: 500 }, (_, i) => ({ _id: i, pad: 'x'.repeat(100) })),
    );
    expect(await collection.find().batchSize(50).toArray()).toHaveLength(500);
    expect(await collection.find().sort({ _id: -1 }).limit(120).toArray()).toHaveLength(120);
    const cursor = collection.find().batchSize(2);
    await cursor.next();
    await cursor.close();
    const more = database.db.command({ getMore: 12345n, collection: 'x' });
    await expect(more).rejects.toMatchObject({ code: 43 });
  });

  it('GridFS works on ordinary commands', async () => {
    const { GridFSBucket } = await import('mongoose').then((m) => m.default.mongo);
    const bucket = new GridFSBucket(database.db, { bucketName: 'photos', chunkSizeBytes: 1000 });
    const content = Buffer.alloc(4500, 'photo');
    const upload = bucket.openUploadStream('well.jpg');
    await new Promise((resolve, reject) =>
      upload.on('finish', resolve).on('error', reject).end(content),
    );
    const chunks: Buffer[] = [];
    for await (const chunk of bucket.openDownloadStream(upload.id)) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
  });

  it('a second client sees what the first wrote', async () => {
    const collection = fresh();
    const other = await new MongoClient(database.uri).connect();
    await collection.insertOne({ _id: 1 });
    expect(
      await other
        .db(database.db.databaseName)
        .collection(collection.collectionName)
        .countDocuments(),
    ).toBe(1);
    await other.close();
  });
});
