import { rawCommand, TestDatabase, itOwn } from '../support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

interface Doc {
  _id: number;
  [field: string]: unknown;
}
let made = 0;
const fresh = (options = {}) => database.db.createCollection<Doc>(`o${++made}`, options);
const quick = { maxAwaitTimeMS: 20 };
type Stream = { next(): Promise<unknown>; tryNext(): Promise<unknown>; close(): Promise<void> };

async function opened<T extends Stream>(stream: T): Promise<T> {
  await stream.tryNext();
  return stream;
}

async function take(stream: Stream, count: number) {
  const events: Record<string, unknown>[] = [];
  while (events.length < count) events.push((await stream.next()) as Record<string, unknown>);
  await stream.close();
  return events;
}

const images = { changeStreamPreAndPostImages: { enabled: true } };

describe('change streams', () => {
  it('show the documents before and after a change, where they are kept', async () => {
    const collection = await fresh(images);
    await collection.insertOne({ _id: 1, a: 1 });
    const options = { fullDocument: 'required', fullDocumentBeforeChange: 'required', ...quick };
    const stream = await opened(collection.watch([], options));
    await collection.updateOne({ _id: 1 }, { $set: { a: 2 } });
    await collection.replaceOne({ _id: 1 }, { a: 3 });
    await collection.deleteOne({ _id: 1 });
    expect(await take(stream, 3)).toMatchObject([
      { fullDocument: { _id: 1, a: 2 }, fullDocumentBeforeChange: { _id: 1, a: 1 } },
      { fullDocument: { _id: 1, a: 3 }, fullDocumentBeforeChange: { _id: 1, a: 2 } },
      { operationType: 'delete', fullDocumentBeforeChange: { _id: 1, a: 3 } },
    ]);
  });

  it('say that there is no image, or fail when one is required', async () => {
    const collection = await fresh();
    await collection.insertOne({ _id: 1 });
    const modes = (mode: string) => ({ fullDocument: mode, fullDocumentBeforeChange: mode });
    const lenient = await opened(collection.watch([], { ...modes('whenAvailable'), ...quick }));
    const strict = await opened(collection.watch([], { ...modes('required'), ...quick }));
    await collection.updateOne({ _id: 1 }, { $set: { a: 2 } });
    expect(await take(lenient, 1)).toMatchObject([
      { fullDocument: null, fullDocumentBeforeChange: null },
    ]);
    await expect(strict.next()).rejects.toMatchObject({ code: 47 });
  });

  it('begin and stop to keep images with collMod', async () => {
    const collection = await fresh();
    await collection.insertOne({ _id: 1 });
    const stream = await opened(
      collection.watch([], { fullDocumentBeforeChange: 'whenAvailable', ...quick }),
    );
    for (const enabled of [true, false]) {
      const changeStreamPreAndPostImages = { enabled };
      await database.db.command({
        collMod: collection.collectionName,
        changeStreamPreAndPostImages,
      });
      await collection.updateOne({ _id: 1 }, { $set: { enabled } });
    }
    const events = await take(stream, 2);
    expect(events.map((e) => e.fullDocumentBeforeChange)).toEqual([{ _id: 1 }, null]);
  });

  it('tell of collections and indexes when asked to show everything', async () => {
    const stream = await opened(database.db.watch([], { showExpandedEvents: true, ...quick }));
    const plain = await opened(database.db.watch([], quick));
    const collection = await fresh();
    await collection.createIndex({ x: 1 });
    await collection.insertOne({ _id: 1 });
    await database.db.command({ collMod: collection.collectionName });
    await collection.dropIndex('x_1');
    await collection.rename(`${collection.collectionName}b`);
    const events = await take(stream, 6);
    expect(events.map((e) => e.operationType)).toEqual([
      'create',
      'createIndexes',
      'insert',
      'modify',
      'dropIndexes',
      'rename',
    ]);
    for (const event of events) expect(event.collectionUUID).toEqual(events[0]!.collectionUUID);
    expect(events[1]).toMatchObject({
      operationDescription: { indexes: [{ key: { x: 1 }, name: 'x_1' }] },
    });
    const shown = await take(plain, 2);
    expect(shown.map((e) => e.operationType)).toEqual(['insert', 'rename']);
    expect(shown[0]).not.toHaveProperty('collectionUUID');
  });

  it('tell of a changed index as of a changed collection', async () => {
    const collection = await fresh();
    await collection.createIndex({ at: 1 }, { expireAfterSeconds: 10 });
    const stream = await opened(collection.watch([], { showExpandedEvents: true, ...quick }));
    const index = { name: 'at_1', expireAfterSeconds: 20 };
    await database.db.command({ collMod: collection.collectionName, index });
    expect(await take(stream, 1)).toMatchObject([
      { operationType: 'modify', operationDescription: { index } },
    ]);
  });

  it('tell shortened arrays and paths that could mean two things', async () => {
    const collection = await fresh();
    await collection.insertOne({ _id: 1, list: [1, 2, 3], a: { '1': 1 }, b: [{ '1': 1 }] });
    const stream = await opened(collection.watch([], { showExpandedEvents: true, ...quick }));
    await collection.updateOne({ _id: 1 }, [{ $set: { list: [1, 2] } }]);
    await collection.updateOne({ _id: 1 }, { $set: { 'a.1': 2, 'b.0.1': 2, 'list.0': 9 } });
    const [shortened, ambiguous] = await take(stream, 2);
    expect(shortened!.updateDescription).toMatchObject({
      updatedFields: {},
      truncatedArrays: [{ field: 'list', newSize: 2 }],
    });
    expect(ambiguous!.updateDescription).toHaveProperty('disambiguatedPaths', {
      'a.1': ['a', '1'],
      'b.0.1': ['b', 0, '1'],
    });
  });

  it('end with an invalidation, after which only startAfter goes on', async () => {
    const collection = await fresh();
    const stream = await opened(collection.watch([], quick));
    await collection.insertOne({ _id: 1 });
    await collection.drop();
    const [, drop, invalidate] = await take(stream, 3);
    expect(invalidate).toMatchObject({ operationType: 'invalidate' });
    // Resuming before the invalidation tells it again.
    const again = collection.watch([], { resumeAfter: drop!._id, ...quick });
    expect(await take(again, 1)).toMatchObject([{ operationType: 'invalidate' }]);
    const refused = collection.watch([], { resumeAfter: invalidate!._id, ...quick });
    await expect(refused.next()).rejects.toMatchObject({ code: 260 });
    const on = await opened(collection.watch([], { startAfter: invalidate!._id, ...quick }));
    await collection.insertOne({ _id: 2 });
    expect(await take(on, 1)).toMatchObject([{ operationType: 'insert', documentKey: { _id: 2 } }]);
  });

  it('can be resumed from the last event, and from where nothing followed it', async () => {
    const [collection, other] = [await fresh(), await fresh()];
    const stream = await opened(collection.watch([], quick));
    await collection.insertOne({ _id: 1 });
    const event = (await stream.next()) as { _id: unknown };
    expect(stream.resumeToken).toEqual(event._id);
    await other.insertOne({ _id: 1 });
    await stream.tryNext();
    expect(stream.resumeToken).not.toEqual(event._id);
    const resumeAfter = stream.resumeToken;
    await stream.close();
    await collection.insertOne({ _id: 2 });
    const on = collection.watch([], { resumeAfter, ...quick });
    expect(await take(on, 1)).toMatchObject([{ documentKey: { _id: 2 } }]);
  });

  it('begin anew on a collection that has just been dropped', async () => {
    const collection = await fresh();
    await collection.drop();
    const stream = await opened(collection.watch([], quick));
    const { resumeToken } = stream;
    await stream.close();
    await collection.insertOne({ _id: 1 });
    const on = collection.watch([], { resumeAfter: resumeToken, ...quick });
    expect(await take(on, 1)).toMatchObject([{ operationType: 'insert' }]);
  });

  it('fail when a stage takes the resume token away', async () => {
    const collection = await fresh();
    const stream = await opened(collection.watch([{ $project: { _id: 0 } }], quick));
    await collection.insertOne({ _id: 1 });
    await expect(stream.next()).rejects.toMatchObject({
      code: 280,
      errorLabels: ['NonResumableChangeStreamError'],
    });
  });

  itOwn('tell a stream that lags behind the log that it has lost its place', () =>
    TestDatabase.use(
      async (own) => {
        await own.db.createCollection('messages');
        const open = await rawCommand(own.uri, {
          aggregate: 'messages',
          pipeline: [{ $changeStream: {} }],
          cursor: {},
          $db: 'town',
        });
        const { id } = open.cursor as { id: number };
        for (let batch = 0; batch < 6; batch++)
          await own.db.collection<Doc>('messages').insertMany(
            Array.from({ length: 1000 }, (_, i) => ({
              _id: batch * 1000 + i,
              pad: 'x'.repeat(50),
            })),
          );
        const more = { getMore: id, collection: 'messages', $db: 'town' };
        expect(await rawCommand(own.uri, more)).toMatchObject({
          code: 286,
          errorLabels: ['NonResumableChangeStreamError'],
        });
      },
      { oplogBytes: 100_000 },
    ),
  );

  it.each([
    ['an unknown field', { colour: 'red' }, 40415],
    ['an unknown mode', { fullDocument: 'sometimes' }, 2],
    ['two places to start', { resumeAfter: {}, startAfter: {} }, 40674],
    ['all changes outside admin', { allChangesForCluster: true }, 72],
  ])('refuse %s', async (_, $changeStream, code) => {
    const command = { aggregate: 'c', pipeline: [{ $changeStream }], cursor: {}, $db: 'town' };
    expect(await rawCommand(database.uri, command)).toMatchObject({ ok: 0, code });
  });

  it.each([
    ['$group', { $group: { _id: null } }, 20],
    ['an unknown stage', { $unsupported: 1 }, 40324],
    ['a second $changeStream', { $changeStream: {} }, 40602],
  ])('refuse %s in their pipeline', async (_, stage, code) => {
    const stream = database.db.collection('c').watch([stage]);
    await expect(stream.next()).rejects.toMatchObject({ code });
  });

  it('refuse to watch the internal databases alone', async () => {
    for (const name of ['admin', 'local', 'config'])
      await expect(database.client.db(name).watch().next()).rejects.toMatchObject({ code: 73 });
  });
});
