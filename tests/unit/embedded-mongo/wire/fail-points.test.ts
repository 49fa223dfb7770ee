import { MongoClient, rawCommands, TestDatabase, itOwn } from '../support';

const database = new TestDatabase({ testCommands: true });
beforeAll(() => database.start());
afterAll(() => database.stop());
afterEach(() => configure({ mode: 'off' }));

const configure = (rest: object, name = 'failCommand') =>
  database.client.db('admin').command({ configureFailPoint: name, ...rest });
const ping = () => database.db.command({ ping: 1 });

/** A client that neither retries nor hides what the server answers. */
async function plain<T>(work: (client: InstanceType<typeof MongoClient>) => Promise<T>) {
  const client = new MongoClient(database.uri, { retryWrites: false, retryReads: false });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

describe('fail points', () => {
  itOwn('are there only in servers started with test commands', () =>
    TestDatabase.use(async (own) => {
      const command = { configureFailPoint: 'failCommand', mode: 'off' };
      await expect(own.client.db('admin').command(command)).rejects.toMatchObject({ code: 59 });
      const parameters = await own.client.db('admin').command({ getParameter: '*' });
      expect(parameters).toMatchObject({ enableTestCommands: false });
    }),
  );

  it('fail the named commands as often as ordered, then no more', async () => {
    const data = { failCommands: ['ping'], errorCode: 11601 };
    await configure({ mode: { times: 2 }, data });
    await expect(ping()).rejects.toMatchObject({ code: 11601, codeName: 'Interrupted' });
    expect(await database.db.command({ buildInfo: 1 })).toMatchObject({ ok: 1 });
    await expect(ping()).rejects.toMatchObject({ code: 11601 });
    expect(await ping()).toMatchObject({ ok: 1 });
  });

  it('let through what they shall skip, then fail until they are off', async () => {
    await configure({ mode: { skip: 1 }, data: { failCommands: ['ping'], errorCode: 1 } });
    await ping();
    await expect(ping()).rejects.toMatchObject({ code: 1 });
    await expect(ping()).rejects.toMatchObject({ code: 1 });
    expect(await configure({ mode: 'off' })).toMatchObject({ ok: 1 });
    await ping();
  });

  it('close the connection without an answer', async () => {
    const data = { failCommands: ['insert'], closeConnection: true };
    await configure({ mode: { times: 1 }, data });
    await plain(async (client) => {
      const insert = client.db('town').collection('closed').insertOne({});
      await expect(insert).rejects.toMatchObject({ name: 'MongoNetworkError' });
    });
    expect(await database.db.collection('closed').countDocuments()).toBe(0);
  });

  it('hold commands up', async () => {
    const data = { failCommands: ['ping'], blockConnection: true, blockTimeMS: 60 };
    await configure({ mode: { times: 1 }, data });
    const started = performance.now();
    await ping();
    expect(performance.now() - started).toBeGreaterThan(50);
  });

  it('concern one application only when they name it', async () => {
    const data = { failCommands: ['ping'], errorCode: 1, appName: 'clerk' };
    await configure({ mode: 'alwaysOn', data });
    await ping();
    for (const [name, ok] of [
      ['clerk', 0],
      ['baker', 1],
    ] as const) {
      const hello = { hello: 1, client: { application: { name } }, $db: 'admin' };
      const replies = await rawCommands(database.uri, [hello, { ping: 1, $db: 'admin' }]);
      expect(replies).toMatchObject([{ ok: 1 }, { ok }]);
    }
  });

  it('add a write concern error to a write that is carried out', async () => {
    const writeConcernError = { code: 64, errmsg: 'waiting for replication timed out' };
    await configure({ mode: { times: 1 }, data: { failCommands: ['insert'], writeConcernError } });
    const collection = database.db.collection<{ _id: number }>('concern');
    await expect(collection.insertOne({ _id: 1 })).rejects.toMatchObject({ code: 64 });
    expect(await collection.countDocuments()).toBe(1);
  });

  it('refuse what they do not know', async () => {
    await expect(configure({ mode: 'off' }, 'nonsense')).rejects.toMatchObject({
      codeName: 'FailPointSetFailed',
    });
    await expect(configure({ mode: 'sometimes' })).rejects.toMatchObject({ code: 2 });
    await expect(configure({ mode: { times: -1 } })).rejects.toMatchObject({ code: 2 });
  });
});

describe('error labels', () => {
  const failWith = (errorCode: number, command: string, errorLabels?: string[]) =>
    configure({ mode: { times: 1 }, data: { failCommands: [command], errorCode, errorLabels } });

  it('tell that a numbered write may be tried again', async () => {
    await failWith(91, 'insert');
    const collection = database.db.collection<{ _id: number }>('labels');
    // The driver does try again, because of the label.
    expect(await collection.insertOne({ _id: 1 })).toMatchObject({ insertedId: 1 });
    await failWith(91, 'insert');
    const unnumbered = { insert: 'labels', documents: [{}], $db: 'town' };
    const [reply] = await rawCommands(database.uri, [unnumbered]);
    expect(reply).toMatchObject({ ok: 0, code: 91 });
    expect(reply).not.toHaveProperty('errorLabels');
  });

  it('tell that a transaction may be tried again, but not after its end', async () => {
    const collection = database.db.collection('labels');
    const session = database.client.startSession();
    session.startTransaction();
    await failWith(24, 'find');
    await expect(collection.findOne({}, { session })).rejects.toMatchObject({
      errorLabels: ['TransientTransactionError'],
    });
    await session.abortTransaction();
    await failWith(24, 'find');
    await expect(collection.findOne({})).rejects.toMatchObject({ errorLabels: [] });
    await session.endSession();
  });

  it('are those of the fail point when it names some', async () => {
    await failWith(2, 'ping', ['SystemOverloadedError']);
    await expect(ping()).rejects.toMatchObject({ errorLabels: ['SystemOverloadedError'] });
  });
});
