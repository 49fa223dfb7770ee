import { Pipelines } from './support';

const pipelines = new Pipelines({ memoryBytes: 20_000 });
const many = Array.from({ length: 500 }, (_, i) => ({ n: i, k: i % 5, text: 'x'.repeat(100) }));
const touch = { $addFields: { touched: true } };

describe('blocking stages hold a bounded amount', () => {
  it.each<[string, object[]]>([
    ['$sort', [touch, { $sort: { n: -1 } }]],
    ['$group by many keys', [{ $group: { _id: '$n' } }]],
    ['$push', [{ $group: { _id: null, all: { $push: '$text' } } }]],
    [
      '$addToSet',
      [{ $group: { _id: null, all: { $addToSet: { $concat: ['$text', { $toString: '$n' }] } } } }],
    ],
    ['$facet', [{ $facet: { all: [{ $match: {} }] } }]],
    [
      '$bucket',
      [{ $bucket: { groupBy: '$k', boundaries: [0, 9], output: { all: { $push: '$$ROOT' } } } }],
    ],
    [
      '$bucketAuto',
      [{ $bucketAuto: { groupBy: '$n', buckets: 2, output: { texts: { $addToSet: '$text' } } } }],
    ],
    [
      '$setWindowFields',
      [{ $setWindowFields: { sortBy: { n: 1 }, output: { r: { $rank: {} } } } }],
    ],
    ['$sample', [{ $sample: { size: 400 } }]],
  ])('%s beyond the limit is refused', async (_name, pipeline) => {
    expect(await pipelines.failure(many, pipeline)).toBe(292);
    expect(await pipelines.failure(many, pipeline, { allowDiskUse: true })).toBe(292);
  });

  it('says why', async () => {
    const collection = await pipelines.collection(many);
    const sorted = (allowDiskUse: boolean) =>
      collection.aggregate([touch, { $sort: { n: 1 } }], { allowDiskUse }).toArray();
    await expect(sorted(false)).rejects.toThrow(
      'Sort exceeded memory limit of 20000 bytes, but did not opt in to external sorting.',
    );
    await expect(sorted(true)).rejects.toThrow('spilling to disk is not supported');
  });

  it('$lookup may not join more into one document', async () => {
    const from = (await pipelines.collection(many)).collectionName;
    const lookup = { $lookup: { from, pipeline: [], as: 'all' } };
    expect(await pipelines.failure([{}], [lookup])).toBe(292);
  });

  it('$group over much needs no more than its groups', async () => {
    const pipeline = [touch, { $group: { _id: '$k', sum: { $sum: '$n' } } }, { $sort: { _id: 1 } }];
    const found = (await pipelines.run(many, pipeline)) as { sum: unknown }[];
    expect(found.map(({ sum }) => Number(sum))).toEqual([24750, 24850, 24950, 25050, 25150]);
  });

  it('$sort with $limit needs little more than the limit', async () => {
    const small = many.map(({ n }) => ({ n }));
    const pipeline = [{ $project: { n: 1 } }, { $sort: { n: -1 } }, { $skip: 1 }, { $limit: 2 }];
    const docs = [...small, ...small.map(({ n }) => ({ _id: 1000 + n, n: n + 1000 }))];
    const found = (await pipelines.run(docs.slice(0, 600), pipeline)) as { n: unknown }[];
    expect(found.map(({ n }) => Number(n))).toEqual([1098, 1097]);
  });
});

describe('stages that need not wait do not', () => {
  it('an error in a later document does not keep the first batch back', async () => {
    const collection = await pipelines.collection([...many, { n: 0, bad: true }]);
    const cursor = collection.aggregate(
      [{ $project: { x: { $divide: [1, { $cond: ['$bad', 0, 1] }] } } }],
      {
        batchSize: 10,
      },
    );
    expect(await cursor.next()).toEqual({ _id: 1, x: 1 });
    await expect(cursor.toArray()).rejects.toMatchObject({ code: 2 });
  });
});
