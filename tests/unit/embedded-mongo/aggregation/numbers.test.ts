import { decimal, double, int, long, Pipelines, typed } from './support';

const pipelines = new Pipelines();

const doc = {
  i: int(7),
  neg: int(-7),
  l: long('9007199254740993'),
  max: long('9223372036854775807'),
  min: long('-9223372036854775808'),
  d: double(2.5),
  whole: double(4),
  dec: decimal('1.10'),
  s: 'text',
  n: null,
  nan: NaN,
  inf: Infinity,
  date: new Date(1000),
};

describe('arithmetic gives the types MongoDB gives', () => {
  it.each<[unknown, unknown]>([
    [{ $add: ['$i', 1] }, int(8)],
    [{ $add: [int(2147483647), int(1)] }, long('2147483648')],
    [{ $add: ['$l', int(1)] }, long('9007199254740994')],
    [{ $add: ['$max', int(1)] }, double(2 ** 63)],
    [{ $add: ['$whole', int(1)] }, double(5)],
    [{ $add: ['$dec', double(0.1)] }, decimal('1.20')],
    [{ $add: ['$date', int(5)] }, new Date(1005)],
    [{ $add: ['$i', '$n'] }, null],
    [{ $add: ['$i', '$missing'] }, null],
    [{ $add: [] }, int(0)],
    [{ $subtract: ['$l', int(1)] }, long('9007199254740992')],
    [{ $subtract: ['$min', int(1)] }, double(-(2 ** 63))],
    [{ $subtract: ['$date', new Date(400)] }, long(600)],
    [{ $subtract: ['$date', long(400)] }, new Date(600)],
    [{ $subtract: [decimal('1'), decimal('0.10')] }, decimal('0.90')],
    [{ $multiply: ['$l', int(2)] }, long('18014398509481986')],
    [{ $multiply: [int(65536), int(65536)] }, long('4294967296')],
    [{ $multiply: ['$max', int(2)] }, double(2 ** 64)],
    [{ $divide: [int(6), int(2)] }, double(3)],
    [{ $divide: [int(1), decimal('3')] }, decimal('0.3333333333333333333333333333333333')],
    [{ $divide: [decimal('2'), decimal('3')] }, decimal('0.6666666666666666666666666666666667')],
    [{ $divide: [decimal('1.00'), decimal('8')] }, decimal('0.125')],
    [{ $mod: ['$neg', int(3)] }, int(-1)],
    [{ $mod: ['$l', int(10)] }, long(3)],
    [{ $mod: ['$d', int(2)] }, double(0.5)],
    [{ $mod: [decimal('5.5'), int(2)] }, decimal('1.5')],
    [{ $abs: '$neg' }, int(7)],
    [{ $abs: int(-2147483648) }, long('2147483648')],
    [{ $abs: decimal('-1.50') }, decimal('1.50')],
    [{ $ceil: '$d' }, double(3)],
    [{ $floor: decimal('-1.5') }, decimal('-2')],
    [{ $floor: '$l' }, long('9007199254740993')],
    [{ $round: ['$d'] }, double(2)],
    [{ $round: [double(3.5), 0] }, double(4)],
    [{ $round: [double(2.675), 2] }, double(2.67)],
    [{ $round: [int(1250), -2] }, int(1200)],
    [{ $round: [decimal('1.255'), 2] }, decimal('1.26')],
    [{ $trunc: [double(-2.78), 1] }, double(-2.7)],
    [{ $trunc: ['$neg', -1] }, int(0)],
    [{ $sqrt: int(16) }, double(4)],
    [{ $sqrt: decimal('2') }, decimal('1.414213562373095048801688724209698')],
    [{ $sqrt: decimal('6.25') }, decimal('2.5')],
    [{ $pow: [int(2), int(10)] }, int(1024)],
    [{ $pow: [int(2), int(40)] }, long('1099511627776')],
    [{ $pow: [int(2), int(-1)] }, double(0.5)],
    [{ $pow: [int(10), int(19)] }, double(1e19)],
    [{ $pow: [decimal('1.1'), int(2)] }, decimal('1.21')],
    [{ $exp: int(0) }, double(1)],
    [{ $exp: decimal('1') }, decimal('2.718281828459045235360287471352662')],
    [{ $ln: decimal('2') }, decimal('0.6931471805599453094172321214581766')],
    [{ $ln: int(1) }, double(0)],
    [{ $log10: decimal('1000') }, decimal('3')],
    [{ $log: [int(8), int(2)] }, double(3)],
    [{ $sin: int(0) }, double(0)],
    [{ $degreesToRadians: int(180) }, double(Math.PI)],
    [{ $bitAnd: [int(6), int(3)] }, int(2)],
    [{ $bitOr: [int(6), long(1)] }, long(7)],
    [{ $bitNot: int(5) }, int(-6)],
    [{ $sqrt: '$n' }, null],
    [{ $max: [int(3), double(3.5), '$n'] }, double(3.5)],
    [{ $sum: [int(1), long(2)] }, long(3)],
    [{ $sum: [['a', int(1), int(2)]] }, int(3)],
    [{ $avg: [int(1), int(2)] }, double(1.5)],
    [{ $stdDevPop: [int(1), int(3)] }, double(1)],
  ])('%j', async (expression, expected) => {
    expect(typed(await pipelines.evaluate(expression, doc))).toBe(typed(expected));
  });

  it.each<[unknown, number]>([
    [{ $divide: ['$i', 0] }, 2],
    [{ $divide: ['$dec', 0] }, 2],
    [{ $mod: ['$i', 0] }, 16610],
    [{ $add: ['$i', '$s'] }, 14],
    [{ $add: ['$date', '$date'] }, 16612],
    [{ $subtract: ['$i', '$s'] }, 14],
    [{ $subtract: [1] }, 16020],
    [{ $multiply: ['$s', 1] }, 14],
    [{ $abs: '$s' }, 28765],
    [{ $abs: '$min' }, 28680],
    [{ $sqrt: '$neg' }, 28714],
    [{ $ln: 0 }, 28766],
    [{ $log: [1, 1] }, 28759],
    [{ $pow: [0, -1] }, 28764],
    [{ $round: ['$i', 200] }, 51083],
    [{ $sin: '$inf' }, 50989],
    [{ $sin: '$dec' }, 2],
    [{ $bitAnd: ['$d'] }, 14],
    [{ $frobnicate: 1 }, 168],
    ['$$nothing', 17276],
    ['$a..b', 15998],
    [{ $add: 1, $subtract: 2 }, 15983],
  ])('%j is refused with %d', async (expression, code) => {
    expect(await pipelines.failure([doc], [{ $project: { value: expression } }])).toBe(code);
  });
});

describe('values pass through unchanged', () => {
  it.each<[string, object[]]>([
    ['$addFields', [{ $addFields: { more: 1 } }, { $unset: 'more' }]],
    [
      '$group and $push',
      [
        { $group: { _id: null, all: { $push: '$$ROOT' } } },
        { $unwind: '$all' },
        { $replaceWith: '$all' },
      ],
    ],
    [
      '$facet',
      [{ $facet: { f: [{ $match: {} }] } }, { $unwind: '$f' }, { $replaceRoot: { newRoot: '$f' } }],
    ],
    [
      '$sort after a computing stage',
      [{ $addFields: { x: 1 } }, { $sort: { i: 1 } }, { $project: { x: 0 } }],
    ],
  ])('through %s', async (_name, pipeline) => {
    const [result] = await pipelines.run([doc], pipeline);
    expect(typed(result)).toBe(typed({ _id: int(1), ...doc }));
  });
});
