import type { Binary } from '../support';
import { TestDatabase, itOwn } from '../support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

const names = async () => (await database.db.listCollections().toArray()).map(({ name }) => name);

describe('collections and indexes made in a transaction', () => {
  itOwn('appear with the commit, also after a restart', () =>
    TestDatabase.use(async (own) => {
      const session = own.client.startSession();
      session.startTransaction();
      const made = await own.db.createCollection<{ _id: number; a: number }>('made', { session });
      await made.createIndex({ a: 1 }, { unique: true, session });
      await made.insertOne({ _id: 1, a: 1 }, { session });
      expect(await own.db.listCollections().toArray()).toEqual([]);
      await expect(made.listIndexes().toArray()).rejects.toMatchObject({ code: 26 });
      expect(await made.countDocuments()).toBe(0);
      await session.commitTransaction();
      await session.endSession();
      await own.restart();
      const again = own.db.collection<{ _id: number; a: number }>('made');
      expect((await again.listIndexes().toArray()).map((i) => i.name)).toEqual(['_id_', 'a_1']);
      await expect(again.insertOne({ _id: 2, a: 1 })).rejects.toMatchObject({ code: 11000 });
      expect(await again.find({ a: 1 }).toArray()).toEqual([{ _id: 1, a: 1 }]);
    }),
  );

  it('are gone when it is aborted', async () => {
    const session = database.client.startSession();
    session.startTransaction();
    await database.db.collection('never').insertOne({}, { session });
    await session.abortTransaction();
    expect(await names()).not.toContain('never');
    await database.restart();
    expect(await names()).not.toContain('never');
    await session.endSession();
  });

  it('stay when somebody outside has put something in meanwhile', async () => {
    const collection = database.db.collection<{ _id: number }>('shared');
    const session = database.client.startSession();
    session.startTransaction();
    await collection.insertOne({ _id: 1 }, { session });
    await collection.insertOne({ _id: 2 });
    await session.abortTransaction();
    expect(await collection.find().toArray()).toEqual([{ _id: 2 }]);
    await database.restart();
    expect(await database.db.collection('shared').countDocuments()).toBe(1);
    await session.endSession();
  });

  it('conflict with those of another transaction', async () => {
    const collection = database.db.collection<{ _id: number }>('contested');
    const sessions = [database.client.startSession(), database.client.startSession()] as const;
    for (const session of sessions) session.startTransaction();
    await collection.insertOne({ _id: 1 }, { session: sessions[0] });
    const second = collection.insertOne({ _id: 2 }, { session: sessions[1] });
    await expect(second).rejects.toMatchObject({
      code: 112,
      errorLabels: ['TransientTransactionError'],
    });
    await sessions[0].commitTransaction();
    expect(await collection.countDocuments()).toBe(1);
    await Promise.all(sessions.map((session) => session.endSession()));
  });

  it('are refused where there is something already', async () => {
    const collection = await database.db.createCollection('old');
    for (const ddl of [
      { run: { create: 'old' }, code: 48 },
      { run: { createIndexes: 'old', indexes: [{ key: { b: 1 }, name: 'b_1' }] }, code: 263 },
    ]) {
      const session = database.client.startSession();
      session.startTransaction();
      const refused = database.db.command(ddl.run, { session });
      await expect(refused).rejects.toMatchObject({ code: ddl.code });
      await session.endSession();
    }
    expect(await collection.indexes()).toHaveLength(1);
  });
});

describe('a failed statement', () => {
  it('ends its transaction and is told as a write error', async () => {
    const collection = database.db.collection<{ _id: number }>('ends');
    await collection.insertOne({ _id: 1 });
    const session = database.client.startSession();
    session.startTransaction();
    await collection.insertOne({ _id: 2 }, { session });
    const duplicate = collection.insertMany([{ _id: 3 }, { _id: 1 }], { session });
    await expect(duplicate).rejects.toMatchObject({
      code: 11000,
      writeErrors: [expect.objectContaining({ index: 1 })],
    });
    await expect(session.commitTransaction()).rejects.toMatchObject({ code: 251 });
    await session.endSession();
    expect(await collection.countDocuments()).toBe(1);
  });
});

describe('sessions', () => {
  it('lose their transactions to killAllSessions', async () => {
    const collection = database.db.collection<{ _id: number }>('killed');
    const session = database.client.startSession();
    session.startTransaction();
    await collection.insertOne({ _id: 1 }, { session });
    await database.client.db('admin').command({ killAllSessions: [] });
    await expect(session.commitTransaction()).rejects.toMatchObject({ code: 251 });
    await session.endSession();
  });

  it('are listed, their open transactions too', async () => {
    const session = database.client.startSession();
    session.startTransaction();
    await database.db.collection('listed').findOne({}, { session });
    const local = await database.db.aggregate([{ $listLocalSessions: {} }]).toArray();
    const own = session.id!.id.toString('hex');
    const isOwn = (lsid?: { id: InstanceType<typeof Binary> }) => lsid?.id.toString('hex') === own;
    expect(local.filter(({ _id }) => isOwn(_id))).toHaveLength(1);
    const operations = await database.client
      .db('admin')
      .aggregate([{ $currentOp: {} }])
      .toArray();
    expect(operations.filter(({ lsid }) => isOwn(lsid))).toMatchObject([{ type: 'idleSession' }]);
    await session.abortTransaction();
    await session.endSession();
  });

  it('are no stage for a collection or a later place', async () => {
    const wrong = database.db.collection('c').aggregate([{ $listLocalSessions: {} }]);
    await expect(wrong.toArray()).rejects.toMatchObject({ code: 73 });
    const late = database.db.aggregate([{ $listLocalSessions: {} }, { $currentOp: {} }]);
    await expect(late.toArray()).rejects.toMatchObject({ code: 40602 });
  });
});
