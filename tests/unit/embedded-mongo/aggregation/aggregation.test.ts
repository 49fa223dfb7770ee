import { Double, ObjectId, TestDatabase } from '../support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

interface Doc {
  _id: number;
  [field: string]: unknown;
}
async function collectionOf(docs: object[]) {
  const collection = database.db.collection<Doc>(`a${new ObjectId().toHexString()}`);
  await collection.insertMany(docs.map((doc, i) => ({ _id: i + 1, ...doc })));
  return collection;
}

const cases = [
  { area: 'a', n: 1, tags: ['x', 'y'], at: new Date('2026-01-05T00:00:00Z') },
  { area: 'b', n: 2, tags: ['y'], at: new Date('2026-01-20T00:00:00Z') },
  { area: 'a', n: 4, tags: [], at: new Date('2026-02-01T00:00:00Z') },
];

describe('aggregation', () => {
  it.each([
    [
      '$group with sums',
      [
        {
          $group: {
            _id: '$area',
            n: { $sum: '$n' },
            all: { $sum: 1 },
            top: { $max: '$n' },
            mean: { $avg: '$n' },
          },
        },
        { $sort: { _id: 1 } },
      ],
      [
        { _id: 'a', n: 5, all: 2, top: 4, mean: 2.5 },
        { _id: 'b', n: 2, all: 1, top: 2, mean: 2 },
      ],
    ],
    [
      '$unwind',
      [{ $unwind: '$tags' }, { $sortByCount: '$tags' }],
      [
        { _id: 'y', count: 2 },
        { _id: 'x', count: 1 },
      ],
    ],
    [
      '$match, $sort, $skip, $limit, $project',
      [
        { $match: { n: { $gt: 0 } } },
        { $sort: { n: -1 } },
        { $skip: 1 },
        { $limit: 1 },
        { $project: { n: 1 } },
      ],
      [{ _id: 2, n: 2 }],
    ],
    [
      '$facet',
      [
        {
          $facet: {
            count: [{ $count: 'n' }],
            big: [{ $match: { n: { $gte: 2 } } }, { $project: { _id: 1 } }],
          },
        },
      ],
      [{ count: [{ n: 3 }], big: [{ _id: 2 }, { _id: 3 }] }],
    ],
    [
      '$dateToString',
      [
        { $group: { _id: { $dateToString: { format: '%Y-%m', date: '$at' } }, n: { $sum: 1 } } },
        { $sort: { _id: 1 } },
      ],
      [
        { _id: '2026-01', n: 2 },
        { _id: '2026-02', n: 1 },
      ],
    ],
    [
      '$bucket',
      [{ $bucket: { groupBy: '$n', boundaries: [0, 2, 10], output: { n: { $sum: 1 } } } }],
      [
        { _id: 0, n: 1 },
        { _id: 2, n: 2 },
      ],
    ],
    ['$count', [{ $match: { area: 'a' } }, { $count: 'cases' }], [{ cases: 2 }]],
  ])('%s', async (_name, pipeline, expected) => {
    const collection = await collectionOf(cases);
    expect(await collection.aggregate(pipeline).toArray()).toEqual(expected);
  });

  it('$lookup joins by field and by pipeline', async () => {
    const areas = await collectionOf([
      { code: 'a', name: '东' },
      { code: 'b', name: '西' },
    ]);
    const collection = await collectionOf(cases);
    const from = areas.collectionName;
    const byField = await collection
      .aggregate([
        { $match: { n: 2 } },
        { $lookup: { from, localField: 'area', foreignField: 'code', as: 'area' } },
        { $project: { 'area.name': 1, _id: 0 } },
      ])
      .toArray();
    expect(byField).toEqual([{ area: [{ name: '西' }] }]);
    const byPipeline = await collection
      .aggregate([
        { $match: { n: 1 } },
        {
          $lookup: {
            from,
            let: { wanted: '$area' },
            pipeline: [
              { $match: { $expr: { $eq: ['$code', '$$wanted'] } } },
              { $project: { name: 1, _id: 0 } },
            ],
            as: 'found',
          },
        },
        { $project: { found: 1, _id: 0 } },
      ])
      .toArray();
    expect(byPipeline).toEqual([{ found: [{ name: '东' }] }]);
  });

  it('$merge and $out write the result', async () => {
    const collection = await collectionOf(cases);
    const target = await collectionOf([{ n: 100, kept: true }]);
    const merge = {
      $merge: { into: target.collectionName, whenMatched: 'merge', whenNotMatched: 'insert' },
    };
    await collection
      .aggregate([{ $match: { _id: { $lte: 2 } } }, { $project: { n: 1 } }, merge])
      .toArray();
    expect(await target.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, n: 1, kept: true },
      { _id: 2, n: 2 },
    ]);
    await collection
      .aggregate([{ $project: { n: 1 } }, { $match: { n: 4 } }, { $out: target.collectionName }])
      .toArray();
    expect(await target.find().toArray()).toEqual([{ _id: 3, n: 4 }]);
  });

  it('documents no stage computes on keep their BSON types', async () => {
    const collection = await collectionOf([{ n: new Double(5) }]);
    const [doc] = await collection
      .aggregate([{ $match: { n: 5 } }], { promoteValues: false })
      .toArray();
    expect(doc!.n).toEqual(new Double(5));
  });

  it('distinct gives each value once, arrays unfolded', async () => {
    const collection = await collectionOf(cases);
    expect(await collection.distinct('tags')).toEqual(['x', 'y']);
  });

  it('unknown stages are refused', async () => {
    const collection = await collectionOf(cases);
    const wrong = collection.aggregate([{ $frobnicate: {} }]).toArray();
    await expect(wrong).rejects.toMatchObject({ code: expect.any(Number) });
  });
});

describe('geography', () => {
  const at = (lng: number, lat: number) => ({ type: 'Point', coordinates: [lng, lat] });
  const square = (west: number, south: number, size: number) => ({
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  });
  const found = async (docs: object[], filter: object, indexed: boolean) => {
    const collection = await collectionOf(docs);
    if (indexed) await collection.createIndex({ place: '2dsphere' });
    return (await collection.find(filter).toArray()).map((doc) => doc._id);
  };
  const homes = [
    { place: at(114.9, 33.4) },
    { place: at(114.91, 33.4) },
    { place: at(115.5, 33.9) },
    { place: null },
    {},
  ];

  it.each([false, true])('$near orders by distance (indexed: %s)', async (indexed) => {
    const $near = { $geometry: at(114.912, 33.4), $maxDistance: 3000 };
    expect(await found(homes, { place: { $near } }, indexed)).toEqual([2, 1]);
  });

  it.each([false, true])('$geoWithin finds what lies inside (indexed: %s)', async (indexed) => {
    const filter = { place: { $geoWithin: { $geometry: square(114.8, 33.3, 0.2) } } };
    expect((await found(homes, filter, indexed)).sort()).toEqual([1, 2]);
  });

  it.each([false, true])(
    '$geoIntersects finds the areas a point lies in (indexed: %s)',
    async (indexed) => {
      const areas = [square(114, 33, 1), square(114.85, 33.35, 0.1), square(116, 33, 1)].map(
        (place) => ({ place }),
      );
      const filter = { place: { $geoIntersects: { $geometry: at(114.9, 33.4) } } };
      expect((await found(areas, filter, indexed)).sort()).toEqual([1, 2]);
    },
  );

  it('$geoNear adds the distance in metres', async () => {
    const collection = await collectionOf(homes);
    await collection.createIndex({ place: '2dsphere' });
    const [first] = await collection
      .aggregate([
        { $geoNear: { near: at(114.9, 33.41), distanceField: 'metres', maxDistance: 1500 } },
      ])
      .toArray();
    expect(first).toMatchObject({ _id: 1 });
    expect(first!.metres).toBeCloseTo(1113, -1);
  });

  it('what is no geometry cannot be stored under a 2dsphere index', async () => {
    const collection = await collectionOf([{}]);
    await collection.createIndex({ place: '2dsphere' });
    await expect(collection.insertOne({ _id: 9, place: { type: 'Spot' } })).rejects.toMatchObject({
      code: 2,
    });
    await expect(collection.insertOne({ _id: 9, place: at(300, 10) })).rejects.toMatchObject({
      code: 2,
    });
    const across = {
      type: 'LineString',
      coordinates: [
        [-178, 10],
        [178, 10],
      ],
    };
    await expect(collection.insertOne({ _id: 9, place: across })).rejects.toMatchObject({
      code: 2,
    });
    await expect(
      collection.findOne({ place: { $geoIntersects: { $geometry: across } } }),
    ).rejects.toMatchObject({ code: 2 });
  });
});
