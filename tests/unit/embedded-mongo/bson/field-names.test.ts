import { TestDatabase } from '../support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

/** Names that every JS object inherits. */
const NAMES = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];

/** A document with the field as its own, whatever the name. */
const withField = <T>(name: string, value: T): Record<string, T> =>
  Object.defineProperty({}, name, { value, enumerable: true, writable: true, configurable: true });

/** `JSON.parse` makes `__proto__` an own field, as the driver's decoder does. */
const own = (doc: object, name: string) => Object.getOwnPropertyDescriptor(doc, name)?.value;

describe.each(NAMES)('a field called %s', (name) => {
  const fresh = (n: string) =>
    database.db.collection<{ _id: number }>(`names-${NAMES.indexOf(name)}-${n}`);

  it('is missing until it is written', async () => {
    const docs = fresh('missing');
    await docs.insertOne({ _id: 1 });
    expect(await docs.countDocuments(withField(name, { $exists: true }))).toBe(0);
    expect(await docs.countDocuments(withField(name, null))).toBe(1);
    expect(await docs.distinct(name)).toEqual([]);
    const found = await docs.findOne({}, { projection: withField(name, 1) });
    expect(Object.keys(found!)).toEqual(['_id']);
  });

  it('is stored, found, sorted, indexed and projected like any other', async () => {
    const docs = fresh('stored');
    await docs.createIndex(withField<1>(name, 1));
    await docs.insertMany([2, 1, 3].map((n) => ({ _id: n, ...withField(name, n) })));
    const sorted = await docs.find({}).sort(withField<1>(name, 1)).toArray();
    expect(sorted.map((doc) => doc._id)).toEqual([1, 2, 3]);
    const two = await docs.findOne(withField(name, 2), { projection: withField(name, 1) });
    expect(own(two!, name)).toBe(2);
    expect(Object.keys(two!)).toEqual(['_id', name]);
  });

  it('is made and removed by updates', async () => {
    const docs = fresh('updated');
    await docs.insertOne({ _id: 1 });
    await docs.updateOne({}, { $inc: withField(name, 2) });
    await docs.updateOne({}, { $inc: withField(name, 3) });
    expect(own((await docs.findOne({}))!, name)).toBe(5);
    await docs.updateOne({}, { $unset: withField(name, '' as const) });
    expect(await docs.findOne({})).toEqual({ _id: 1 });
    await docs.updateOne({}, { $set: { [`${name}.inner`]: 1 } });
    expect(own((await docs.findOne({}))!, name)).toEqual({ inner: 1 });
  });
});

describe('a stored field called _bsontype', () => {
  it('leaves its document a document', async () => {
    const docs = database.db.collection<{ _id: number }>('tagged');
    await docs.insertOne({ _id: 1, v: { a: 1 } } as never);
    // By dotted path, as the driver refuses to encode such a value.
    const inner = { 'v._bsontype': 'ObjectId', 'v.id': 'not twelve bytes', 'v.low': 1 };
    await docs.updateOne({}, { $set: inner });
    await docs.createIndex({ v: 1 });
    expect(await docs.countDocuments({ 'v._bsontype': 'ObjectId' })).toBe(1);
    expect(await docs.countDocuments({ v: { $type: 'object' } })).toBe(1);
    expect(await docs.countDocuments({ v: { $type: 'objectId' } })).toBe(0);
    expect(await docs.countDocuments({ v: { $gt: 5 } })).toBe(0);
    await docs.updateOne({}, { $set: { 'v.a': 2 } });
    const found = await docs.findOne({ 'v.a': 2 }, { projection: { v: 1 } });
    expect((found as unknown as { v: object }).v).toEqual({
      a: 2,
      _bsontype: 'ObjectId',
      id: 'not twelve bytes',
      low: 1,
    });
  });
});
