import { TestDatabase } from '../support';
import type { Fields } from './update-support';
import { fresh } from './update-support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

describe('an upsert takes over', () => {
  const upserted = async (filter: Fields, update: object = { $set: { set: 1 } }) => {
    const collection = fresh(database);
    await collection.updateOne(filter, update, { upsert: true });
    const { _id, ...rest } = (await collection.findOne({})) as Fields;
    void _id;
    return rest;
  };

  it.each<[string, Fields, Fields]>([
    ['dotted equality', { 'a.b': 1, 'a.c': 2 }, { a: { b: 1, c: 2 } }],
    ['$eq beside other conditions', { a: { $gt: 0, $eq: 5 } }, { a: 5 }],
    ['$in and $all of one value', { a: { $in: [5] }, b: { $all: [6] } }, { a: 5, b: 6 }],
    ['nothing from $in of two', { a: { $in: [5, 6] } }, {}],
    ['$and and a single $or', { $and: [{ a: 1 }, { $or: [{ b: 2 }] }] }, { a: 1, b: 2 }],
    ['nothing from a real $or', { $or: [{ a: 1 }, { b: 2 }] }, {}],
    ['nothing from ranges and regular expressions', { a: { $gt: 1 }, b: /x/ }, {}],
  ])('%s', async (_, filter, expected) => {
    expect(await upserted(filter)).toEqual({ ...expected, set: 1 });
  });

  it('nothing but the _id for a replacement', async () => {
    const collection = fresh(database);
    await collection.replaceOne({ _id: 5, a: 1, b: 2 }, { c: 3 }, { upsert: true });
    expect(await collection.findOne({})).toEqual({ _id: 5, c: 3 });
  });

  it('and may make a field with a dollar', async () => {
    expect(await upserted({ _id: 1 }, { $set: { $a: 1 } })).toEqual({ $a: 1 });
  });

  it('no path that is matched twice', async () => {
    await expect(upserted({ $and: [{ a: 1 }, { a: 1 }] })).rejects.toMatchObject({
      code: 54,
      message: "cannot infer query fields to set, path 'a' is matched twice",
    });
    await expect(upserted({ a: 1, 'a.b': 1 })).rejects.toMatchObject({ code: 54 });
  });
});
