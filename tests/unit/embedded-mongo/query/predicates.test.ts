import { Binary, ids, Long, ObjectId, TestDatabase } from '../support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

/** The numbers of the values that a condition on them is met by. */
async function meeting(values: unknown[], condition: unknown): Promise<unknown[]> {
  const docs = database.db.collection<any>(`p${new ObjectId().toHexString()}`);
  await docs.insertMany(values.map((v, _id) => (v === undefined ? { _id } : { _id, v })));
  return ids(await docs.find({ v: condition }).sort({ _id: 1 }).toArray());
}

const big = Long.fromString('9007199254740993');

describe('a condition', () => {
  it.each<[string, unknown[], unknown, number[]]>([
    ['$mod keeps the sign of the value', [-5, 5, -4, 4.9, 'x', NaN], { $mod: [4, -1] }, [0]],
    ['$mod drops fractions', [4.9, 5.1, -4.2], { $mod: [4, 0] }, [0, 2]],
    ['$mod is exact for longs', [big, Long.fromNumber(9007199254740992)], { $mod: [2, 1] }, [0]],
    [
      '$bitsAllSet is exact for longs',
      [big, Long.fromNumber(9007199254740992)],
      { $bitsAllSet: [0, 53] },
      [0],
    ],
    ['$bitsAnySet of negative numbers', [-1, 1], { $bitsAnySet: [70] }, [0]],
    [
      '$bitsAllClear of binary data',
      [new Binary(Buffer.from([4])), 'x'],
      { $bitsAllClear: [0, 1] },
      [0],
    ],
    [
      '$regex meets the same expression stored',
      [/ab/i, /ab/, 'AB'],
      { $regex: 'ab', $options: 'i' },
      [0, 2],
    ],
    ['$gte null meets what is missing', [null, undefined, 0], { $gte: null }, [0, 1]],
    [
      '$elemMatch of mixed elements',
      [[1, 'a', { k: 5 }], [{ k: 1 }]],
      { $elemMatch: { k: 5 } },
      [0],
    ],
    ['$not of several operators', [1, 5, 'x'], { $not: { $gt: 2, $lt: 9 } }, [0, 2]],
  ])('%s', async (_, values, condition, expected) => {
    expect(await meeting(values, condition)).toEqual(expected);
  });

  it('looks into references', async () => {
    const docs = database.db.collection<any>('references');
    const id = new ObjectId();
    await docs.insertOne({ _id: 1, members: [{ $ref: 'people', $id: id, name: 'x' }] });
    expect(await docs.countDocuments({ members: { $elemMatch: { $id: id } } })).toBe(1);
    expect(await docs.countDocuments({ 'members.$id': id })).toBe(1);
    expect(await docs.countDocuments({ members: { $elemMatch: { $id: new ObjectId() } } })).toBe(0);
  });

  it('$near takes a bare GeoJSON point', async () => {
    const docs = database.db.collection<any>('near');
    await docs.createIndex({ at: '2dsphere' });
    const point = { type: 'Point', coordinates: [104, 30] };
    await docs.insertOne({ _id: 1, at: point });
    expect(ids(await docs.find({ at: { $near: point, $maxDistance: 5 } }).toArray())).toEqual([1]);
  });

  it.each<[unknown, number, string]>([
    [{ $mod: [4] }, 2, 'malformed mod, not enough elements'],
    [{ $mod: [4, 1, 1] }, 2, 'malformed mod, too many elements'],
    [{ $mod: ['a', 1] }, 2, 'malformed mod, divisor not a number'],
    [{ $mod: [0.5, 0] }, 2, 'divisor cannot be 0'],
    [{ $not: {} }, 2, '$not cannot be empty'],
    [{ $type: [] }, 9, '$type must match at least one type'],
    [{ $type: 99 }, 2, 'Invalid numerical type code: 99'],
    [{ $type: 'foo' }, 2, 'Unknown type name alias: foo'],
    [{ $foo: 1 }, 2, 'unknown operator: $foo'],
    [{ $in: [{ $gt: 1 }] }, 2, 'cannot nest $ under $in'],
  ])('%j is refused', async (condition, code, message) => {
    const docs = database.db.collection('refused');
    await expect(docs.findOne({ v: condition })).rejects.toMatchObject({ code, message });
  });
});

describe('a sort', () => {
  it.each<[object, number]>([
    [{ a: 2 }, 15975],
    [{ a: 'x' }, 15974],
    [{ 'a..b': 1 }, 15998],
    [Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`f${i}`, 1])), 13103],
  ])('%j is refused', async (sort, code) => {
    const reply = database.db.command({ find: 'sorted', sort });
    await expect(reply).rejects.toMatchObject({ code });
  });
});

describe('a hidden index', () => {
  it('serves no query but stays unique', async () => {
    const { db } = database;
    const docs = db.collection<any>('hidden');
    await docs.createIndex({ a: 1 }, { unique: true });
    await docs.insertOne({ _id: 1, a: 1 });
    const plan = async () => JSON.stringify(await docs.find({ a: 1 }).explain());
    expect(await plan()).toContain('IXSCAN');
    const hide = { collMod: 'hidden', index: { name: 'a_1', hidden: true } };
    expect(await db.command(hide)).toMatchObject({ hidden_old: false, hidden_new: true });
    expect(await plan()).toContain('COLLSCAN');
    expect((await docs.indexes())[1]).toMatchObject({ name: 'a_1', hidden: true });
    await expect(docs.insertOne({ _id: 2, a: 1 })).rejects.toMatchObject({ code: 11000 });
    await expect(docs.findOne({ a: 1 }, { hint: 'a_1' })).rejects.toMatchObject({ code: 2 });
    await db.command({ collMod: 'hidden', index: { name: 'a_1', hidden: false } });
    expect(await plan()).toContain('IXSCAN');
    expect((await docs.indexes())[1]).not.toHaveProperty('hidden');
  });
});

describe('a field no command knows', () => {
  it.each<[string, object]>([
    ['find.foo', { find: 'x', foo: 1 }],
    ['count.foo', { count: 'x', foo: 1 }],
    ['distinct.foo', { distinct: 'x', key: 'a', foo: 1 }],
    ['insert.foo', { insert: 'x', documents: [{}], foo: 1 }],
    ['findAndModify.foo', { findAndModify: 'x', update: { $set: { a: 1 } }, foo: 1 }],
    ['delete.foo', { delete: 'x', deletes: [{ q: {}, limit: 0 }], foo: 1 }],
    ['update.foo', { update: 'x', updates: [{ q: {}, u: { a: 1 } }], foo: 1 }],
  ])('%s is refused', async (name, command) => {
    await expect(database.db.command(command)).rejects.toMatchObject({
      code: 40415,
      message: `BSON field '${name}' is an unknown field.`,
    });
  });

  it('is refused within a statement, too', async () => {
    const updates = [{ q: {}, u: { a: 1 }, upsrt: true }];
    const update = database.db.command({ update: 'x', updates });
    await expect(update).rejects.toMatchObject({ code: 40415 });
    const deletes = [{ q: {}, limit: 0, foo: 1 }];
    await expect(database.db.command({ delete: 'x', deletes })).rejects.toMatchObject({
      message: "BSON field 'delete.deletes.foo' is an unknown field.",
    });
  });
});
