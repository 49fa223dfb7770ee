import net from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TestDatabase, ids, itOwn } from '../support';

const readWorker = pathToFileURL(
  path.resolve(__dirname, '../../../../server/embedded-mongo/dist/read-worker.js'),
);
const COUNT = 8_000;

interface Doc {
  _id: number;
  n: number;
  half: string;
  text: string;
}

const docs = Array.from({ length: COUNT }, (_, i): Doc => ({
  _id: i,
  n: (i * 7919) % COUNT,
  half: i % 2 ? 'odd' : 'even',
  text: `t${i}`,
}));

const database = new TestDatabase({ readWorker });
const collection = () => database.db.collection<Doc>('docs');

beforeAll(() => database.start());
afterAll(() => database.stop());
beforeEach(async () => {
  await database.db.dropDatabase();
  await collection().insertMany(docs);
});

/** Which of the two answers comes first when the slow one is sent first. */
const first = async (slow: Promise<unknown>): Promise<string> => {
  const quick = database.db.command({ ping: 1 });
  const winner = await Promise.race([slow.then(() => 'slow'), quick.then(() => 'quick')]);
  await slow;
  return winner;
};

describe('a command that reads much', () => {
  it('lets others have their answer first', async () => {
    expect(await first(collection().find({ text: 'nowhere' }).toArray())).toBe('quick');
    expect(await first(collection().countDocuments({ text: /7$/ }))).toBe('quick');
    expect(await first(collection().distinct('half'))).toBe('quick');
    const group = [{ $group: { _id: '$half', n: { $sum: '$n' } } }];
    expect(await first(collection().aggregate(group).toArray())).toBe('quick');
    expect(await first(collection().updateMany({ half: 'odd' }, { $inc: { n: 1 } }))).toBe('quick');
    expect(await first(collection().createIndex({ half: 1, n: -1 }))).toBe('quick');
    const more = docs.map((doc) => ({ ...doc, _id: doc._id + COUNT }));
    expect(await first(collection().insertMany(more))).toBe('quick');
    expect(await collection().countDocuments()).toBe(2 * COUNT);
    expect(await first(collection().deleteMany({ text: /9$/ }))).toBe('quick');
  });

  it('answers as a quick one would', async () => {
    const even = docs.filter((doc) => doc.half === 'even');
    expect(await collection().find({ half: 'even' }).toArray()).toEqual(even);
    const sorted = collection().find({ half: 'even' }).sort({ n: -1 }).skip(5).limit(300);
    expect(ids(await sorted.toArray())).toEqual(
      ids([...even].sort((a, b) => b.n - a.n).slice(5, 305)),
    );
    expect(await collection().findOne({ text: 't7999' })).toEqual(docs[7_999]);
    expect(await collection().findOne({ text: 'nowhere' })).toBeNull();
    expect(await collection().countDocuments({ half: 'odd' })).toBe(COUNT / 2);
    expect(await collection().distinct('half')).toEqual(['even', 'odd']);
    expect(
      await collection()
        .aggregate([{ $group: { _id: '$half', n: { $sum: 1 } } }, { $sort: { _id: 1 } }])
        .toArray(),
    ).toEqual([
      { _id: 'even', n: COUNT / 2 },
      { _id: 'odd', n: COUNT / 2 },
    ]);
  });

  it('keeps its collation and its projection', async () => {
    const options = { collation: { locale: 'en', strength: 2 } } as const;
    const filter = { text: 'T7999' };
    expect(await collection().countDocuments(filter, options)).toBe(1);
    expect(await collection().updateMany(filter, { $set: { n: -5 } }, options)).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    });
    const projection = { _id: 0, twice: { $multiply: ['$n', 2] } };
    expect(await collection().findOne(filter, { ...options, projection })).toEqual({ twice: -10 });
    expect(await collection().deleteMany(filter, options)).toMatchObject({ deletedCount: 1 });
  });

  it('sees what was acknowledged before it', async () => {
    for (let i = 0; i < 20; i++) {
      await collection().insertOne({ _id: COUNT + i, n: -1, half: 'new', text: `new${i}` });
      expect(await collection().findOne({ text: `new${i}` })).not.toBeNull();
      await collection().updateOne({ _id: COUNT + i }, { $set: { text: 'changed' } });
      expect(await collection().countDocuments({ text: 'changed' })).toBe(i + 1);
    }
  });

  it('writes to each document it is about, once', async () => {
    const updated = await collection().updateMany({ half: 'odd' }, { $inc: { n: COUNT } });
    expect(updated).toMatchObject({ matchedCount: COUNT / 2, modifiedCount: COUNT / 2 });
    expect(await collection().countDocuments({ n: { $gte: COUNT } })).toBe(COUNT / 2);
    expect(await collection().updateOne({ text: 't7998' }, { $set: { n: -5 } })).toMatchObject({
      matchedCount: 1,
    });
    const taken = await collection().findOneAndUpdate(
      { half: 'even', n: { $gte: 0 } },
      { $set: { half: 'taken' } },
      { sort: { n: 1 }, returnDocument: 'after' },
    );
    expect(taken).toMatchObject({ _id: 0, half: 'taken' });
    const upserted = await collection().updateMany(
      { text: 'nowhere' },
      { $set: { n: 1 } },
      { upsert: true },
    );
    expect(upserted).toMatchObject({ matchedCount: 0, upsertedCount: 1 });
    expect((await collection().deleteMany({ half: 'odd' })).deletedCount).toBe(COUNT / 2);
    expect((await collection().deleteOne({ text: 't7998' })).deletedCount).toBe(1);
    expect(await collection().countDocuments({})).toBe(COUNT / 2);
  });

  it('writes what it had to wait for, in one document and in many', async () => {
    const session = database.client.startSession();
    session.startTransaction();
    // One of the last portion, so that the portions before it are written by then.
    const held = COUNT - 2;
    await collection().updateOne({ _id: held }, { $set: { text: 'held' } }, { session });
    const one = collection().updateOne({ n: docs[held]!.n }, { $set: { half: 'neither' } });
    const many = collection().updateMany({ n: { $gte: 0 } }, { $inc: { n: COUNT } });
    // Both wait: the transaction ends only when the first portions are done.
    while (!(await collection().countDocuments({ n: { $gte: COUNT } })));
    await session.abortTransaction();
    await session.endSession();
    expect(await one).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await many).toMatchObject({ matchedCount: COUNT, modifiedCount: COUNT });
    expect(await collection().countDocuments({ n: { $lt: COUNT } })).toBe(0);
    expect(await collection().findOne({ _id: held })).toMatchObject({ half: 'neither' });
  });

  it('fails with the same error', async () => {
    await expect(
      collection()
        .aggregate([{ $match: { text: /t/ } }, { $project: { x: { $divide: [1, 0] } } }])
        .toArray(),
    ).rejects.toMatchObject({ code: expect.any(Number) as number, ok: 0 });
    await expect(
      collection().updateMany({ text: /t1/ }, { $inc: { half: 1 } as never }),
    ).rejects.toMatchObject({ code: 14 });
    expect(await collection().countDocuments({ half: 'even' })).toBe(COUNT / 2);
  });

  it('keeps a cursor that can be closed half-way', async () => {
    const cursor = collection().find({ text: /5$/ }, { batchSize: 20 });
    for (let i = 0; i < 30; i++) await cursor.next();
    const { id } = cursor;
    await cursor.close();
    await expect(
      database.db.command({ getMore: id, collection: 'docs', batchSize: 5 }),
    ).rejects.toMatchObject({ code: 43 });
  });
});

describe('a cursor that finds its first documents quickly', () => {
  it('pauses in a long stretch without any and still finds the rest', async () => {
    await collection().updateMany({ _id: { $lt: 300 } }, { $set: { half: 'end' } });
    await collection().updateMany({ _id: { $gte: COUNT - 20 } }, { $set: { half: 'end' } });
    const found = await collection().find({ half: 'end' }, { batchSize: 50 }).toArray();
    expect(ids(found)).toEqual([
      ...Array.from({ length: 300 }, (_, i) => i),
      ...Array.from({ length: 20 }, (_, i) => COUNT - 20 + i),
    ]);
  });
});

describe('limits', () => {
  itOwn('a sort that holds too much is refused, whatever the client allows', () =>
    TestDatabase.use(
      async ({ db }) => {
        const big = db.collection<{ _id: number; pad: string }>('big');
        await big.insertMany(
          Array.from({ length: 200 }, (_, i) => ({ _id: i, pad: 'x'.repeat(1000) })),
        );
        for (const allowDiskUse of [false, true])
          await expect(
            big.find().sort({ pad: 1 }).allowDiskUse(allowDiskUse).toArray(),
          ).rejects.toMatchObject({
            code: 292,
            codeName: 'QueryExceededMemoryLimitNoDiskUseAllowed',
          });
        expect(await big.find().sort({ pad: 1 }).limit(3).toArray()).toHaveLength(3);
        expect(await big.find().sort({ _id: -1 }).toArray()).toHaveLength(200);
      },
      { memoryBytes: 150_000 },
    ),
  );

  itOwn('connections beyond the limit are closed', () =>
    TestDatabase.use(
      async ({ uri }) => {
        const port = Number(new URL(uri).port);
        const extra = Array.from({ length: 10 }, () => net.connect(port, '127.0.0.1'));
        const closed = await Promise.race(extra.map((socket) => once(socket, 'close')));
        expect(closed).toBeDefined();
        for (const socket of extra) socket.destroy();
      },
      { maxConnections: 8 },
    ),
  );
});
