import { Binary, Long, MongoClient, rawCommand, TestDatabase, itOwn } from '../support';

const database = new TestDatabase({ testCommands: true });
beforeAll(() => database.start());
afterAll(() => database.stop());

let sessions = 100;
/** A sender of numbered writes in a session of its own. */
function numbered(txnNumber: number, own = database) {
  const lsid = { id: new Binary(Buffer.alloc(16, ++sessions), 4) };
  return (command: object) =>
    rawCommand(own.uri, {
      ...command,
      $db: own.db.databaseName,
      lsid,
      txnNumber: Long.fromNumber(txnNumber),
    });
}
const all = (name: string) =>
  database.db.collection<{ _id: number }>(name).find().sort({ _id: 1 }).toArray();

describe('retried writes', () => {
  it('carry out only the statements that were not carried out before', async () => {
    const send = numbered(1);
    const insert = (...documents: { _id: number }[]) => ({ insert: 'partly', documents });
    expect(await send(insert({ _id: 1 }, { _id: 2 }))).toMatchObject({ ok: 1, n: 2 });
    expect(await send(insert({ _id: 1 }, { _id: 2 }, { _id: 3 }))).toMatchObject({
      ok: 1,
      n: 3,
      retriedStmtIds: [0, 1],
    });
    expect(await all('partly')).toHaveLength(3);
  });

  it('run a failed statement again, and what came after it', async () => {
    const collection = database.db.collection<{ _id: number }>('failed');
    await collection.insertOne({ _id: 2 });
    const send = numbered(1);
    const insert = { insert: 'failed', documents: [{ _id: 1 }, { _id: 2 }, { _id: 3 }] };
    expect(await send(insert)).toMatchObject({ n: 1, writeErrors: [{ index: 1, code: 11000 }] });
    await collection.deleteOne({ _id: 2 });
    expect(await send(insert)).toMatchObject({ n: 3, retriedStmtIds: [0] });
    expect(await all('failed')).toHaveLength(3);
  });

  it('run a command again that failed as a whole', async () => {
    const send = numbered(1);
    const update = (u: object) => ({
      update: 'whole',
      updates: [{ q: { _id: 1 }, u, upsert: true }],
    });
    expect(await send({ update: 'whole', updates: 'none' })).toMatchObject({ ok: 0 });
    expect(await send(update({ $set: { a: 1 } }))).toMatchObject({ ok: 1, n: 1 });
  });

  itOwn('answer updates, upserts and deletes as the first time, also after a restart', () =>
    TestDatabase.use(async (own) => {
      const collection = own.db.collection<{ _id: number; n?: number }>('c');
      await collection.insertMany([{ _id: 1, n: 1 }, { _id: 2 }]);
      const [update, remove] = [numbered(1, own), numbered(1, own)];
      const updates = [
        { q: { _id: 1 }, u: { $inc: { n: 1 } } },
        { q: { _id: 7 }, u: { $inc: { n: 1 } }, upsert: true },
        { q: { _id: 9 }, u: { $inc: { n: 1 } } },
      ];
      const first = await update({ update: 'c', updates });
      expect(first).toMatchObject({ n: 2, nModified: 1, upserted: [{ index: 1, _id: 7 }] });
      const deletes = [{ q: { _id: 2 }, limit: 1 }];
      expect(await remove({ delete: 'c', deletes })).toMatchObject({ n: 1 });
      await own.restart();
      const { n, nModified, upserted } = first;
      expect(await update({ update: 'c', updates })).toMatchObject({ n, nModified, upserted });
      expect(await remove({ delete: 'c', deletes })).toMatchObject({ n: 1, retriedStmtIds: [0] });
      expect(await own.db.collection('c').find().sort({ _id: 1 }).toArray()).toEqual([
        { _id: 1, n: 2 },
        { _id: 7, n: 1 },
      ]);
    }),
  );

  it('give findAndModify its image again; what found nothing runs again', async () => {
    const send = numbered(1);
    const increment = { findAndModify: 'images', query: { _id: 1 }, update: { $inc: { n: 1 } } };
    expect(await send(increment)).toMatchObject({ value: null });
    await database.db.collection<{ _id: number; n: number }>('images').insertOne({ _id: 1, n: 1 });
    expect(await send(increment)).toMatchObject({ value: { _id: 1, n: 1 } });
    expect(await send(increment)).toMatchObject({ value: { _id: 1, n: 1 }, retriedStmtId: 0 });
    expect(await all('images')).toEqual([{ _id: 1, n: 2 }]);
  });

  it('know statements by the ids the client gives them', async () => {
    const send = numbered(1);
    await send({ insert: 'named', documents: [{ _id: 1 }], stmtIds: [4] });
    const both = { insert: 'named', documents: [{ _id: 2 }, { _id: 1 }], stmtIds: [3, 4] };
    expect(await send(both)).toMatchObject({ n: 2, retriedStmtIds: [4] });
    expect(await all('named')).toHaveLength(2);
  });

  it('may not be writes of many documents', async () => {
    const update = { q: {}, u: { $set: { a: 1 } }, multi: true };
    expect(await numbered(1)({ update: 'many', updates: [update] })).toMatchObject({ code: 72 });
    const remove = { q: {}, limit: 0 };
    expect(await numbered(1)({ delete: 'many', deletes: [remove] })).toMatchObject({ code: 72 });
  });

  it('happen once though first and second try wait for the same transaction', async () => {
    const collection = database.db.collection<{ _id: number; n: number }>('waiting');
    await collection.insertOne({ _id: 1, n: 0 });
    const session = database.client.startSession();
    session.startTransaction();
    await collection.updateOne({ _id: 1 }, { $inc: { n: 10 } }, { session });
    const send = numbered(1);
    const update = { update: 'waiting', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] };
    const tries = [send(update), send(update)];
    // Both have arrived once a later command of another connection is answered.
    await collection.find().toArray();
    await session.commitTransaction();
    for (const reply of await Promise.all(tries)) expect(reply).toMatchObject({ n: 1 });
    expect(await collection.findOne()).toMatchObject({ n: 11 });
    await session.endSession();
  });
});

describe('the connection lost between a write and its answer', () => {
  const order = (rest: object) =>
    database.client
      .db('admin')
      .command({ configureFailPoint: 'onPrimaryTransactionalWrite', ...rest });
  afterEach(() => order({ mode: 'off' }));

  it.each([
    ['after it was stored', undefined],
    ['before it was stored', { failBeforeCommitExceptionCode: 1 }],
  ])('leaves a bulk done once and whole, %s', async (name, data) => {
    const client = await new MongoClient(database.uri).connect();
    const collection = client
      .db(database.db.databaseName)
      .collection<{ _id: number; n?: number }>(`lost ${name}`);
    await collection.insertOne({ _id: 1, n: 0 });
    await order({ mode: { times: 1 }, ...(data ? { data } : {}) });
    const result = await collection.bulkWrite([
      { updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } } } },
      { updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } } } },
      { insertOne: { document: { _id: 2 } } },
    ]);
    expect(result).toMatchObject({ modifiedCount: 2, insertedCount: 1 });
    expect(await collection.find().toArray()).toEqual([{ _id: 1, n: 2 }, { _id: 2 }]);
    await client.close();
  });
});
