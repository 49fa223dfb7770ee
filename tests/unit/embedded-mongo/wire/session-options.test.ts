import { Binary, Double, Long, rawCommand, TestDatabase, Timestamp } from '../support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

let sessions = 0;
const newLsid = () => ({ id: new Binary(Buffer.alloc(16, ++sessions), 4) });
const send = (command: object) => rawCommand(database.uri, { ...command, $db: 'town' });
const numbered = (n: number) => ({ lsid: newLsid(), txnNumber: Long.fromNumber(n) });
const starting = () => ({ ...numbered(1), autocommit: false, startTransaction: true });

describe('session fields of a command', () => {
  it.each([
    ['a session id that is no UUID', { lsid: { id: 'me' } }, 14],
    ['a session id of another length', { lsid: { id: new Binary(Buffer.alloc(4), 4) } }, 14],
    ['an unknown field in it', { lsid: { ...newLsid(), colour: 1 } }, 40415],
    ['a number without a session', { txnNumber: Long.fromNumber(1) }, 72],
    ['a negative number', numbered(-1), 2],
    ['a number that is a double', { lsid: newLsid(), txnNumber: new Double(1.5) }, 14],
    ['autocommit: true', { ...numbered(1), autocommit: true }, 72],
    ['autocommit without a number', { lsid: newLsid(), autocommit: false }, 72],
    ['startTransaction alone', { ...numbered(1), startTransaction: true }, 72],
    ['startTransaction: false', { ...numbered(1), autocommit: false, startTransaction: false }, 72],
    ['a number on a read', numbered(1), 50768],
    ['a malformed cluster time', { $clusterTime: { clusterTime: {} } }, 14],
  ])('are refused: %s', async (_, fields, code) => {
    expect(await send({ find: 'c', ...fields })).toMatchObject({ ok: 0, code });
  });

  it.each([
    ['count', { count: 'c' }],
    ['drop', { drop: 'c' }],
    ['$out', { aggregate: 'c', pipeline: [{ $out: 'd' }], cursor: {} }],
  ])('make no transaction of %s', async (_, command) => {
    const fields = starting();
    expect(await send({ ...command, ...fields })).toMatchObject({ ok: 0, code: 263 });
    // It has not begun: the next statement finds nothing to continue.
    const next = { ...fields, startTransaction: undefined };
    expect(await send({ find: 'c', ...next })).toMatchObject({
      code: 251,
      errorLabels: ['TransientTransactionError'],
    });
  });

  it('keep transactions away from the internal databases', async () => {
    const command = { find: 'c', ...starting(), $db: 'config' };
    expect(await rawCommand(database.uri, command)).toMatchObject({ code: 263 });
  });
});

describe('transaction numbers', () => {
  const write = { insert: 'numbers', documents: [{}] };

  it('only go up, across transactions and retryable writes', async () => {
    const lsid = newLsid();
    const at = (n: number) => ({ lsid, txnNumber: Long.fromNumber(n) });
    const begin = { autocommit: false, startTransaction: true };
    expect(await send({ ...write, ...at(5) })).toMatchObject({ ok: 1 });
    expect(await send({ ...write, ...at(4), ...begin })).toMatchObject({ code: 225 });
    expect(await send({ ...write, ...at(5), ...begin })).toMatchObject({ code: 50911 });
    expect(await send({ ...write, ...at(6), ...begin })).toMatchObject({ ok: 1 });
    expect(await send({ ...write, ...at(6), ...begin })).toMatchObject({ code: 50911 });
    expect(await send({ ...write, ...at(5) })).toMatchObject({ code: 225 });
    expect(await send({ ...write, ...at(6) })).toMatchObject({ code: 217 });
    // A newer retryable write ends the transaction.
    expect(await send({ ...write, ...at(7) })).toMatchObject({ ok: 1 });
    expect(await send({ commitTransaction: 1, ...at(6), autocommit: false })).toMatchObject({
      code: 251,
    });
  });
});

describe('read and write concerns', () => {
  it.each([
    ['an unknown level', { readConcern: { level: 'hopeful' } }, 2],
    ['an unknown field', { readConcern: { depth: 1 } }, 40415],
    [
      'a time without snapshot',
      { readConcern: { atClusterTime: new Timestamp({ t: 1, i: 1 }) } },
      72,
    ],
    [
      'linearizable in a transaction',
      { ...starting(), readConcern: { level: 'linearizable' } },
      72,
    ],
    ['a write concern in a transaction', { ...starting(), writeConcern: { w: 1 } }, 72],
  ])('are refused: %s', async (_, fields, code) => {
    expect(await send({ find: 'c', ...fields })).toMatchObject({ ok: 0, code });
  });

  it('come with the first statement of a transaction only', async () => {
    const fields = starting();
    const readConcern = { level: 'snapshot' };
    expect(await send({ find: 'c', ...fields, readConcern })).toMatchObject({ ok: 1 });
    const next = { ...fields, startTransaction: undefined, readConcern };
    expect(await send({ find: 'c', ...next })).toMatchObject({ ok: 0, code: 72 });
  });

  it('are refused on writes beyond local, and linearizable with $out', async () => {
    const majority = { readConcern: { level: 'majority' } };
    expect(await send({ insert: 'c', documents: [{}], ...majority })).toMatchObject({ code: 72 });
    const linearizable = { readConcern: { level: 'linearizable' } };
    const out = { aggregate: 'c', pipeline: [{ $out: 'd' }], cursor: {} };
    expect(await send({ ...out, ...linearizable })).toMatchObject({ code: 72 });
  });

  it.each([
    [2, 100],
    ['nowhere', 79],
  ])('answer what one member cannot acknowledge (w: %p)', async (w, code) => {
    const reply = await send({ insert: 'w', documents: [{}], writeConcern: { w } });
    expect(reply).toMatchObject({ ok: 1, n: 1, writeConcernError: { code } });
  });
});

describe('cursor options', () => {
  it('refuse to await data where none will come', async () => {
    expect(await send({ find: 'c', awaitData: true })).toMatchObject({ ok: 0, code: 9 });
    await send({ insert: 'waits', documents: [{}, {}, {}] });
    const { cursor } = (await send({ find: 'waits', batchSize: 1 })) as { cursor: { id: unknown } };
    const more = { getMore: cursor.id, collection: 'waits', maxTimeMS: 10 };
    expect(await send(more)).toMatchObject({ ok: 0, code: 2 });
  });
});

describe('explain', () => {
  it('refuses unknown verbosities and, with aggregate, a write concern', async () => {
    const explain = { explain: { find: 'c' }, verbosity: 'chatty' };
    expect(await send(explain)).toMatchObject({ ok: 0, code: 2 });
    const pipeline = { aggregate: 'c', pipeline: [], writeConcern: { j: true } };
    expect(await send({ ...pipeline, explain: true })).toMatchObject({ ok: 0, code: 9 });
    expect(await send({ explain: pipeline })).toMatchObject({ ok: 0, code: 9 });
  });
});

describe('update statements', () => {
  it('know no sort, which came with MongoDB 8', async () => {
    const update = { q: {}, u: { $set: { a: 1 } }, sort: { a: 1 } };
    expect(await send({ update: 'c', updates: [update] })).toMatchObject({ ok: 0, code: 40415 });
  });
});
