import { decimal, double, int, long, Pipelines, typed } from './support';

const pipelines = new Pipelines();

describe('stages', () => {
  const docs = [
    { a: int(1), tags: ['x', 'y'], deep: { p: double(1), q: long(2) } },
    { a: double(2), tags: [], deep: { p: int(3) } },
    { a: long(3) },
  ];
  const id = (n: number) => ({ _id: int(n) });

  it.each<[string, object[], object[]]>([
    [
      '$project includes',
      [{ $project: { 'deep.p': 1, _id: 0 } }, { $limit: 1 }],
      [{ deep: { p: double(1) } }],
    ],
    [
      '$project excludes',
      [{ $project: { tags: 0, deep: { q: false } } }, { $limit: 1 }],
      [{ ...id(1), a: int(1), deep: { p: double(1) } }],
    ],
    [
      '$project computes',
      [{ $limit: 1 }, { $project: { b: '$a', c: { d: { $add: ['$a', long(1)] } } } }],
      [{ ...id(1), b: int(1), c: { d: long(2) } }],
    ],
    [
      '$project removes',
      [{ $limit: 1 }, { $project: { a: { $cond: [true, '$$REMOVE', 1] } } }],
      [id(1)],
    ],
    [
      '$addFields into documents and arrays',
      [{ $limit: 1 }, { $addFields: { 'deep.r': '$a', 'tags.t': 1 } }],
      [
        {
          ...id(1),
          a: int(1),
          tags: [{ t: int(1) }, { t: int(1) }],
          deep: { p: double(1), q: long(2), r: int(1) },
        },
      ],
    ],
    [
      '$set and $unset',
      [{ $limit: 1 }, { $set: { a: '$deep.q' } }, { $unset: ['deep', 'tags'] }],
      [{ ...id(1), a: long(2) }],
    ],
    [
      '$unwind',
      [{ $unwind: { path: '$tags', includeArrayIndex: 'at' } }, { $project: { tags: 1, at: 1 } }],
      [
        { ...id(1), tags: 'x', at: long(0) },
        { ...id(1), tags: 'y', at: long(1) },
      ],
    ],
    [
      '$unwind that keeps',
      [
        { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } },
        { $project: { tags: 1 } },
        { $skip: 2 },
      ],
      [id(2), id(3)],
    ],
    [
      '$replaceWith',
      [{ $match: { a: 1 } }, { $replaceWith: '$deep' }],
      [{ p: double(1), q: long(2) }],
    ],
    [
      '$sort by mixed numbers',
      [{ $sort: { a: -1 } }, { $project: { a: 1 } }, { $limit: 2 }],
      [
        { ...id(3), a: long(3) },
        { ...id(2), a: double(2) },
      ],
    ],
    ['$count', [{ $addFields: { x: 1 } }, { $count: 'n' }], [{ n: int(3) }]],
    ['$count of nothing', [{ $match: { a: 9 } }, { $addFields: { x: 1 } }, { $count: 'n' }], []],
    [
      '$sortByCount',
      [{ $unwind: '$tags' }, { $sortByCount: '$tags' }, { $limit: 1 }],
      [{ _id: 'x', count: int(1) }],
    ],
    [
      '$bucket',
      [{ $bucket: { groupBy: '$a', boundaries: [1, double(2), 3], default: 'more' } }],
      [
        { _id: int(1), count: int(1) },
        { _id: double(2), count: int(1) },
        { _id: 'more', count: int(1) },
      ],
    ],
    [
      '$bucketAuto',
      [{ $bucketAuto: { groupBy: '$a', buckets: 2, output: { sum: { $sum: '$a' } } } }],
      [
        { _id: { min: int(1), max: long(3) }, sum: double(3) },
        { _id: { min: long(3), max: long(3) }, sum: long(3) },
      ],
    ],
    [
      '$facet',
      [
        {
          $facet: {
            n: [{ $count: 'n' }],
            last: [{ $sort: { a: -1 } }, { $limit: 1 }, { $project: { a: 1 } }],
          },
        },
      ],
      [{ n: [{ n: int(3) }], last: [{ ...id(3), a: long(3) }] }],
    ],
    [
      '$redact',
      [{ $limit: 1 }, { $redact: { $cond: [{ $eq: ['$p', 1] }, '$$PRUNE', '$$DESCEND'] } }],
      [{ ...id(1), a: int(1), tags: ['x', 'y'] }],
    ],
    [
      '$setWindowFields',
      [
        {
          $setWindowFields: {
            sortBy: { a: 1 },
            output: {
              sum: { $sum: '$a', window: { documents: ['unbounded', 'current'] } },
              near: { $push: '$a', window: { range: [-1, 0] } },
              rank: { $rank: {} },
              before: { $shift: { output: '$a', by: -1, default: 'none' } },
            },
          },
        },
        { $project: { sum: 1, near: 1, rank: 1, before: 1 } },
      ],
      [
        { ...id(1), sum: int(1), near: [int(1)], rank: int(1), before: 'none' },
        { ...id(2), sum: double(3), near: [int(1), double(2)], rank: int(2), before: int(1) },
        { ...id(3), sum: double(6), near: [double(2), long(3)], rank: int(3), before: double(2) },
      ],
    ],
    [
      '$densify',
      [
        { $project: { _id: 0, a: 1 } },
        { $match: { a: { $ne: 2 } } },
        { $densify: { field: 'a', range: { step: 1, bounds: 'full' } } },
      ],
      [{ a: int(1) }, { a: int(2) }, { a: long(3) }],
    ],
    [
      '$densify between bounds',
      [
        { $limit: 1 },
        { $project: { _id: 0, a: 1 } },
        { $densify: { field: 'a', range: { step: double(0.5), bounds: [1, 2] } } },
      ],
      [{ a: int(1) }, { a: double(1.5) }],
    ],
    [
      '$fill',
      [
        { $project: { a: 1, p: '$deep.p' } },
        { $fill: { sortBy: { a: 1 }, output: { p: { method: 'locf' }, z: { value: '$a' } } } },
        { $skip: 2 },
      ],
      [{ ...id(3), a: long(3), p: int(3), z: long(3) }],
    ],
    [
      '$fill on a line',
      [
        {
          $project: {
            a: 1,
            v: {
              $switch: {
                branches: [
                  { case: { $eq: ['$a', 1] }, then: 10 },
                  { case: { $eq: ['$a', 3] }, then: 30 },
                ],
                default: null,
              },
            },
          },
        },
        { $fill: { sortBy: { a: 1 }, output: { v: { method: 'linear' } } } },
        { $match: { a: 2 } },
      ],
      [{ ...id(2), a: double(2), v: double(20) }],
    ],
  ])('%s', async (_name, pipeline, expected) => {
    expect(typed(await pipelines.run(docs, pipeline))).toBe(typed(expected));
  });

  it('$sample gives different documents of the collection', async () => {
    const found = await pipelines.run(docs, [
      { $sample: { size: 2 } },
      { $group: { _id: '$_id' } },
    ]);
    expect(found).toHaveLength(2);
  });

  it('$documents needs no collection', async () => {
    const found = await pipelines.db
      .aggregate([{ $documents: [{ a: 1 }, { a: { $add: [1, 1] } }] }, { $match: { a: 2 } }])
      .toArray();
    expect(found).toEqual([{ a: 2 }]);
  });

  it.each<[object[], number]>([
    [[{ $frobnicate: {} }], 40324],
    [[{ $match: {}, $limit: 1 }], 40323],
    [[{ $limit: 0 }], 15958],
    [[{ $skip: -1 }], 5107200],
    [[{ $sort: {} }], 15976],
    [[{ $sort: { a: 2 } }], 15975],
    [[{ $project: {} }], 51272],
    [[{ $project: { a: 1, b: 0 } }], 31254],
    [[{ $project: { a: 0, b: 1 } }], 31253],
    [[{ $project: { a: 1, 'a.b': 1 } }], 31249],
    [[{ $addFields: { a: { $frobnicate: 1 } } }], 168],
    [[{ $unwind: 'tags' }], 28818],
    [[{ $count: '' }], 40156],
    [[{ $replaceWith: '$a' }], 40228],
    [[{ $limit: 1 }, { $geoNear: {} }], 40602],
    [[{ $out: 'x' }, { $limit: 1 }], 40601],
    [[{ $facet: { a: [{ $out: 'x' }] } }], 40600],
    [[{ $bucket: { groupBy: '$a', boundaries: [2, 1] } }], 40194],
    [[{ $bucket: { groupBy: '$a', boundaries: [1, 2] } }], 40066],
    [[{ $bucketAuto: { groupBy: '$a', buckets: 2, granularity: 'R5' } }], 2],
    [[{ $redact: '$a' }], 17053],
    [[{ $lookup: { from: 'x', as: 'y' } }], 9],
    [
      [{ $setWindowFields: { sortBy: { a: 1 }, output: { x: { $derivative: { input: '$a' } } } } }],
      2,
    ],
    [[{ $sample: { size: -1 } }], 28747],
    [[{ $match: { $expr: '$$nothing' } }, { $addFields: { a: 1 } }], 17276],
  ])('%j is refused with %d', async (pipeline, code) => {
    expect(await pipelines.failure(docs, pipeline)).toBe(code);
  });
});

describe('other collections', () => {
  const areas = [
    { code: 'a', no: long(1) },
    { code: 'b', no: double(2) },
  ];

  it('$lookup joins numbers of different types and keeps what it finds as it is', async () => {
    const from = (await pipelines.collection(areas)).collectionName;
    const [found] = await pipelines.run(
      [{ n: int(2) }],
      [
        { $lookup: { from, localField: 'n', foreignField: 'no', as: 'area' } },
        { $project: { _id: 0, 'area.no': 1 } },
      ],
    );
    expect(typed(found)).toBe(typed({ area: [{ no: double(2) }] }));
  });

  it('$lookup with fields, let and a pipeline', async () => {
    const from = (await pipelines.collection(areas)).collectionName;
    const found = await pipelines.run(
      [{ list: ['a', 'b'], least: int(2) }, { list: [] }],
      [
        {
          $lookup: {
            from,
            localField: 'list',
            foreignField: 'code',
            let: { least: '$least' },
            pipeline: [
              { $match: { $expr: { $gte: ['$no', '$$least'] } } },
              { $project: { _id: 0, code: 1 } },
            ],
            as: 'x',
          },
        },
        { $project: { _id: 0, x: 1 } },
      ],
    );
    expect(found).toEqual([{ x: [{ code: 'b' }] }, { x: [] }]);
  });

  it('$lookup finds any value of an array, nothing for an empty one, null for none', async () => {
    const target = await pipelines.collection([{ code: null }, ...areas]);
    const from = target.collectionName;
    const found = await pipelines.run(
      [{ list: [] }, { list: ['a', 'b'] }, {}],
      [
        { $lookup: { from, localField: 'list', foreignField: 'code', as: 'x' } },
        { $project: { _id: 0, codes: '$x.code' } },
      ],
    );
    expect(found).toEqual([{ codes: [] }, { codes: ['a', 'b'] }, { codes: [null] }]);
  });

  it('$unionWith', async () => {
    const coll = (await pipelines.collection(areas)).collectionName;
    const found = await pipelines.run(
      [{ code: 'z' }],
      [
        { $unionWith: { coll, pipeline: [{ $match: { code: 'b' } }] } },
        { $project: { _id: 0, code: 1 } },
      ],
    );
    expect(found).toEqual([{ code: 'z' }, { code: 'b' }]);
  });

  it('$graphLookup goes step by step and visits each document once', async () => {
    const people = await pipelines.collection([
      { name: 'a', knows: ['b'] },
      { name: 'b', knows: ['a', 'c'] },
      { name: 'c', knows: [] },
    ]);
    const from = people.collectionName;
    const found = await pipelines.run(
      [{ start: 'a' }],
      [
        {
          $graphLookup: {
            from,
            startWith: '$start',
            connectFromField: 'knows',
            connectToField: 'name',
            as: 'all',
            depthField: 'depth',
          },
        },
        { $unwind: '$all' },
        { $project: { _id: 0, name: '$all.name', depth: '$all.depth' } },
      ],
    );
    expect(typed(found)).toBe(
      typed([
        { name: 'a', depth: long(0) },
        { name: 'b', depth: long(1) },
        { name: 'c', depth: long(2) },
      ]),
    );
  });
});

describe('variables', () => {
  it('let holds expressions, evaluated once', async () => {
    const found = await pipelines.run([{}], [{ $project: { _id: 0, x: '$$x', y: '$$y' } }], {
      let: { x: { $literal: '$bar' }, y: { $add: [1, long(1)] } },
    });
    expect(typed(found)).toBe(typed([{ x: '$bar', y: long(2) }]));
  });

  it('let must not read documents', async () => {
    const pipeline = [{ $project: { x: '$$x' } }];
    expect(await pipelines.failure([{}], pipeline, { let: { x: '$a' } })).toBe(4890500);
  });

  it('let serves $expr in find and updates by pipeline', async () => {
    const collection = await pipelines.collection([{ a: int(1) }, { a: long(2) }]);
    const options = { let: { two: { $literal: 2 }, text: { $literal: '$bar' } } };
    const where = { $expr: { $eq: ['$a', '$$two'] } };
    expect(await collection.find(where, options).toArray()).toEqual([{ _id: 2, a: 2 }]);
    await collection.updateMany(where, [{ $set: { b: '$$text' } }], options);
    expect(await collection.findOne({ a: 2 })).toEqual({ _id: 2, a: 2, b: '$bar' });
  });

  it('an update by pipeline keeps every type', async () => {
    const collection = await pipelines.collection([
      { d: double(5), l: long('9007199254740993'), dec: decimal('1.10'), n: int(1) },
    ]);
    await collection.updateOne({}, [{ $set: { n: { $add: ['$n', '$l'] } } }]);
    const [doc] = await collection.find({}, { promoteValues: false }).toArray();
    expect(typed(doc)).toBe(
      typed({
        _id: int(1),
        d: double(5),
        l: long('9007199254740993'),
        dec: decimal('1.10'),
        n: long('9007199254740994'),
      }),
    );
  });
});
