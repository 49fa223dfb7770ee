import { ids, TestDatabase } from '../support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

const docs = () => database.db.collection<any>('collation');
const DATA = [
  { _id: 1, name: 'apple', nr: 'a10', tags: ['Red'] },
  { _id: 2, name: 'Apple', nr: 'a9', tags: ['green'] },
  { _id: 3, name: 'äpple', nr: 'a1', tags: ['RED', 'blue'] },
  { _id: 4, name: 'Banana', nr: 'b', tags: [] },
];
const ignoreCase = { locale: 'en', strength: 2 } as const;
const base = { locale: 'en', strength: 1 } as const;

beforeEach(async () => {
  await docs()
    .drop()
    .catch(() => undefined);
  await docs().createIndex({ name: 1 });
  await docs().createIndex({ tags: 1, name: 1 });
  await docs().insertMany(DATA);
});

const found = async (filter: object, collation?: object) =>
  ids(
    await docs()
      .find(filter, collation ? { collation: collation as never } : {})
      .sort({ _id: 1 })
      .toArray(),
  );

describe('a collation', () => {
  it.each<[string, object, object, number[]]>([
    ['equality without case', { name: 'APPLE' }, ignoreCase, [1, 2]],
    ['equality without accents', { name: 'APPLE' }, base, [1, 2, 3]],
    [
      'accents but no case at strength 1 with caseLevel',
      { name: 'apple' },
      { ...base, caseLevel: true },
      [1, 3],
    ],
    ['strength 3 by default', { name: 'apple' }, { locale: 'en' }, [1]],
    ['$in', { name: { $in: ['APPLE', 'BANANA'] } }, ignoreCase, [1, 2, 4]],
    ['$nin', { name: { $nin: ['APPLE', 'BANANA'] } }, ignoreCase, [3]],
    ['$ne', { name: { $ne: 'APPLE' } }, ignoreCase, [3, 4]],
    ['ranges', { name: { $gte: 'b' } }, ignoreCase, [4]],
    ['array elements', { tags: 'red' }, ignoreCase, [1, 3]],
    ['$all', { tags: { $all: ['red', 'BLUE'] } }, ignoreCase, [3]],
    ['$elemMatch', { tags: { $elemMatch: { $eq: 'BLUE' } } }, ignoreCase, [3]],
    ['whole arrays', { tags: ['red', 'BLUE'] }, ignoreCase, [3]],
    ['not regular expressions', { name: /^APPLE/ }, ignoreCase, []],
    ['numbers as ever', { _id: 2 }, ignoreCase, [2]],
  ])('decides %s', async (_, filter, collation, expected) => {
    expect(await found(filter, collation)).toEqual(expected);
  });

  it('orders, by language and by numbers', async () => {
    const sorted = async (key: string, collation?: object) =>
      ids(
        await docs()
          .find({}, collation ? { collation: collation as never } : {})
          .sort({ [key]: 1 })
          .toArray(),
      );
    expect(await sorted('name')).toEqual([2, 4, 1, 3]);
    expect(await sorted('name', { locale: 'en' })).toEqual([1, 2, 3, 4]);
    expect(await sorted('name', { locale: 'en', caseFirst: 'upper' })).toEqual([2, 1, 3, 4]);
    expect(await sorted('name', { locale: 'sv' })).toEqual([1, 2, 4, 3]);
    expect(await sorted('nr', { locale: 'en', numericOrdering: true })).toEqual([3, 2, 1, 4]);
  });

  it('leaves indexes to conditions that are not on strings', async () => {
    const stages = async (filter: object) =>
      JSON.stringify(await docs().find(filter, { collation: ignoreCase }).explain());
    expect(await stages({ name: 'x' })).toContain('COLLSCAN');
    expect(await stages({ _id: 1, name: 'x' })).toContain('IXSCAN');
    expect(JSON.stringify(await docs().find({ name: 'x' }).explain())).toContain('IXSCAN');
  });

  it('does not take a partial index for complete', async () => {
    await docs().createIndex(
      { nr: 1 },
      { partialFilterExpression: { name: 'apple' }, name: 'partial' },
    );
    const filter = { nr: { $type: 'string' }, name: 'apple' };
    expect(await found(filter, ignoreCase)).toEqual([1, 2]);
  });

  it('holds for the other commands', async () => {
    const options = { collation: ignoreCase };
    expect(await docs().countDocuments({ name: 'APPLE' }, options)).toBe(2);
    expect(await docs().distinct('tags', {}, options)).toEqual(['blue', 'green', 'Red']);
    const piped = await docs()
      .aggregate([{ $match: { name: 'APPLE' } }, { $sort: { name: -1 } }], options)
      .toArray();
    expect(piped.map((doc) => doc._id as number).sort()).toEqual([1, 2]);
    await docs().updateMany({ name: 'APPLE' }, { $set: { hit: 1 } }, options);
    expect(await found({ hit: 1 })).toEqual([1, 2]);
    await docs().updateOne({ _id: 1 }, { $pull: { tags: 'RED' } as never }, options);
    await docs().updateOne({ _id: 2 }, { $addToSet: { tags: 'GREEN' } }, options);
    expect((await docs().findOne({ _id: 1 }))?.tags).toEqual([]);
    expect((await docs().findOne({ _id: 2 }))?.tags).toEqual(['green']);
    const changed = await docs().findOneAndUpdate(
      { name: 'BANANA' },
      { $set: { hit: 2 } },
      options,
    );
    expect(changed?._id).toBe(4);
    expect((await docs().deleteMany({ name: 'APPLE' }, options)).deletedCount).toBe(2);
  });

  it.each<[object, number]>([
    [{ strength: 1 }, 40414],
    [{ locale: 'xx' }, 2],
    [{ locale: 'en', strength: 9 }, 2],
    [{ locale: 'en', foo: 1 }, 40415],
    [{ locale: 'simple', strength: 1 }, 2],
    [{ locale: 'fr', backwards: true }, 2],
    [{ locale: 'en', strength: 4 }, 2],
    [{ locale: 'en', caseFirst: 'both' }, 2],
  ])('%j is refused', async (collation, code) => {
    await expect(found({}, collation)).rejects.toMatchObject({ code });
  });

  it('is refused where it cannot be kept', async () => {
    const { db } = database;
    await expect(db.createCollection('collated', { collation: base })).rejects.toMatchObject({
      code: 2,
    });
    await expect(docs().createIndex({ nr: 1 }, { collation: base })).rejects.toMatchObject({
      code: 67,
    });
    const grouped = docs().aggregate([{ $group: { _id: '$name' } }], { collation: base });
    await expect(grouped.toArray()).rejects.toMatchObject({ code: 2 });
    await expect(found({ $expr: { $eq: ['$name', 'x'] } }, base)).rejects.toMatchObject({
      code: 2,
    });
  });
});
