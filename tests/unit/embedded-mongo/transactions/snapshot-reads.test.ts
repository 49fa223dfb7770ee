import { Binary, ids, rawCommand, TestDatabase, Timestamp } from '../support';

let now = Date.now();
const database = new TestDatabase({ clock: () => now });
beforeAll(() => database.start());
afterAll(() => database.stop());

const lsid = { id: new Binary(Buffer.alloc(16, 1), 4) };
const read = (command: object, atClusterTime?: unknown) =>
  rawCommand(database.uri, {
    ...command,
    $db: 'town',
    lsid,
    readConcern: { level: 'snapshot', ...(atClusterTime ? { atClusterTime } : {}) },
  });

describe('snapshot reads outside transactions', () => {
  it('go on seeing the data of their first read, through every kind of read', async () => {
    const collection = database.db.collection<{ _id: number }>('seen');
    await collection.insertOne({ _id: 1 });
    const session = database.client.startSession({ snapshot: true });
    expect(ids(await collection.find({}, { session }).toArray())).toEqual([1]);
    await collection.insertOne({ _id: 2 });
    expect(ids(await collection.find({}, { session }).toArray())).toEqual([1]);
    expect(await collection.distinct('_id', {}, { session })).toEqual([1]);
    expect(await collection.countDocuments({}, { session })).toBe(1);
    expect(await collection.countDocuments()).toBe(2);
    await session.endSession();
  });

  it('tell the time they read at, where MongoDB does', async () => {
    const found = (await read({ find: 'seen' })) as { cursor: { atClusterTime: unknown } };
    expect(found.cursor.atClusterTime).toBeInstanceOf(Timestamp);
    const distinct = await read({ distinct: 'seen', key: '_id' }, found.cursor.atClusterTime);
    expect(distinct).toMatchObject({ ok: 1, atClusterTime: found.cursor.atClusterTime });
  });

  it('are refused for other commands, future times and times long gone', async () => {
    expect(await read({ insert: 'seen', documents: [{}] })).toMatchObject({ code: 72 });
    expect(await read({ listCollections: 1 })).toMatchObject({ code: 72 });
    const future = new Timestamp({ t: Math.floor(now / 1000) + 100, i: 1 });
    expect(await read({ find: 'seen' }, future)).toMatchObject({ code: 72 });
    const { cursor } = (await read({ find: 'seen' })) as { cursor: { atClusterTime: unknown } };
    now += 301_000;
    // A later read makes room for itself.
    await read({ find: 'seen' });
    expect(await read({ find: 'seen' }, cursor.atClusterTime)).toMatchObject({ code: 239 });
  });
});
