import { Decimal128, Double, Long, MaxKey, MinKey, ObjectId, TestDatabase, ids } from '../support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

/** Stores documents with `_id` 1, 2, ... in a fresh collection and gives the ids a filter finds. */
async function matching(docs: object[], filter: object, options: object = {}) {
  const collection = database.db.collection<{ _id: number }>(`q${new ObjectId().toHexString()}`);
  await collection.insertMany(docs.map((doc, i) => ({ _id: i + 1, ...doc })));
  return ids(await collection.find(filter, options).toArray());
}

describe('filters', () => {
  it.each([
    ['equality', [{ a: 1 }, { a: 2 }], { a: 1 }, [1]],
    ['an element of an array', [{ a: [1, 2] }, { a: [3] }], { a: 2 }, [1]],
    ['a whole array', [{ a: [1, 2] }, { a: [2, 1] }], { a: [1, 2] }, [1]],
    [
      'documents with the same key order only',
      [{ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }],
      { a: { x: 1, y: 2 } },
      [1],
    ],
    ['null and missing', [{ a: null }, {}, { a: 0 }, { a: [] }], { a: null }, [1, 2]],
    ['$ne on arrays', [{ a: [1, 2] }, { a: [3] }, {}], { a: { $ne: 1 } }, [2, 3]],
    [
      '$gt within the type only',
      [{ a: 5 }, { a: '5' }, { a: null }, { a: 1 }],
      { a: { $gt: 2 } },
      [1],
    ],
    ['$gte and $lte', [{ a: 1 }, { a: 2 }, { a: 3 }], { a: { $gte: 2, $lte: 2 } }, [2]],
    [
      'bounds met by different elements',
      [{ a: [1, 20] }, { a: [7] }, { a: [1] }],
      { a: { $gt: 5, $lt: 10 } },
      [1, 2],
    ],
    [
      '$in with a regex',
      [{ a: 'alley' }, { a: 'grid' }, { a: 3 }],
      { a: { $in: [/^al/, 3] } },
      [1, 3],
    ],
    ['$nin', [{ a: 1 }, { a: [2, 3] }, {}], { a: { $nin: [1, 3] } }, [3]],
    ['$exists', [{ a: null }, {}, { a: [] }], { a: { $exists: true } }, [1, 3]],
    [
      '$exists below an array',
      [{ a: [{ b: 1 }, {}] }, { a: [1] }],
      { 'a.b': { $exists: true } },
      [1],
    ],
    [
      'null below an array',
      [{ a: [{ b: 1 }, {}] }, { a: [1] }, { a: [] }, { a: {} }],
      { 'a.b': null },
      [1, 4],
    ],
    [
      '$and, $or, $nor',
      [
        { a: 1, b: 1 },
        { a: 1, b: 2 },
        { a: 2, b: 3 },
      ],
      { $and: [{ $or: [{ a: 1 }, { b: 3 }] }, { $nor: [{ b: 2 }] }] },
      [1, 3],
    ],
    ['$not', [{ a: 1 }, { a: 9 }, {}], { a: { $not: { $gt: 5 } } }, [1, 3]],
    [
      '$regex with options',
      [{ a: 'Alley' }, { a: 'valley' }],
      { a: { $regex: '^al', $options: 'i' } },
      [1],
    ],
    [
      '$elemMatch on documents',
      [
        {
          a: [
            { x: 1, y: 2 },
            { x: 2, y: 1 },
          ],
        },
        { a: [{ x: 1, y: 1 }] },
      ],
      { a: { $elemMatch: { x: 1, y: 1 } } },
      [2],
    ],
    [
      '$elemMatch on values',
      [{ a: [1, 20] }, { a: [7] }],
      { a: { $elemMatch: { $gt: 5, $lt: 10 } } },
      [2],
    ],
    ['$all', [{ a: [1, 2, 3] }, { a: [1] }, { a: 1 }], { a: { $all: [1] } }, [1, 2, 3]],
    [
      '$all with $elemMatch',
      [{ a: [{ x: 1 }, { x: 2 }] }, { a: [{ x: 1 }] }],
      { a: { $all: [{ $elemMatch: { x: 1 } }, { $elemMatch: { x: 2 } }] } },
      [1],
    ],
    ['$size', [{ a: [1] }, { a: [] }, { a: 1 }], { a: { $size: 0 } }, [2]],
    ['$mod', [{ a: 4 }, { a: 5 }, { a: -4 }], { a: { $mod: [4, 0] } }, [1, 3]],
    ['$bitsAllSet', [{ a: 7 }, { a: 5 }], { a: { $bitsAllSet: [1] } }, [1]],
    ['array positions', [{ a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 2 }] }], { 'a.0.b': 2 }, [2]],
    [
      '$expr',
      [
        { a: 2, b: 1 },
        { a: 1, b: 2 },
      ],
      { $expr: { $gt: ['$a', '$b'] } },
      [1],
    ],
  ])('match %s', async (_name, docs, filter, expected) => {
    expect(await matching(docs, filter)).toEqual(expected);
  });

  it('match numbers across BSON types, exactly', async () => {
    const docs = [
      { a: 5 },
      { a: new Double(5) },
      { a: Long.fromNumber(5) },
      { a: Decimal128.fromString('5.0') },
      { a: Long.fromString('9007199254740993') },
    ];
    expect(await matching(docs, { a: 5 })).toEqual([1, 2, 3, 4]);
    expect(await matching(docs, { a: { $gt: 9007199254740992 } })).toEqual([5]);
  });

  it('$type distinguishes int, long, double and decimal', async () => {
    const docs = [{ a: 5 }, { a: new Double(5) }, { a: Long.fromNumber(5) }, { a: [1.5] }];
    expect(await matching(docs, { a: { $type: 'int' } })).toEqual([1]);
    expect(await matching(docs, { a: { $type: ['double', 'long'] } })).toEqual([2, 3, 4]);
    expect(await matching(docs, { a: { $type: 'array' } })).toEqual([4]);
  });

  it('sort in BSON order across types', async () => {
    const values = [
      true,
      'b',
      3,
      null,
      new MinKey(),
      { x: 1 },
      [],
      new Date(0),
      new ObjectId(),
      new MaxKey(),
      'a',
      1.5,
    ];
    const order = await matching(
      values.map((a) => ({ a })),
      {},
      { sort: { a: 1 } },
    );
    // MinKey, empty array, null, 1.5, 3, 'a', 'b', document, ObjectId, true, date, MaxKey
    expect(order).toEqual([5, 7, 4, 12, 3, 11, 2, 6, 9, 1, 8, 10]);
  });

  it('sort arrays by their smallest or largest element', async () => {
    const docs = [{ a: [5, 1] }, { a: 3 }, { a: [2] }];
    expect(await matching(docs, {}, { sort: { a: 1 } })).toEqual([1, 3, 2]);
    expect(await matching(docs, {}, { sort: { a: -1 } })).toEqual([1, 2, 3]);
  });

  it('skip and limit after sorting', async () => {
    const docs = [3, 1, 2, 5, 4].map((a) => ({ a }));
    expect(await matching(docs, {}, { sort: { a: 1 }, skip: 1, limit: 2 })).toEqual([3, 1]);
  });

  it.each([
    [{ a: { $unknown: 1 } }, 2],
    [{ $where: 'true' }, 2],
    [{ $or: [] }, 2],
    [{ a: { $in: 5 } }, 2],
    [{ $jsonSchema: {} }, 2],
  ])('refuse %j with MongoDB code %i', async (filter, code) => {
    await expect(matching([{ a: 1 }], filter)).rejects.toMatchObject({ code });
  });
});

describe('projections', () => {
  const doc = {
    _id: 1,
    a: 1,
    b: { c: 2, d: 3 },
    items: [
      { k: 1, v: 'x' },
      { k: 2, v: 'y' },
    ],
  };
  const project = async (projection: object, filter: object = {}) => {
    const collection = database.db.collection<{ _id: number }>(`p${new ObjectId().toHexString()}`);
    await collection.insertOne(doc);
    return collection.findOne(filter, { projection });
  };

  it.each([
    [{ a: 1 }, { _id: 1, a: 1 }],
    [{ 'b.c': 1, _id: 0 }, { b: { c: 2 } }],
    [
      { a: 0, 'b.d': 0, items: 0 },
      { _id: 1, b: { c: 2 } },
    ],
    [{ 'items.v': 1 }, { _id: 1, items: [{ v: 'x' }, { v: 'y' }] }],
    [
      { a: 1, items: { $slice: -1 } },
      { _id: 1, a: 1, items: [{ k: 2, v: 'y' }] },
    ],
    [{ items: { $elemMatch: { k: 2 } } }, { _id: 1, items: [{ k: 2, v: 'y' }] }],
  ])('%j', async (projection, expected) => {
    expect(await project(projection)).toEqual(expected);
  });

  it('the positional operator gives the element the filter met', async () => {
    const found = await project({ 'items.$': 1 }, { 'items.k': 2 });
    expect(found).toEqual({ _id: 1, items: [{ k: 2, v: 'y' }] });
  });

  it('inclusion and exclusion cannot be mixed', async () => {
    await expect(project({ a: 1, b: 0 })).rejects.toMatchObject({ code: 31254 });
  });
});
