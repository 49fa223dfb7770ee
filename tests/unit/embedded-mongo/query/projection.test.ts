import { TestDatabase } from '../support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

type Fields = Record<string, unknown>;
const DOC = {
  _id: 1,
  a: 1,
  b: { c: 2, d: { e: 3, f: 4 } },
  list: [5, 6, 7],
  docs: [
    { k: 'x', n: 1 },
    { k: 'y', n: 2 },
  ],
};

const docs = () => database.db.collection<any>('projection');
beforeAll(() => docs().insertOne(DOC));
const project = async (projection: object, filter: object = {}) =>
  (await docs().findOne(filter, { projection })) as Fields;

describe('a projection', () => {
  it.each<[string, object, Fields]>([
    [
      'includes nested documents',
      { b: { c: 1, d: { e: 1 } } },
      { _id: 1, b: { c: 2, d: { e: 3 } } },
    ],
    ['mixes nested and dotted', { _id: 0, b: { 'd.f': 1 } }, { b: { d: { f: 4 } } }],
    ['excludes nested documents', { b: { d: 0 }, list: 0, docs: 0 }, { _id: 1, a: 1, b: { c: 2 } }],
    ['reaches into arrays', { _id: 0, docs: { n: 1 } }, { docs: [{ n: 1 }, { n: 2 }] }],
    ['keeps all but the _id', { _id: 0, b: 0, list: 0, docs: 0 }, { a: 1 }],
    ['of the _id alone keeps it alone', { _id: 1 }, { _id: 1 }],
    [
      'with $slice alone excludes nothing',
      { list: { $slice: -1 }, docs: 0, b: 0 },
      { _id: 1, a: 1, list: [7] },
    ],
    [
      'with $slice beside an inclusion includes',
      { list: { $slice: [1, 1] }, a: 1 },
      { _id: 1, a: 1, list: [6] },
    ],
    [
      'with $elemMatch includes',
      { docs: { $elemMatch: { n: 2 } } },
      { _id: 1, docs: [{ k: 'y', n: 2 }] },
    ],
    [
      'with $elemMatch without match leaves it out',
      { docs: { $elemMatch: { n: 9 } }, a: 1 },
      { _id: 1, a: 1 },
    ],
    ['takes another field', { _id: 0, x: '$b.c' }, { x: 2 }],
    ['computes', { _id: 0, a: 1, sum: { $add: ['$a', '$b.c'] } }, { a: 1, sum: 3 }],
    ['takes a constant', { _id: 0, x: 'text', y: { $literal: 5 } }, { x: 'text', y: 5 }],
  ])('%s', async (_, projection, expected) => {
    expect(await project(projection)).toEqual(expected);
  });

  it('puts what $elemMatch found behind what was kept', async () => {
    const found = await project({ docs: { $elemMatch: { n: 1 } }, list: 1 });
    expect(Object.keys(found)).toEqual(['_id', 'list', 'docs']);
  });

  it('with .$ gives the element the filter matched by', async () => {
    const one = { 'docs.$': 1 };
    expect(await project(one, { 'docs.k': 'y' })).toEqual({ _id: 1, docs: [DOC.docs[1]] });
    const both = { docs: { $elemMatch: { k: 'y', n: { $gt: 1 } } } };
    expect(await project(one, both)).toEqual({ _id: 1, docs: [DOC.docs[1]] });
    await expect(project(one, { a: 1 })).rejects.toMatchObject({ code: 51246 });
  });

  it('works in findOneAndUpdate', async () => {
    const projection = { _id: 0, b: { c: 1 }, twice: { $multiply: ['$a', 2] } };
    const found = await docs().findOneAndUpdate({}, { $set: { a: 1 } }, { projection });
    expect(found).toEqual({ b: { c: 2 }, twice: 2 });
  });

  it.each<[object, number, string]>([
    [{ a: 1, b: 0 }, 31254, 'Cannot do exclusion on field b in inclusion projection'],
    [{ a: 0, b: 1 }, 31253, 'Cannot do inclusion on field b in exclusion projection'],
    [{ a: 0, x: '$b' }, 31252, 'Cannot use expression other than $meta in exclusion projection'],
    [{ a: 0, 'docs.$': 1 }, 31395, 'positional projection cannot be used with exclusion'],
    [{ b: 1, 'b.c': 1 }, 31249, 'Path collision at b.c remaining portion c'],
    [{ 'b.c': 1, b: 1 }, 31250, 'Path collision at b'],
    [
      { b: {} },
      51270,
      "An empty sub-projection is not a valid value. Found empty object at path 'b'",
    ],
    [
      { 'b.d': { $elemMatch: { e: 1 } } },
      31275,
      'Cannot use $elemMatch projection on a nested field.',
    ],
    [
      { 'docs.$': 1, 'list.$': 1 },
      31276,
      'Cannot specify more than one positional projection per query.',
    ],
    [
      { $a: 1 },
      16410,
      "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
    ],
  ])('%j is refused', async (projection, code, errmsg) => {
    await expect(project(projection)).rejects.toMatchObject({ code, message: errmsg });
  });
});
