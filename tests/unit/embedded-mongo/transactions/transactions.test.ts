import { Binary, Long, ObjectId, rawCommand, TestDatabase, itOwn } from '../support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

interface Doc {
  _id: number | string;
  // The driver types `$inc` and `$push` by the field's type; here any field may be anything.

  [field: string]: any;
}

async function fresh(...docs: Doc[]) {
  const collection = await database.db.createCollection<Doc>(`t${new ObjectId().toHexString()}`);
  if (docs.length) await collection.insertMany(docs);
  return collection;
}

/** A session with a transaction that has begun (its snapshot is taken with its first command). */
async function begin(collection: Awaited<ReturnType<typeof fresh>>) {
  const session = database.client.startSession();
  session.startTransaction();
  await collection.findOne({ _id: 'nobody' }, { session });
  return session;
}

describe('transactions', () => {
  it('are seen as a whole or not at all', async () => {
    const collection = await fresh({ _id: 1, n: 1 });
    const session = await begin(collection);
    await collection.insertOne({ _id: 2, n: 2 }, { session });
    await collection.updateOne({ _id: 1 }, { $set: { n: 9 } }, { session });
    expect(await collection.countDocuments({ n: { $gt: 1 } }, { session })).toBe(2);
    expect(await collection.find().toArray()).toEqual([{ _id: 1, n: 1 }]);
    await session.commitTransaction();
    expect(await collection.find().toArray()).toEqual([
      { _id: 1, n: 9 },
      { _id: 2, n: 2 },
    ]);
    expect(await collection.estimatedDocumentCount()).toBe(2);
    await session.endSession();
  });

  it('leave nothing behind when aborted', async () => {
    const collection = await fresh({ _id: 1, n: 1 });
    const session = await begin(collection);
    await collection.deleteOne({ _id: 1 }, { session });
    await collection.insertOne({ _id: 2 }, { session });
    await session.abortTransaction();
    expect(await collection.find().toArray()).toEqual([{ _id: 1, n: 1 }]);
    await session.endSession();
  });

  it('read the data as of their start', async () => {
    const collection = await fresh({ _id: 1, n: 1 });
    await collection.createIndex({ n: 1 });
    const session = await begin(collection);
    await collection.updateOne({ _id: 1 }, { $set: { n: 2 } });
    await collection.insertOne({ _id: 2, n: 2 });
    expect(await collection.find({ n: { $gte: 0 } }, { session }).toArray()).toEqual([
      { _id: 1, n: 1 },
    ]);
    await session.commitTransaction();
    await session.endSession();
  });

  it('conflict when they change what was changed since', async () => {
    const collection = await fresh({ _id: 1, n: 1 });
    const session = await begin(collection);
    await collection.updateOne({ _id: 1 }, { $inc: { n: 1 } });
    const update = collection.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
    await expect(update).rejects.toMatchObject({
      code: 112,
      errorLabels: ['TransientTransactionError'],
    });
    await expect(session.commitTransaction()).rejects.toMatchObject({ code: 251 });
    await session.endSession();
    expect(await collection.findOne({})).toMatchObject({ n: 2 });
  });

  it('conflict with one another on a document and on a unique key', async () => {
    const collection = await fresh({ _id: 1 });
    await collection.createIndex({ phone: 1 }, { unique: true, sparse: true });
    const [one, two, three] = [
      await begin(collection),
      await begin(collection),
      await begin(collection),
    ];
    await collection.updateOne({ _id: 1 }, { $set: { by: 'one' } }, { session: one });
    await collection.insertOne({ _id: 2, phone: 'p' }, { session: one });
    const sameDocument = collection.updateOne(
      { _id: 1 },
      { $set: { by: 'two' } },
      { session: two },
    );
    await expect(sameDocument).rejects.toMatchObject({ code: 112 });
    const sameKey = collection.insertOne({ _id: 3, phone: 'p' }, { session: three });
    await expect(sameKey).rejects.toMatchObject({ code: 112 });
    await one.commitTransaction();
    expect(await collection.findOne({ _id: 1 })).toMatchObject({ by: 'one' });
    await Promise.all([one, two, three].map((s) => s.endSession()));
  });

  it('make writers outside wait for the documents they hold, and only for those', async () => {
    const collection = await fresh({ _id: 1, n: 1 }, { _id: 2, n: 1 });
    const session = await begin(collection);
    await collection.updateOne({ _id: 1 }, { $inc: { n: 10 } }, { session });
    let done = false;
    const waiting = collection.updateMany({}, { $inc: { n: 1 } }).then(() => (done = true));
    await collection.insertOne({ _id: 3, n: 0 });
    expect(done).toBe(false);
    await session.commitTransaction();
    await waiting;
    // The waiting update saw the third document, too: it ran only after the transaction.
    expect((await collection.find().sort({ _id: 1 }).toArray()).map((d) => d.n)).toEqual([
      12, 2, 1,
    ]);
    await session.endSession();
  });

  itOwn('commit once however often the commit is repeated, also after a restart', () =>
    TestDatabase.use(async (own) => {
      await own.db.createCollection('c');
      const numbered = {
        lsid: { id: new Binary(Buffer.alloc(16, 7), 4) },
        txnNumber: Long.fromNumber(7),
        autocommit: false,
      };
      const insert = { insert: 'c', documents: [{ _id: 1 }], startTransaction: true };
      await rawCommand(own.uri, { ...insert, $db: 'town', ...numbered });
      const commit = () => rawCommand(own.uri, { commitTransaction: 1, $db: 'admin', ...numbered });
      expect(await commit()).toMatchObject({ ok: 1 });
      expect(await commit()).toMatchObject({ ok: 1 });
      await own.restart();
      expect(await commit()).toMatchObject({ ok: 1 });
      expect(await own.db.collection('c').countDocuments()).toBe(1);
    }),
  );

  it('withTransaction moves money without making or losing any', async () => {
    const accounts = 8;
    const collection = await fresh(
      ...Array.from({ length: accounts }, (_, i) => ({ _id: i, balance: 100 })),
    );
    const transfer = (i: number) =>
      database.client.withSession((session) =>
        session.withTransaction(async () => {
          const [from, to] = [i % accounts, (i * 3 + 1) % accounts];
          const payer = await collection.findOneAndUpdate(
            { _id: from, balance: { $gte: 5 } },
            { $inc: { balance: -5 } },
            { session },
          );
          if (payer) await collection.updateOne({ _id: to }, { $inc: { balance: 5 } }, { session });
        }),
      );
    const total = async () => {
      const [sum] = await collection
        .aggregate([{ $group: { _id: null, sum: { $sum: '$balance' } } }])
        .toArray();
      return sum!.sum as number;
    };
    const work = Promise.all(Array.from({ length: 60 }, (_, i) => transfer(i)));
    for (let i = 0; i < 10; i++) expect(await total()).toBe(accounts * 100);
    await work;
    expect(await total()).toBe(accounts * 100);
  });

  it('refuse what MongoDB refuses inside them', async () => {
    const collection = await fresh();
    const session = await begin(collection);
    const ddl = database.db.command({ drop: collection.collectionName }, { session });
    await expect(ddl).rejects.toMatchObject({ code: 263 });
    await session.endSession();
  });
});

describe('retryable writes', () => {
  itOwn('are carried out once and answered the same again, also after a restart', () =>
    TestDatabase.use(async (own) => {
      const increment = (txnNumber: number) =>
        rawCommand(own.uri, {
          findAndModify: 'counters',
          $db: 'town',
          query: { _id: 1 },
          update: { $inc: { n: 1 } },
          upsert: true,
          new: true,
          lsid: { id: new Binary(Buffer.alloc(16, 5), 4) },
          txnNumber: Long.fromNumber(txnNumber),
        });
      expect(await increment(1)).toMatchObject({ value: { _id: 1, n: 1 } });
      expect(await increment(1)).toMatchObject({ value: { _id: 1, n: 1 } });
      await own.restart();
      expect(await increment(1)).toMatchObject({ value: { _id: 1, n: 1 } });
      expect(await increment(2)).toMatchObject({ value: { _id: 1, n: 2 } });
      expect(await increment(1)).toMatchObject({ ok: 0, code: 225 });
    }),
  );

  it('are carried out once when they are repeated while they wait for a transaction', async () => {
    const counters = await fresh();
    await counters.insertMany([
      { _id: 1, n: 0 },
      { _id: 2, n: 0 },
    ] as never[]);
    const session = await begin(counters);
    await counters.updateOne({ _id: 2 }, { $set: { held: true } }, { session });
    const add = { $inc: { n: 1 } };
    const numbered = {
      update: counters.collectionName,
      updates: [
        { q: { _id: 1 }, u: add },
        { q: { _id: 2 }, u: add },
      ],
      $db: counters.dbName,
      lsid: { id: new Binary(Buffer.alloc(16, 6), 4) },
      txnNumber: Long.fromNumber(1),
    };
    const first = rawCommand(database.uri, numbered);
    // The part before the wait can be seen, so the first is waiting now.
    while ((await counters.findOne({ _id: 1 }))?.n !== 1);
    const second = rawCommand(database.uri, numbered);
    await rawCommand(database.uri, { ping: 1, $db: 'admin' });
    await session.abortTransaction();
    expect(await first).toMatchObject({ ok: 1, n: 2, nModified: 2 });
    expect(await second).toMatchObject({ ok: 1, n: 2, nModified: 2 });
    expect(await rawCommand(database.uri, numbered)).toMatchObject({ n: 2, nModified: 2 });
    expect(await counters.find().toArray()).toEqual([
      { _id: 1, n: 1 },
      { _id: 2, n: 1 },
    ]);
    await session.endSession();
  });
});
