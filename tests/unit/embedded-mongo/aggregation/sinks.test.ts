import { double, int, long, Pipelines, typed } from './support';

const pipelines = new Pipelines();

describe('$merge', () => {
  const into = async (merge: object, target: object[], docs: object[]) => {
    const collection = await pipelines.collection(target);
    const stage = { $merge: { into: collection.collectionName, ...merge } };
    await pipelines.run(docs, [{ $addFields: { seen: true } }, stage]);
    return collection.find({}, { promoteValues: false }).sort({ _id: 1 }).toArray();
  };
  const target = [{ kept: long(1), v: int(1) }];
  const docs = [{ v: double(5) }, { v: int(6) }];

  it.each<[string, object, object[]]>([
    [
      'merges and inserts',
      {},
      [
        { _id: int(1), kept: long(1), v: double(5), seen: true },
        { _id: int(2), v: int(6), seen: true },
      ],
    ],
    [
      'replaces and discards',
      { whenMatched: 'replace', whenNotMatched: 'discard' },
      [{ _id: int(1), v: double(5), seen: true }],
    ],
    [
      'keeps',
      { whenMatched: 'keepExisting', whenNotMatched: 'discard' },
      [{ _id: int(1), kept: long(1), v: int(1) }],
    ],
    [
      'runs a pipeline',
      {
        let: { w: '$v' },
        whenMatched: [{ $set: { v: { $add: ['$v', '$$new.v', '$$w'] } } }],
        whenNotMatched: 'discard',
      },
      [{ _id: int(1), kept: long(1), v: double(11) }],
    ],
  ])('%s', async (_name, merge, expected) => {
    expect(typed(await into(merge, target, docs))).toBe(typed(expected));
  });

  it('fails with the key of the document that is there', async () => {
    const collection = await pipelines.collection(target);
    const stage = { $merge: { into: collection.collectionName, whenMatched: 'fail' } };
    const source = await pipelines.collection([{}]);
    await expect(source.aggregate([stage]).toArray()).rejects.toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
      keyValue: { _id: 1 },
    });
  });

  it('writes all or nothing', async () => {
    const collection = await pipelines.collection([{ u: 1 }]);
    await collection.createIndex({ u: 1 }, { unique: true });
    const stage = { $merge: { into: collection.collectionName } };
    const docs = [
      { _id: 8, u: 2 },
      { _id: 9, u: 1 },
    ];
    expect(await pipelines.failure(docs, [stage])).toBe(11000);
    expect(await collection.countDocuments()).toBe(1);
  });

  it.each<[object, number]>([
    [{ on: 'v' }, 51183],
    [{ whenMatched: 'explode' }, 2],
    [{ whenNotMatched: 'fail' }, 13113],
    [{ let: { x: 1 } }, 51199],
    [{ unknown: 1 }, 9],
  ])('%j is refused with %d', async (merge, code) => {
    const collection = await pipelines.collection([]);
    const stage = { $merge: { into: collection.collectionName, ...merge } };
    expect(await pipelines.failure([{ v: 1 }], [stage])).toBe(code);
  });
});

describe('$out', () => {
  it('replaces the collection with the values as they are', async () => {
    const collection = await pipelines.collection([{ old: true }]);
    const pipeline = [{ $project: { v: 1 } }, { $out: collection.collectionName }];
    await pipelines.run([{ v: long(5) }, { v: double(5) }], pipeline);
    expect(typed(await collection.find({}, { promoteValues: false }).toArray())).toBe(
      typed([
        { _id: int(1), v: long(5) },
        { _id: int(2), v: double(5) },
      ]),
    );
  });
});
