import { Decimal128, Double, Long, ObjectId, TestDatabase } from '../support';

const NOW = Date.parse('2026-03-01T08:00:00Z');
const database = new TestDatabase({ clock: () => NOW });
beforeAll(() => database.start());
afterAll(() => database.stop());

interface Doc {
  _id: number;
  // The driver types `$inc` and `$push` by the field's type; here any field may be anything.

  [field: string]: any;
}
const fresh = () => database.db.collection<Doc>(`u${new ObjectId().toHexString()}`);

/** Applies an update to one document and gives the result without its _id. */
async function updated(doc: object, update: object, options: object = {}, filter: object = {}) {
  const collection = fresh();
  await collection.insertOne({ _id: 1, ...doc });
  await collection.updateOne({ _id: 1, ...filter }, update, options);
  const { _id, ...rest } = (await collection.findOne({ _id: 1 }, { promoteValues: true }))!;
  return rest;
}

describe('update operators', () => {
  it.each([
    ['$set makes documents on the way', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
    ['$set pads arrays', { a: [1] }, { $set: { 'a.3': 4 } }, { a: [1, null, null, 4] }],
    ['$unset', { a: 1, b: { c: 1, d: 2 } }, { $unset: { a: '', 'b.c': '' } }, { b: { d: 2 } }],
    ['$inc', { a: 1 }, { $inc: { a: 2, b: -1 } }, { a: 3, b: -1 }],
    ['$mul', { a: 3 }, { $mul: { a: 2, b: 5 } }, { a: 6, b: 0 }],
    [
      '$min and $max',
      { a: 5, b: 5 },
      { $min: { a: 3, c: 1 }, $max: { b: 3 } },
      { a: 3, b: 5, c: 1 },
    ],
    ['$rename', { a: 1 }, { $rename: { a: 'b.c' } }, { b: { c: 1 } }],
    ['$currentDate', {}, { $currentDate: { at: true } }, { at: new Date(NOW) }],
    ['$push', { a: [1] }, { $push: { a: 2, b: 1 } }, { a: [1, 2], b: [1] }],
    [
      '$push with modifiers',
      { a: [3, 1] },
      { $push: { a: { $each: [2, 5], $sort: -1, $slice: 3 } } },
      { a: [5, 3, 2] },
    ],
    [
      '$push at a position',
      { a: [1, 2] },
      { $push: { a: { $each: [9], $position: 1 } } },
      { a: [1, 9, 2] },
    ],
    [
      '$push sorting by two keys',
      { a: [{ x: 1, y: 2 }] },
      { $push: { a: { $each: [{ x: 1, y: 1 }], $sort: { x: 1, y: 1 } } } },
      {
        a: [
          { x: 1, y: 1 },
          { x: 1, y: 2 },
        ],
      },
    ],
    ['$addToSet', { a: [1] }, { $addToSet: { a: { $each: [1, 2] } } }, { a: [1, 2] }],
    ['$pull by condition', { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
    [
      '$pull by document',
      { a: [{ k: 1, z: 1 }, { k: 2 }] },
      { $pull: { a: { k: 1 } } },
      { a: [{ k: 2 }] },
    ],
    [
      '$pull with $or',
      { a: [{ k: 1 }, { k: 2 }, { k: 3 }] },
      { $pull: { a: { $or: [{ k: 1 }, { k: 3 }] } } },
      { a: [{ k: 2 }] },
    ],
    ['$pullAll', { a: [1, 2, 1] }, { $pullAll: { a: [1] } }, { a: [2] }],
    ['$pop', { a: [1, 2], b: [1, 2] }, { $pop: { a: 1, b: -1 } }, { a: [1], b: [2] }],
    ['$bit', { a: 5 }, { $bit: { a: { and: 6 } } }, { a: 4 }],
    ['$[]', { a: [1, 2] }, { $inc: { 'a.$[]': 10 } }, { a: [11, 12] }],
  ])('%s', async (_name, doc, update, expected) => {
    expect(await updated(doc, update)).toEqual(expected);
  });

  it('the positional operator changes the element the filter met', async () => {
    const doc = {
      items: [
        { k: 1, n: 0 },
        { k: 2, n: 0 },
      ],
    };
    const result = await updated(doc, { $set: { 'items.$.n': 7 } }, {}, { 'items.k': 2 });
    expect(result).toEqual({
      items: [
        { k: 1, n: 0 },
        { k: 2, n: 7 },
      ],
    });
  });

  it('arrayFilters choose elements, also with $or', async () => {
    const doc = { items: [{ k: 1 }, { k: 2 }, { k: 3 }] };
    const options = { arrayFilters: [{ $or: [{ 'x.k': 1 }, { 'x.k': { $gt: 2 } }] }] };
    const result = await updated(doc, { $set: { 'items.$[x].done': true } }, options);
    expect(result).toEqual({ items: [{ k: 1, done: true }, { k: 2 }, { k: 3, done: true }] });
  });

  it('pipelines compute from the document', async () => {
    const update = [{ $set: { total: { $add: ['$a', '$b'] } } }, { $unset: 'b' }];
    expect(await updated({ a: 1, b: 2 }, update)).toEqual({ a: 1, total: 3 });
  });

  it.each([
    ['paths in conflict', { $set: { a: 1, 'a.b': 2 } }, 40],
    ['a path through a scalar', { $set: { 'n.x': 1 } }, 28],
    ['_id', { $set: { _id: 2 } }, 66],
    ['$inc of a string', { $inc: { s: 1 } }, 14],
    ['$push onto a number', { $push: { n: 1 } }, 2],
    ['unknown operators', { $frobnicate: { a: 1 } }, 9],
    ['empty field names', { $set: { 'a..b': 1 } }, 56],
  ])('refuse %s', async (_name, update, code) => {
    await expect(updated({ n: 1, s: 'x' }, update)).rejects.toMatchObject({ code });
  });
});

describe('BSON types survive updates', () => {
  it('values keep the type they came with; arithmetic widens as MongoDB does', async () => {
    const collection = fresh();
    await collection.insertOne({
      _id: 1,
      double: new Double(5),
      long: Long.fromNumber(7),
      decimal: Decimal128.fromString('1.10'),
      int: 1,
      big: Long.fromString('9007199254740993'),
    });
    await collection.updateOne(
      { _id: 1 },
      {
        $inc: { long: 1, int: Long.ONE, decimal: Decimal128.fromString('0.05'), big: 1 },
        $set: { x: 1 },
      },
    );
    const raw = (await collection.findOne(
      { _id: 1 },
      { promoteValues: false, promoteLongs: false },
    ))!;
    expect(raw.double).toEqual(new Double(5));
    expect(raw.long).toEqual(Long.fromNumber(8));
    expect(raw.int).toEqual(Long.fromNumber(2));
    expect(String(raw.decimal)).toBe('1.15');
    expect(String(raw.big)).toBe('9007199254740994');
  });
});

describe('update commands', () => {
  it('count what matched and what really changed', async () => {
    const collection = fresh();
    await collection.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ]);
    const result = await collection.updateMany({}, { $set: { a: 2 } });
    expect(result).toMatchObject({ matchedCount: 2, modifiedCount: 1 });
  });

  it('upsert from the equality conditions of the filter and $setOnInsert', async () => {
    const collection = fresh();
    const filter = { _id: 5, 'a.b': 1, $and: [{ c: { $eq: 2 } }], d: { $gt: 1 } };
    const update = { $set: { e: 3 }, $setOnInsert: { f: 4 } };
    expect(await collection.updateOne(filter, update, { upsert: true })).toMatchObject({
      upsertedId: 5,
    });
    expect(await collection.findOne({})).toEqual({ _id: 5, a: { b: 1 }, c: 2, e: 3, f: 4 });
    await collection.updateOne({ _id: 5 }, { $setOnInsert: { f: 9 } }, { upsert: true });
    expect(await collection.findOne({})).toMatchObject({ f: 4 });
  });

  it('replaceOne keeps the _id and drops other fields', async () => {
    const collection = fresh();
    await collection.insertOne({ _id: 1, a: 1 });
    await collection.replaceOne({ a: 1 }, { b: 2 });
    expect(await collection.findOne({})).toEqual({ _id: 1, b: 2 });
  });

  it('findOneAndUpdate, findOneAndReplace and findOneAndDelete give the wanted version', async () => {
    const collection = fresh();
    await collection.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    const sort = { n: -1 } as const;
    expect(await collection.findOneAndUpdate({}, { $inc: { n: 5 } }, { sort })).toEqual({
      _id: 2,
      n: 2,
    });
    expect(
      await collection.findOneAndUpdate(
        {},
        { $inc: { n: 5 } },
        { sort, returnDocument: 'after', projection: { _id: 0 } },
      ),
    ).toEqual({ n: 12 });
    expect(
      await collection.findOneAndUpdate(
        { _id: 3 },
        { $set: { n: 3 } },
        { upsert: true, returnDocument: 'after' },
      ),
    ).toEqual({ _id: 3, n: 3 });
    expect(
      await collection.findOneAndReplace({ _id: 1 }, { m: 1 }, { returnDocument: 'after' }),
    ).toEqual({ _id: 1, m: 1 });
    expect(await collection.findOneAndDelete({ n: 12 })).toMatchObject({ _id: 2 });
    expect(await collection.findOneAndDelete({ n: 12 })).toBeNull();
  });

  it('bulkWrite mixes operations and reports errors by position', async () => {
    const collection = fresh();
    const result = await collection.bulkWrite([
      { insertOne: { document: { _id: 1, n: 1 } } },
      { updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } } } },
      { replaceOne: { filter: { _id: 2 }, replacement: { n: 9 }, upsert: true } },
      { deleteOne: { filter: { _id: 1 } } },
    ]);
    expect(result).toMatchObject({
      insertedCount: 1,
      modifiedCount: 1,
      upsertedCount: 1,
      deletedCount: 1,
    });
    const insert = collection.insertMany([{ _id: 3 }, { _id: 3 }, { _id: 4 }], { ordered: false });
    await expect(insert).rejects.toMatchObject({ code: 11000, result: { insertedCount: 2 } });
    expect(await collection.countDocuments()).toBe(3);
  });

  it('an update that fails half-way leaves nothing behind', async () => {
    const collection = fresh();
    await collection.createIndex({ n: 1 }, { unique: true });
    await collection.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    await expect(collection.updateMany({}, { $set: { n: 7 } })).rejects.toMatchObject({
      code: 11000,
    });
    expect(await collection.find().toArray()).toEqual([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    expect(await collection.countDocuments({ n: { $gte: 0 } })).toBe(2);
  });
});
