import { decimal, double, int, long, Pipelines, typed } from './support';

const pipelines = new Pipelines();

const group = (docs: object[], fields: object, id: unknown = null) =>
  pipelines.run(docs, [{ $group: { _id: id, ...fields } }]);

describe('$group tells groups apart by BSON equality', () => {
  const keys = async (docs: object[], id: unknown) =>
    (await group(docs, { n: { $sum: 1 } }, id)).map((doc) => {
      const { _id, n } = doc as { _id: unknown; n: unknown };
      return `${typed(_id)} x${String(n)}`;
    });

  it('numbers of all types that are equal are one group, by the first one met', async () => {
    const docs = [
      { k: int(1) },
      { k: double(1) },
      { k: long(1) },
      { k: decimal('1.0') },
      { k: '1' },
    ];
    expect(await keys(docs, '$k')).toEqual([`${typed(int(1))} x4`, '"1" x1']);
  });

  it('longs beyond double precision are different groups', async () => {
    const docs = [{ k: long('9007199254740992') }, { k: long('9007199254740993') }];
    expect(await keys(docs, '$k')).toHaveLength(2);
  });

  it('null and missing are one group', async () => {
    expect(await keys([{ k: null }, {}], '$k')).toEqual(['null x2']);
  });

  it('in a compound key they are not', async () => {
    expect(await keys([{ k: null }, {}], { k: '$k' })).toEqual(['{"k":null} x1', '{} x1']);
  });

  it('documents are compared with the order of their fields', async () => {
    const docs = [{ k: { a: 1, b: 2 } }, { k: { b: 2, a: 1 } }, { k: { a: double(1), b: 2 } }];
    expect(await keys(docs, '$k')).toHaveLength(2);
  });
});

describe('accumulators', () => {
  const docs = [
    { v: int(1), w: { a: 1 }, s: 'b' },
    { v: double(2.5), w: { b: long(2) }, s: 'a' },
    { v: long(4), s: 'c' },
    { v: 'text', s: null },
    { s: 'a' },
  ];
  it.each<[object, unknown]>([
    [{ $sum: '$v' }, double(7.5)],
    [{ $sum: 1 }, int(5)],
    [{ $sum: long(1) }, long(5)],
    [{ $sum: '$missing' }, int(0)],
    [{ $avg: '$v' }, double(2.5)],
    [{ $avg: '$missing' }, null],
    [{ $min: '$v' }, int(1)],
    [{ $max: '$v' }, 'text'],
    [{ $max: '$missing' }, null],
    [{ $first: '$v' }, int(1)],
    [{ $last: '$v' }, null],
    [{ $push: '$v' }, [int(1), double(2.5), long(4), 'text']],
    [{ $addToSet: { $ifNull: ['$s', 'none'] } }, ['b', 'a', 'c', 'none']],
    [{ $count: {} }, int(5)],
    [{ $mergeObjects: '$w' }, { a: int(1), b: long(2) }],
    [{ $stdDevPop: { $cond: [{ $isNumber: '$v' }, 3, null] } }, double(0)],
    [{ $stdDevSamp: { $first: [['$missing']] } }, null],
    [{ $firstN: { input: '$s', n: 2 } }, ['b', 'a']],
    [{ $lastN: { input: '$v', n: 2 } }, ['text', null]],
    [{ $maxN: { input: '$s', n: 2 } }, ['c', 'b']],
    [{ $minN: { input: '$s', n: 2 } }, ['a', 'a']],
    [{ $top: { sortBy: { s: -1 }, output: '$v' } }, long(4)],
    [{ $topN: { n: 2, sortBy: { s: -1 }, output: '$s' } }, ['c', 'b']],
    [{ $bottom: { sortBy: { s: 1 }, output: '$v' } }, long(4)],
    [{ $bottomN: { n: 2, sortBy: { s: 1 }, output: '$s' } }, ['b', 'c']],
    [{ $median: { input: '$v', method: 'approximate' } }, double(2.5)],
  ])('%j', async (accumulator, expected) => {
    const [result] = await group(docs, { value: accumulator });
    expect(typed((result as { value: unknown }).value)).toBe(typed(expected));
  });

  it('sums are exact, whatever the order', async () => {
    const values = [double(1e16), double(1), double(-1e16), int(3)];
    const [sum] = await group(
      values.map((v) => ({ v })),
      { value: { $sum: '$v' } },
    );
    expect(typed((sum as { value: unknown }).value)).toBe(typed(double(4)));
  });

  it('longs keep every digit, and become doubles when they overflow', async () => {
    const of = async (...v: unknown[]) => {
      const [sum] = await group(
        v.map((x) => ({ v: x })),
        { value: { $sum: '$v' } },
      );
      return typed((sum as { value: unknown }).value);
    };
    expect(await of(long('9007199254740993'), int(1))).toBe(typed(long('9007199254740994')));
    expect(await of(int(2147483647), int(1))).toBe(typed(long('2147483648')));
    expect(await of(long('9223372036854775807'), int(1))).toBe(typed(double(2 ** 63)));
    expect(await of(decimal('0.10'), decimal('0.20'), int(1))).toBe(typed(decimal('1.30')));
  });

  it.each<[object, number]>([
    [{ $group: {} }, 15955],
    [{ $group: { _id: null, a: 1 } }, 40234],
    [{ $group: { _id: null, a: { $frobnicate: 1 } } }, 15952],
    [{ $group: { _id: null, a: { $subtract: [1, 2] } } }, 15952],
    [{ $group: { _id: null, a: { $sum: 1, $avg: 1 } } }, 40238],
    [{ $group: { _id: null, a: { $sum: [1, 2] } } }, 40237],
    [{ $group: { _id: null, 'a.b': { $sum: 1 } } }, 40235],
    [{ $group: { _id: null, a: { $firstN: { input: '$v', n: 0 } } } }, 5787908],
  ])('%j is refused with %d', async (stage, code) => {
    expect(await pipelines.failure(docs, [stage])).toBe(code);
  });
});
