import { TestDatabase } from '../support';
import type { Fields } from './update-support';
import { updateOne } from './update-support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

const updated = (doc: Fields, update: object, filter?: Fields, options?: object) =>
  updateOne(database, doc, update, filter, options);

describe('positional paths', () => {
  it('stand for the document as it was before the update', async () => {
    const doc = { a: [{ k: 'x' }, { k: 'y' }] };
    const update = { $set: { 'a.$.k': 'z', 'a.$.t': 1 } };
    expect(await updated(doc, update, { 'a.k': 'y' })).toEqual({
      a: [{ k: 'x' }, { k: 'z', t: 1 }],
    });
    const filtered = { $set: { 'a.$[e].k': 'z', 'a.$[e].t': 1 } };
    const options = { arrayFilters: [{ 'e.k': 'y' }] };
    expect(await updated(doc, filtered, {}, options)).toEqual({
      a: [{ k: 'x' }, { k: 'z', t: 1 }],
    });
  });

  it('find the element that met every condition, else one that met one', async () => {
    const doc = { a: [{ k: 1 }, { k: 5, j: 1 }, { k: 5, j: 2 }] };
    const both = await updated(doc, { $set: { 'a.$.hit': true } }, { 'a.k': 5, 'a.j': 2 });
    expect(both.a).toEqual([{ k: 1 }, { k: 5, j: 1 }, { k: 5, j: 2, hit: true }]);
  });

  it('use the position found in another array', async () => {
    expect(await updated({ a: [1, 2], b: [1, 2] }, { $set: { 'b.$': 9 } }, { a: 2 })).toEqual({
      a: [1, 2],
      b: [1, 9],
    });
  });

  it('count what exists, not what is missing', async () => {
    const doc = { a: [{ k: 1 }, { j: 1 }] };
    const set = { $set: { 'a.$.hit': 1 } };
    expect((await updated(doc, set, { 'a.j': { $exists: true } })).a).toEqual([
      { k: 1 },
      { j: 1, hit: 1 },
    ]);
    await expect(updated(doc, set, { 'a.z': { $exists: false } })).rejects.toMatchObject({
      code: 2,
    });
  });

  it('reach into arrays within arrays', async () => {
    const doc = { a: [{ b: [{ c: 1 }, { c: 2 }] }, { b: [{ c: 2 }] }] };
    const options = { arrayFilters: [{ 'x.c': 2 }] };
    expect(await updated(doc, { $inc: { 'a.$[].b.$[x].c': 10 } }, {}, options)).toEqual({
      a: [{ b: [{ c: 1 }, { c: 12 }] }, { b: [{ c: 12 }] }],
    });
  });

  it.each<[string, Fields, object, Fields, object, number, string]>([
    [
      'absence meets no element',
      { a: [1, 2] },
      { $set: { 'a.$': 0 } },
      { a: { $ne: 5 } },
      {},
      2,
      'The positional operator did not find the match needed from the query.',
    ],
    [
      '$[] of a missing array',
      {},
      { $set: { 'a.$[]': 0 } },
      {},
      {},
      2,
      "The path 'a' must exist in the document in order to apply array updates.",
    ],
    [
      '$[] of a scalar',
      { a: 5 },
      { $set: { 'a.$[]': 0 } },
      {},
      {},
      2,
      'Cannot apply array updates to non-array element a: 5',
    ],
    [
      'two ways to one element',
      { a: [1] },
      { $set: { 'a.$[]': 0, 'a.$[x]': 1 } },
      {},
      { arrayFilters: [{ x: 1 }] },
      40,
      "Update created a conflict at 'a.0'",
    ],
    [
      'an identifier without filter',
      { a: [1] },
      { $set: { 'a.$[x]': 0 } },
      {},
      {},
      2,
      "No array filter found for identifier 'x' in path 'a.$[x]'",
    ],
    [
      'a filter without identifier',
      { a: [1] },
      { $set: { 'a.$[]': 0 } },
      {},
      { arrayFilters: [{ x: 1 }] },
      9,
      "The array filter for identifier 'x' was not used in the update",
    ],
    [
      'an upsert',
      {},
      { $set: { 'a.$': 0 } },
      { _id: 7 },
      { upsert: true },
      2,
      'The positional operator did not find the match needed from the query.',
    ],
  ])('are refused for %s', async (_, doc, update, filter, options, code, message) => {
    const error = await updated(doc, update, filter, options).catch((e: unknown) => e);
    expect(error).toMatchObject({ code, message });
  });
});
