import { itOwn, Long, TestDatabase } from '../support';

const database = new TestDatabase();
beforeAll(async () => {
  await database.start();
  const collection = database.db.collection<{ _id: number }>('c');
  await collection.insertMany([{ _id: 1 }, { _id: 2 }]);
  await collection.createIndex({ a: 1 }, { name: 'a' });
});
afterAll(() => database.stop());

const send = (command: object) =>
  database.db.command(command).then(
    () => 'carried out',
    (error: { code: number }) => error.code,
  );

type Row = [what: string, command: object, code: number];

/** What MongoDB refuses, too. */
const wrong: Row[] = [
  ['an unknown command', { tellMeAStory: 1 }, 59],
  ['an unknown filter operator', { find: 'c', filter: { a: { $near2: 1 } } }, 2],
  ['an unknown top-level operator', { find: 'c', filter: { $every: [] } }, 2],
  ['$in without a list', { find: 'c', filter: { a: { $in: 1 } } }, 2],
  ['an empty $or', { find: 'c', filter: { $or: [] } }, 2],
  ['$or without a list', { find: 'c', filter: { $or: 1 } }, 2],
  ['a broken regular expression', { find: 'c', filter: { a: { $regex: '(' } } }, 51091],
  ['a filter that is no document', { find: 'c', filter: 1 }, 14],
  ['a sort that is no direction', { find: 'c', sort: { a: 2 } }, 15975],
  ['a negative skip', { find: 'c', skip: -1 }, 2],
  ['mixed projections', { find: 'c', projection: { a: 1, b: 0 } }, 31254],
  ['a hint on no index', { find: 'c', hint: 'nowhere' }, 2],
  ['a cursor nobody opened', { getMore: Long.fromNumber(77), collection: 'c' }, 43],
  ['a batch of no documents', { insert: 'c', documents: [] }, 16],
  ['a batch of no updates', { update: 'c', updates: [] }, 16],
  [
    'findAndModify with update and remove',
    { findAndModify: 'c', update: { $set: { a: 1 } }, remove: true },
    9,
  ],
  ['findAndModify without either', { findAndModify: 'c', query: {} }, 9],
  ['changing the _id', { findAndModify: 'c', query: { _id: 1 }, update: { $set: { _id: 9 } } }, 66],
  [
    'changing one field twice',
    { findAndModify: 'c', query: { _id: 1 }, update: { $set: { a: 1 }, $inc: { a: 1 } } },
    40,
  ],
  [
    'an unknown update operator',
    { findAndModify: 'c', query: { _id: 1 }, update: { $add: { a: 1 } } },
    9,
  ],
  [
    'an array filter nobody uses',
    { findAndModify: 'c', query: { _id: 1 }, update: { $set: { a: 1 } }, arrayFilters: [{ x: 1 }] },
    9,
  ],
  [
    'an array filter that is missing',
    { findAndModify: 'c', query: { _id: 1 }, update: { $set: { 'a.$[x]': 1 } } },
    2,
  ],
  ['an unknown stage', { aggregate: 'c', pipeline: [{ $dream: {} }], cursor: {} }, 40324],
  [
    'a stage of two fields',
    { aggregate: 'c', pipeline: [{ $match: {}, $limit: 1 }], cursor: {} },
    40323,
  ],
  [
    '$out before the end',
    { aggregate: 'c', pipeline: [{ $out: 'x' }, { $match: {} }], cursor: {} },
    40601,
  ],
  ['a limit of zero', { aggregate: 'c', pipeline: [{ $limit: 0 }], cursor: {} }, 15958],
  ['an index without keys', { createIndexes: 'c', indexes: [{ key: {}, name: 'x' }] }, 67],
  ['an index without a name', { createIndexes: 'c', indexes: [{ key: { x: 1 } }] }, 9],
  [
    'an index with a direction of 0',
    { createIndexes: 'c', indexes: [{ key: { x: 0 }, name: 'x' }] },
    67,
  ],
  [
    'an index sparse and partial',
    {
      createIndexes: 'c',
      indexes: [{ key: { x: 1 }, name: 'x', sparse: true, partialFilterExpression: { x: 1 } }],
    },
    67,
  ],
  [
    'a unique hashed index',
    { createIndexes: 'c', indexes: [{ key: { x: 'hashed' }, name: 'x', unique: true }] },
    16764,
  ],
  [
    'a TTL on two fields',
    { createIndexes: 'c', indexes: [{ key: { x: 1, y: 1 }, name: 'x', expireAfterSeconds: 1 }] },
    67,
  ],
  [
    'the same name for other keys',
    { createIndexes: 'c', indexes: [{ key: { b: 1 }, name: 'a' }] },
    86,
  ],
  [
    'the same keys with other options',
    { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a', unique: true }] },
    86,
  ],
  ['dropping what is not there', { dropIndexes: 'c', index: 'nowhere' }, 27],
  ['dropping the index of _id', { dropIndexes: 'c', index: '_id_' }, 72],
  ['a collection that exists with other options', { create: 'c', capped: true, size: 4096 }, 48],
  ['capped without a size', { create: 'd', capped: true }, 72],
  ['a collection name with a dollar', { create: 'a$b' }, 73],
  ['an empty collection name', { find: '' }, 73],
  ['indexes of nothing', { listIndexes: 'nowhere' }, 26],
  ['collMod of nothing', { collMod: 'nowhere' }, 26],
  [
    'a partial index by $ne',
    {
      createIndexes: 'c',
      indexes: [{ key: { x: 1 }, name: 'x', partialFilterExpression: { x: { $ne: 1 } } }],
    },
    67,
  ],
];

/** What MongoDB can and this database cannot: refused, never ignored. */
const missing: Row[] = [
  ['$where', { find: 'c', filter: { $where: 'true' } }, 2],
  ['$text', { find: 'c', filter: { $text: { $search: 'a' } } }, 2],
  ['$jsonSchema', { find: 'c', filter: { $jsonSchema: {} } }, 2],
  ['a tailable cursor', { find: 'c', tailable: true }, 2],
  ['a text index', { createIndexes: 'c', indexes: [{ key: { x: 'text' }, name: 'x' }] }, 67],
  ['a wildcard index', { createIndexes: 'c', indexes: [{ key: { '$**': 1 }, name: 'x' }] }, 67],
  [
    'an index with a collation',
    { createIndexes: 'c', indexes: [{ key: { x: 1 }, name: 'x', collation: { locale: 'de' } }] },
    67,
  ],
  ['a view', { create: 'v', viewOn: 'c', pipeline: [] }, 2],
  ['a time series', { create: 'v', timeseries: { timeField: 't' } }, 2],
  ['a validator', { create: 'v', validator: { a: 1 } }, 2],
  ['a clustered collection', { create: 'v', clusteredIndex: { key: { _id: 1 }, unique: true } }, 2],
  ['a collection with a collation', { create: 'v', collation: { locale: 'de' } }, 2],
  ['a user', { createUser: 'u', pwd: 'p', roles: [] }, 59],
  ['map-reduce', { mapReduce: 'c', map: '', reduce: '', out: { inline: 1 } }, 59],
  ['sharding', { enableSharding: 'c' }, 59],
];

describe('what is wrong is refused with the code MongoDB has for it', () => {
  it.each(wrong)('%s', async (_, command, code) => expect(await send(command)).toBe(code));
});

describe('what is not there is refused, never silently ignored', () => {
  for (const [what, command, code] of missing)
    itOwn(what, async () => expect(await send(command)).toBe(code));

  itOwn('and leaves nothing behind', async () => {
    const names = await database.db.listCollections().toArray();
    expect(names.map((c) => c.name)).toEqual(['c']);
    const indexes = await database.db.collection('c').indexes();
    expect(indexes.map((i) => i.name)).toEqual(['_id_', 'a']);
  });
});
