import { Decimal128, Double, Long, TestDatabase } from '../support';
import type { Fields } from './update-support';
import { fresh, updateOne } from './update-support';

const NOW = Date.parse('2026-03-01T08:00:00Z');
const database = new TestDatabase({ clock: () => NOW });
beforeAll(() => database.start());
afterAll(() => database.stop());

const updated = (doc: Fields, update: object, filter?: Fields, options?: object) =>
  updateOne(database, doc, update, filter, options);
type Case = [string, Fields, object, Fields];
const L = (n: number) => Long.fromNumber(n);

describe('what update operators make', () => {
  it.each<Case>([
    [
      '$inc adds decimals exactly',
      { a: Decimal128.fromString('0.1') },
      { $inc: { a: 2 } },
      { a: '2.1 Decimal128' },
    ],
    [
      '$inc of an int past 32 bits gives a long',
      { a: 2147483647 },
      { $inc: { a: 1 } },
      { a: '2147483648 Long' },
    ],
    [
      '$inc of an int by a double gives a double',
      { a: 1 },
      { $inc: { a: new Double(2) } },
      { a: '3 double' },
    ],
    [
      '$mul of nothing is the zero of its type',
      {},
      { $mul: { a: 5, b: L(5), c: 1.5 } },
      { a: 0, b: '0 Long', c: '0 double' },
    ],
    [
      '$min and $max compare across types',
      { a: 'x', b: 'x' },
      { $min: { a: 5 }, $max: { b: 5 } },
      { a: 5, b: 'x' },
    ],
    ['$max leaves an equal number its type', { a: 5 }, { $max: { a: L(5) } }, { a: 5 }],
    ['$set changes the type alone', { a: 5 }, { $set: { a: L(5) } }, { a: '5 Long' }],
    ['$bit starts from zero', {}, { $bit: { a: { or: 5 } } }, { a: 5 }],
    ['$bit with a long makes a long', { a: 1 }, { $bit: { a: { or: L(4) } } }, { a: '5 Long' }],
    ['$bit takes several steps in turn', { a: 6 }, { $bit: { a: { and: 5, xor: 1 } } }, { a: 5 }],
    ['$rename of a missing field does nothing', { a: 1 }, { $rename: { b: 'c' } }, { a: 1 }],
    ['$rename replaces its target', { a: 1, b: 2 }, { $rename: { a: 'b' } }, { b: 1 }],
    [
      '$push $slice keeps the last',
      { a: [1, 2] },
      { $push: { a: { $each: [3], $slice: -2 } } },
      { a: [2, 3] },
    ],
    ['$push $slice 0 empties', { a: [1] }, { $push: { a: { $each: [], $slice: 0 } } }, { a: [] }],
    [
      '$push $position counts from the end',
      { a: [1, 2, 3] },
      { $push: { a: { $each: [9], $position: -1 } } },
      { a: [1, 2, 9, 3] },
    ],
    [
      '$push $position far before the start',
      { a: [1] },
      { $push: { a: { $each: [9], $position: -5 } } },
      { a: [9, 1] },
    ],
    [
      '$push $sort of scalars across types',
      { a: ['b', 3] },
      { $push: { a: { $each: [1], $sort: 1 } } },
      { a: [1, 3, 'b'] },
    ],
    [
      '$push $sort of documents and others',
      { a: [{ k: 2 }, 7] },
      { $push: { a: { $each: [{ k: 1 }], $sort: { k: 1 } } } },
      { a: [7, { k: 1 }, { k: 2 }] },
    ],
    [
      '$push adds an array as one element',
      { a: [1] },
      { $push: { a: [2, 3] } },
      { a: [1, [2, 3]] },
    ],
    ['$push of nothing makes the array', {}, { $push: { a: { $each: [] } } }, { a: [] }],
    [
      '$addToSet minds the order of fields',
      { a: [{ x: 1, y: 2 }] },
      {
        $addToSet: {
          a: {
            $each: [
              { y: 2, x: 1 },
              { x: 1, y: 2 },
            ],
          },
        },
      },
      {
        a: [
          { x: 1, y: 2 },
          { y: 2, x: 1 },
        ],
      },
    ],
    ['$addToSet takes equal numbers for one', { a: [1] }, { $addToSet: { a: L(1) } }, { a: [1] }],
    [
      '$pull by value does not enter arrays',
      { a: [1, [1], 2] },
      { $pull: { a: 1 } },
      { a: [[1], 2] },
    ],
    [
      '$pull by condition enters arrays',
      { a: [[6], [1], 7] },
      { $pull: { a: { $gte: 5 } } },
      { a: [[1]] },
    ],
    [
      '$pull of a document is a filter',
      { a: [{ x: 1, y: 2 }, 3] },
      { $pull: { a: { x: 1 } } },
      { a: [3] },
    ],
    [
      '$pull by $elemMatch',
      { a: [{ b: [{ c: 1 }] }, { b: [{ c: 2 }] }] },
      { $pull: { a: { b: { $elemMatch: { c: 2 } } } } },
      { a: [{ b: [{ c: 1 }] }] },
    ],
    [
      '$pull by $in and by regex',
      { a: ['x', 'y', 'zz'], b: ['ab', 'c'] },
      { $pull: { a: { $in: ['x', /^z/] }, b: /a/ } },
      { a: ['y'], b: ['c'] },
    ],
    [
      '$pullAll compares whole documents',
      { a: [{ x: 1, y: 2 }, { x: 1 }] },
      { $pullAll: { a: [{ x: 1 }] } },
      { a: [{ x: 1, y: 2 }] },
    ],
    ['$pop of nothing does nothing', { a: [] }, { $pop: { a: 1, b: 1 } }, { a: [] }],
    [
      '$unset leaves a hole in an array',
      { a: [1, 2] },
      { $unset: { 'a.0': '' } },
      { a: [null, 2] },
    ],
    [
      '$currentDate by type',
      {},
      { $currentDate: { a: { $type: 'date' }, b: false } },
      { a: new Date(NOW), b: new Date(NOW) },
    ],
    ['an operator without fields does nothing', { a: 1 }, { $set: {} }, { a: 1 }],
    [
      'a number with a leading zero is no position',
      { a: {} },
      { $set: { 'a.01': 1 } },
      { a: { '01': 1 } },
    ],
  ])('%s', async (_, doc, update, expected) => {
    expect(await updated(doc, update)).toEqual(expected);
  });

  it('adds new fields in the order of their names', async () => {
    const result = await updated(
      { m: 1 },
      { $set: { z: 1, b: 1 }, $inc: { 'n.10': 1, 'n.9': 1, c: 1 } },
    );
    expect(Object.keys(result)).toEqual(['m', 'b', 'c', 'n', 'z']);
  });
});

describe('the description of a change', () => {
  it('names what was made, appended or left alone', async () => {
    const collection = fresh(database);
    await collection.insertOne({ _id: 1, list: [1], same: { k: 1 } });
    const stream = collection.watch();
    const opened = stream.tryNext();
    await opened;
    await collection.updateOne(
      { _id: 1 },
      { $set: { 'made.deep.a': 1, 'made.deep.b': 2, same: { k: 1 } }, $push: { list: 2 } as never },
    );
    const event = await stream.next();
    await stream.close();
    expect(event).toMatchObject({ operationType: 'update' });
    expect(
      (event as { updateDescription?: { updatedFields?: object } }).updateDescription
        ?.updatedFields,
    ).toEqual({
      'list.1': 2,
      made: { deep: { a: 1, b: 2 } },
    });
  });
});
