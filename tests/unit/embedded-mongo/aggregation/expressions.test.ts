import {
  Binary,
  BSONRegExp,
  decimal,
  double,
  int,
  long,
  ObjectId,
  Pipelines,
  Timestamp,
  typed,
} from './support';

const pipelines = new Pipelines();
const id = new ObjectId('65a000000000000000000001');

const doc = {
  i: int(1),
  d: double(1),
  l: long(1),
  s: 'héllo😀',
  list: [int(3), int(1), double(2)],
  nested: [{ a: int(1) }, { a: int(2) }, { b: int(3) }, int(4)],
  obj: { b: int(1), a: int(2) },
  n: null,
  id,
  at: new Date('2024-03-31T23:30:15.123Z'),
  stamp: new Timestamp({ t: 100, i: 7 }),
};

function table(cases: [unknown, unknown][]) {
  it.each(cases)('%j', async (expression, expected) => {
    const value = await pipelines.evaluate(expression, doc);
    if (expected === undefined) expect(value).toBeUndefined();
    else expect(typed(value)).toBe(typed(expected));
  });
}

function refused(cases: [unknown, number][]) {
  it.each(cases)('%j is refused with %d', async (expression, code) => {
    expect(await pipelines.failure([doc], [{ $project: { value: expression } }])).toBe(code);
  });
}

describe('paths and literals', () => {
  table([
    ['$nested.a', [int(1), int(2)]],
    ['$nested.0', []],
    ['$missing', undefined],
    ['$i.x', undefined],
    ['$$ROOT.obj.a', int(2)],
    ['$$CURRENT.i', int(1)],
    ['$$REMOVE', undefined],
    [{ $literal: '$i' }, '$i'],
    [
      ['$i', '$missing'],
      [int(1), null],
    ],
    [{ $let: { vars: { x: '$i', y: 2 }, in: { $add: ['$$x', '$$y'] } } }, int(3)],
    [{ $mergeObjects: ['$obj', null, { c: '$l' }] }, { b: int(1), a: int(2), c: long(1) }],
  ]);
  refused([
    [{ $let: { vars: { X: 1 }, in: 1 } }, 9],
    [{ $mergeObjects: ['$i'] }, 40400],
  ]);
});

describe('comparison, truth and choice', () => {
  table([
    [{ $eq: ['$i', '$d'] }, true],
    [
      {
        $eq: [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      },
      false,
    ],
    [{ $eq: ['$missing', null] }, false],
    [{ $lt: ['$missing', null] }, true],
    [{ $gt: ['a', 5] }, true],
    [{ $gt: [long('9007199254740993'), double(9007199254740992)] }, true],
    [{ $eq: [decimal('0.1'), double(0.1)] }, false],
    [{ $cmp: [1, 2] }, int(-1)],
    [{ $and: [] }, true],
    [{ $and: ['$i', ''] }, true],
    [{ $and: [decimal('0.0')] }, false],
    [{ $or: ['$missing', null, 0] }, false],
    [{ $not: [[]] }, false],
    [{ $or: [true, { $divide: [1, '$missing'] }] }, true],
    [{ $cond: ['$n', 'yes', 'no'] }, 'no'],
    [{ $cond: { if: '$i', then: '$l', else: 0 } }, long(1)],
    [{ $ifNull: ['$n', '$missing', '$d'] }, double(1)],
    [
      { $switch: { branches: [{ case: { $eq: ['$i', 1] }, then: 'one' }], default: 'other' } },
      'one',
    ],
  ]);
  refused([
    [{ $cond: { if: 1, then: 2 } }, 17082],
    [{ $switch: { branches: [{ case: false, then: 1 }] } }, 40066],
    [{ $ifNull: [1] }, 1257300],
  ]);
});

describe('types and conversion', () => {
  table([
    [{ $type: '$d' }, 'double'],
    [{ $type: '$missing' }, 'missing'],
    [{ $isNumber: '$l' }, true],
    [{ $toInt: double(3.9) }, int(3)],
    [{ $toInt: '42' }, int(42)],
    [{ $toLong: '9223372036854775807' }, long('9223372036854775807')],
    [{ $toLong: '$at' }, long(doc.at.getTime())],
    [{ $toDouble: '2' }, double(2)],
    [{ $toDouble: true }, double(1)],
    [{ $toDecimal: '1.50' }, decimal('1.50')],
    [{ $toDecimal: double(0.1) }, decimal('0.1')],
    [{ $toString: double(1) }, '1'],
    [{ $toString: double(0.1) }, '0.1'],
    [{ $toString: double(1e20) }, '1e+20'],
    [{ $toString: '$id' }, '65a000000000000000000001'],
    [{ $toString: '$at' }, '2024-03-31T23:30:15.123Z'],
    [{ $toString: decimal('1.50') }, '1.50'],
    [{ $toBool: 'false' }, true],
    [{ $toBool: 0 }, false],
    [{ $toObjectId: '65a000000000000000000001' }, id],
    [{ $toDate: long(1000) }, new Date(1000)],
    [{ $toDate: '$id' }, id.getTimestamp()],
    [{ $toDate: '2024-01-02' }, new Date('2024-01-02T00:00:00Z')],
    [{ $toDate: '2024-01-02T03:04:05+0800' }, new Date('2024-01-01T19:04:05Z')],
    [{ $convert: { input: 'x', to: 'int', onError: 'bad' } }, 'bad'],
    [{ $convert: { input: '$n', to: 'int', onNull: 0 } }, int(0)],
    [{ $convert: { input: '5', to: 18 } }, long(5)],
    [{ $toInt: '$n' }, null],
  ]);
  refused([
    [{ $toInt: '1.5' }, 241],
    [{ $toInt: double(3e9) }, 241],
    [{ $toInt: NaN }, 241],
    [{ $toLong: '9223372036854775808' }, 241],
    [{ $toDate: int(5) }, 241],
    [{ $toDate: 'next week' }, 241],
    [{ $toObjectId: 'xyz' }, 241],
    [{ $toInt: [[1]] }, 241],
    [{ $convert: { input: 1, to: 'nothing' } }, 2],
  ]);
});

describe('arrays', () => {
  table([
    [{ $size: '$list' }, int(3)],
    [{ $arrayElemAt: ['$list', -1] }, double(2)],
    [{ $arrayElemAt: ['$list', 9] }, undefined],
    [{ $first: '$list' }, int(3)],
    [{ $last: '$missing' }, null],
    [{ $slice: ['$list', 1, 5] }, [int(1), double(2)]],
    [{ $slice: ['$list', -2] }, [int(1), double(2)]],
    [{ $in: [long(2), '$list'] }, true],
    [{ $indexOfArray: ['$list', int(2)] }, int(2)],
    [{ $range: [0, 5, 2] }, [int(0), int(2), int(4)]],
    [{ $concatArrays: ['$list', ['$l']] }, [int(3), int(1), double(2), long(1)]],
    [{ $isArray: ['$list'] }, true],
    [{ $reverseArray: '$list' }, [double(2), int(1), int(3)]],
    [{ $sortArray: { input: '$list', sortBy: 1 } }, [int(1), double(2), int(3)]],
    [
      { $sortArray: { input: [{ a: 2 }, { a: 1 }], sortBy: { a: 1 } } },
      [{ a: int(1) }, { a: int(2) }],
    ],
    [
      { $map: { input: '$list', as: 'x', in: { $multiply: ['$$x', 2] } } },
      [int(6), int(2), double(4)],
    ],
    [{ $map: { input: '$nested', in: '$$this.a' } }, [int(1), int(2), null, null]],
    [{ $filter: { input: '$list', cond: { $gt: ['$$this', 1] }, limit: 1 } }, [int(3)]],
    [
      { $reduce: { input: '$list', initialValue: long(0), in: { $add: ['$$value', '$$this'] } } },
      double(6),
    ],
    [
      { $zip: { inputs: ['$list', ['a']], useLongestLength: true, defaults: [0, '-'] } },
      [
        [int(3), 'a'],
        [int(1), '-'],
        [double(2), '-'],
      ],
    ],
    [{ $arrayToObject: [[{ k: 'x', v: '$l' }]] }, { x: long(1) }],
    [{ $arrayToObject: { $literal: [['x', 1]] } }, { x: int(1) }],
    [
      { $objectToArray: '$obj' },
      [
        { k: 'b', v: int(1) },
        { k: 'a', v: int(2) },
      ],
    ],
    [{ $maxN: { input: '$list', n: 2 } }, [int(3), double(2)]],
    [{ $minN: { input: '$list', n: 1 } }, [int(1)]],
    [{ $firstN: { input: '$list', n: 2 } }, [int(3), int(1)]],
    [{ $lastN: { input: '$list', n: 2 } }, [int(1), double(2)]],
    [{ $setUnion: [[1, double(1)], [2]] }, [int(1), int(2)]],
    [{ $setIntersection: ['$list', [double(3), 9]] }, [int(3)]],
    [{ $setDifference: ['$list', [long(1)]] }, [int(3), double(2)]],
    [
      {
        $setEquals: [
          [1, 2, 2],
          [double(2), long(1)],
        ],
      },
      true,
    ],
    [{ $setIsSubset: [[1], '$list'] }, true],
    [{ $anyElementTrue: [[0, null]] }, false],
    [{ $allElementsTrue: [[1, 'x']] }, true],
  ]);
  refused([
    [{ $size: '$i' }, 17124],
    [{ $arrayElemAt: ['$i', 0] }, 28689],
    [{ $in: [1, '$i'] }, 40081],
    [{ $slice: ['$list', 0, 0] }, 28729],
    [{ $range: [0, 5, 0] }, 34449],
    [{ $concatArrays: ['$i'] }, 28664],
    [{ $filter: { input: '$i', cond: true } }, 28651],
    [{ $map: { input: '$i', in: 1 } }, 16883],
    [{ $setUnion: ['$i'] }, 17043],
  ]);
});

describe('strings', () => {
  table([
    [{ $concat: ['a', 'b'] }, 'ab'],
    [{ $concat: ['a', '$missing'] }, null],
    [{ $toUpper: 'abcé' }, 'ABCé'],
    [{ $toLower: int(5) }, '5'],
    [{ $strLenCP: '$s' }, int(6)],
    [{ $strLenBytes: '$s' }, int(10)],
    [{ $substrCP: ['$s', 5, 1] }, '😀'],
    [{ $substrBytes: ['$s', 0, 3] }, 'hé'],
    [{ $substr: ['$missing', 0, 3] }, ''],
    [{ $indexOfCP: ['$s', '😀'] }, int(5)],
    [{ $indexOfBytes: ['$s', 'l'] }, int(3)],
    [{ $split: ['a-b', '-'] }, ['a', 'b']],
    [{ $trim: { input: '  x ' } }, 'x'],
    [{ $ltrim: { input: 'xxa', chars: 'x' } }, 'a'],
    [{ $replaceOne: { input: 'aa', find: 'a', replacement: { $literal: '$&' } } }, '$&a'],
    [{ $replaceAll: { input: 'aa', find: 'a', replacement: 'b' } }, 'bb'],
    [{ $strcasecmp: ['A', 'b'] }, int(-1)],
    [{ $regexMatch: { input: '$s', regex: 'HÉL', options: 'i' } }, true],
    [
      { $regexFind: { input: '$s', regex: '(😀)' } },
      { match: '😀', idx: int(5), captures: ['😀'] },
    ],
    [
      { $regexFindAll: { input: 'abab', regex: new BSONRegExp('b') } },
      [
        { match: 'b', idx: int(1), captures: [] },
        { match: 'b', idx: int(3), captures: [] },
      ],
    ],
    [{ $regexFind: { input: '$n', regex: 'x' } }, null],
  ]);
  refused([
    [{ $concat: ['a', 1] }, 16702],
    [{ $strLenCP: '$n' }, 34471],
    [{ $substrBytes: ['$s', 2, 1] }, 28656],
    [{ $split: ['a', ''] }, 40087],
    [{ $toUpper: { $literal: [1] } }, 16007],
    [{ $regexMatch: { input: 1, regex: 'x' } }, 51104],
  ]);
});

describe('dates', () => {
  const shanghai = 'Asia/Shanghai';
  table([
    [{ $year: '$at' }, int(2024)],
    [{ $dayOfMonth: { date: '$at', timezone: shanghai } }, int(1)],
    [{ $hour: { date: '$at', timezone: '+0530' } }, int(5)],
    [{ $dayOfYear: '$at' }, int(91)],
    [{ $dayOfWeek: '$at' }, int(1)],
    [{ $isoDayOfWeek: '$at' }, int(7)],
    [{ $isoWeek: new Date('2021-01-03') }, int(53)],
    [{ $isoWeekYear: new Date('2021-01-03') }, long(2020)],
    [{ $week: new Date('2023-01-01') }, int(1)],
    [{ $millisecond: '$at' }, int(123)],
    [{ $year: '$id' }, int(2024)],
    [{ $month: '$n' }, null],
    [
      { $dateToString: { date: '$at', format: '%Y/%m/%d %H:%M', timezone: shanghai } },
      '2024/04/01 07:30',
    ],
    [{ $dateToString: { date: '$at' } }, '2024-03-31T23:30:15.123Z'],
    [{ $dateToString: { date: '$at', format: '%G-W%V-%u %j %z' } }, '2024-W13-7 091 +0000'],
    [{ $dateToString: { date: '$n', onNull: 'none' } }, 'none'],
    [
      { $dateFromString: { dateString: '01.02.2024', format: '%d.%m.%Y', timezone: shanghai } },
      new Date('2024-01-31T16:00:00Z'),
    ],
    [{ $dateFromString: { dateString: 'x', onError: 'bad' } }, 'bad'],
    [{ $dateFromParts: { year: 2024, month: 14, day: 0 } }, new Date('2025-01-31T00:00:00Z')],
    [{ $dateFromParts: { isoWeekYear: 2021, isoWeek: 1 } }, new Date('2021-01-04T00:00:00Z')],
    [
      { $dateToParts: { date: new Date(0), iso8601: true } },
      {
        isoWeekYear: int(1970),
        isoWeek: int(1),
        isoDayOfWeek: int(4),
        hour: int(0),
        minute: int(0),
        second: int(0),
        millisecond: int(0),
      },
    ],
    [
      { $dateAdd: { startDate: new Date('2024-01-31'), unit: 'month', amount: 1 } },
      new Date('2024-02-29'),
    ],
    [
      {
        $dateAdd: {
          startDate: new Date('2024-03-30T12:00:00Z'),
          unit: 'day',
          amount: 1,
          timezone: 'Europe/Berlin',
        },
      },
      new Date('2024-03-31T11:00:00Z'),
    ],
    [
      { $dateSubtract: { startDate: '$at', unit: 'hour', amount: 1 } },
      new Date('2024-03-31T22:30:15.123Z'),
    ],
    [
      {
        $dateDiff: {
          startDate: new Date('2024-01-31'),
          endDate: new Date('2024-02-01'),
          unit: 'month',
        },
      },
      long(1),
    ],
    [
      {
        $dateDiff: {
          startDate: new Date('2024-01-06'),
          endDate: new Date('2024-01-07'),
          unit: 'week',
        },
      },
      long(1),
    ],
    [
      {
        $dateDiff: {
          startDate: new Date('2024-01-07'),
          endDate: new Date('2024-01-08'),
          unit: 'week',
          startOfWeek: 'Monday',
        },
      },
      long(1),
    ],
    [{ $dateTrunc: { date: '$at', unit: 'quarter' } }, new Date('2024-01-01')],
    [
      { $dateTrunc: { date: '$at', unit: 'minute', binSize: 15 } },
      new Date('2024-03-31T23:30:00Z'),
    ],
    [
      { $dateTrunc: { date: '$at', unit: 'day', timezone: shanghai } },
      new Date('2024-03-31T16:00:00Z'),
    ],
    [{ $dateTrunc: { date: '$at', unit: 'week' } }, new Date('2024-03-31T00:00:00Z')],
    [{ $tsSecond: '$stamp' }, long(100)],
    [{ $tsIncrement: '$stamp' }, long(7)],
  ]);
  refused([
    [{ $year: 'x' }, 16006],
    [{ $hour: { date: '$at', timezone: 'Moon/Base' } }, 40485],
    [{ $dateToString: { date: '$at', format: '%q' } }, 18536],
    [{ $dateFromString: { dateString: 'gibberish' } }, 241],
    [{ $dateAdd: { startDate: '$at', unit: 'fortnight', amount: 1 } }, 9],
  ]);
});

describe('objects and sizes', () => {
  table([
    [{ $getField: { field: { $literal: 'a' }, input: '$obj' } }, int(2)],
    [{ $getField: 'i' }, int(1)],
    [
      { $setField: { field: 'a.b', input: '$obj', value: '$l' } },
      { b: int(1), a: int(2), 'a.b': long(1) },
    ],
    [{ $unsetField: { field: 'a', input: '$obj' } }, { b: int(1) }],
    [{ $bsonSize: '$obj' }, int(19)],
    [{ $binarySize: new Binary(Buffer.from([1, 2, 3])) }, int(3)],
    [{ $median: { input: '$list', method: 'approximate' } }, double(2)],
    [{ $percentile: { input: '$list', p: [0, 1], method: 'approximate' } }, [double(1), double(3)]],
  ]);
  refused([
    [{ $function: { body: 'x', args: [], lang: 'js' } }, 2],
    [{ $meta: 'textScore' }, 2],
  ]);
});
