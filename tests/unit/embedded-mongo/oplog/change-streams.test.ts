import { ObjectId, TestDatabase, itOwn } from '../support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

interface Doc {
  _id: number;
  [field: string]: unknown;
}
const fresh = () => database.db.collection<Doc>(`s${new ObjectId().toHexString()}`);

/** The next events of a stream, reduced to what the tests look at. */
async function take(stream: { next(): Promise<unknown> }, count: number) {
  const events: Record<string, unknown>[] = [];
  while (events.length < count) events.push((await stream.next()) as Record<string, unknown>);
  return events;
}

/** Opens the cursor on the server before anything is written. */
async function opened<T extends { tryNext(): Promise<unknown> }>(stream: T): Promise<T> {
  await stream.tryNext();
  return stream;
}

describe('change streams', () => {
  it('tell every kind of change', async () => {
    const collection = fresh();
    const stream = await opened(
      collection.watch([], { fullDocument: 'updateLookup', maxAwaitTimeMS: 20 }),
    );
    await collection.insertOne({ _id: 1, a: 1, b: 1 });
    await collection.updateOne({ _id: 1 }, { $set: { a: 2, 'c.d': 3 }, $unset: { b: '' } });
    await collection.replaceOne({ _id: 1 }, { z: 1 });
    await collection.deleteOne({ _id: 1 });
    await collection.drop();
    const [insert, update, replace, remove, drop, invalidate] = await take(stream, 6);
    expect(insert).toMatchObject({
      operationType: 'insert',
      documentKey: { _id: 1 },
      fullDocument: { _id: 1, a: 1, b: 1 },
      ns: { db: database.db.databaseName, coll: collection.collectionName },
    });
    expect(update).toMatchObject({
      operationType: 'update',
      updateDescription: { updatedFields: { a: 2, c: { d: 3 } }, removedFields: ['b'] },
    });
    expect(replace).toMatchObject({ operationType: 'replace', fullDocument: { _id: 1, z: 1 } });
    expect(remove).toMatchObject({ operationType: 'delete', documentKey: { _id: 1 } });
    expect(drop).toMatchObject({ operationType: 'drop' });
    expect(invalidate).toMatchObject({ operationType: 'invalidate' });
    await stream.close();
  });

  it('watch a whole database and filter by $match', async () => {
    const [one, two] = [fresh(), fresh()];
    const pipeline = [{ $match: { 'fullDocument.urgent': true } }];
    const stream = await opened(database.db.watch(pipeline, { maxAwaitTimeMS: 20 }));
    await one.insertOne({ _id: 1, urgent: false });
    await one.insertOne({ _id: 2, urgent: true });
    await two.insertOne({ _id: 3, urgent: true });
    expect((await take(stream, 2)).map((e) => e.documentKey)).toEqual([{ _id: 2 }, { _id: 3 }]);
    await stream.close();
  });

  it('deliver within milliseconds of the commit', async () => {
    const collection = fresh();
    const stream = await opened(collection.watch([], { maxAwaitTimeMS: 20 }));
    const slow = collection.watch([], { maxAwaitTimeMS: 10_000 });
    const event = slow.next();
    await stream.tryNext();
    await collection.insertOne({ _id: 1 });
    const started = performance.now();
    await stream.next();
    expect(performance.now() - started).toBeLessThan(500);
    await Promise.all([stream.close(), slow.close()]);
    await event.catch(() => undefined);
  });

  it('show a transaction only when it is committed', async () => {
    const collection = await database.db.createCollection<Doc>(`s${new ObjectId().toHexString()}`);
    const stream = await opened(collection.watch([], { maxAwaitTimeMS: 20 }));
    await database.client.withSession((session) =>
      session.withTransaction(async () => {
        await collection.insertOne({ _id: 1 }, { session });
        await collection.insertOne({ _id: 2 }, { session });
        expect(await stream.tryNext()).toBeNull();
      }),
    );
    expect((await take(stream, 2)).map((e) => e.documentKey)).toEqual([{ _id: 1 }, { _id: 2 }]);
    await stream.close();
  });

  itOwn('resume after a token, also across a restart, without loss or repetition', () =>
    TestDatabase.use(async (own) => {
      const collection = () => own.db.collection<Doc>('messages');
      const stream = await opened(collection().watch([], { maxAwaitTimeMS: 20 }));
      await collection().insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
      const [first] = await take(stream, 1);
      await stream.close();
      await own.restart();
      await collection().insertOne({ _id: 4 });
      for (const option of ['resumeAfter', 'startAfter']) {
        const resumed = collection().watch([], { [option]: first!._id, maxAwaitTimeMS: 20 });
        expect((await take(resumed, 3)).map((e) => e.documentKey)).toEqual([
          { _id: 2 },
          { _id: 3 },
          { _id: 4 },
        ]);
        await resumed.close();
      }
    }),
  );

  itOwn('refuse tokens that are malformed or no longer in the log', () =>
    TestDatabase.use(
      async (own) => {
        const collection = own.db.collection<Doc>('messages');
        const stream = await opened(collection.watch([], { maxAwaitTimeMS: 20 }));
        await collection.insertOne({ _id: -1 });
        const [first] = await take(stream, 1);
        await stream.close();
        for (let batch = 0; batch < 6; batch++)
          await collection.insertMany(
            Array.from({ length: 1000 }, (_, i) => ({
              _id: batch * 1000 + i,
              pad: 'x'.repeat(50),
            })),
          );
        const late = collection.watch([], { resumeAfter: first!._id });
        await expect(late.next()).rejects.toMatchObject({ code: 286 });
        const wrong = collection.watch([], { resumeAfter: { _data: 'nonsense' } });
        await expect(wrong.next()).rejects.toMatchObject({ code: 260 });
      },
      { oplogBytes: 100_000 },
    ),
  );
});

describe('the log of changes', () => {
  itOwn('is kept below its limit although each life of the process is short', () =>
    TestDatabase.use(
      async (own) => {
        const docs = () => Array.from({ length: 200 }, () => ({ text: 'x'.repeat(1000) }));
        const lost = async (token: unknown) => {
          const stream = own.db.watch([], { resumeAfter: token });
          try {
            await stream.tryNext();
            return false;
          } catch (error) {
            expect(error).toMatchObject({ code: 286 });
            return true;
          } finally {
            await stream.close();
          }
        };
        const stream = own.db.watch();
        await stream.tryNext();
        const token = stream.resumeToken;
        await stream.close();
        let gone = false;
        for (let life = 0; life < 12 && !gone; life++) {
          await own.db.collection('t').insertMany(docs());
          await own.restart();
          await own.db.collection('t').insertOne({});
          gone = await lost(token);
        }
        expect(gone).toBe(true);
      },
      { oplogBytes: 300_000 },
    ),
  );
});
