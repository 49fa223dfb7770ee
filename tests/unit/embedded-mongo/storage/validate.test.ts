import { bsonProblem } from '../../../../server/embedded-mongo/src/bson/check';
import { documentKey, treePrefix } from '../../../../server/embedded-mongo/src/storage/keys';
import { LmdbStore } from '../../../../server/embedded-mongo/src/storage/lmdb-store';
import { readCatalog } from '../../../../server/embedded-mongo/src/storage/stored-catalog';
import type { Collection } from '../../../../server/embedded-mongo/src/storage/catalog';
import mongoose from 'mongoose';
import { Decimal128, TestDatabase, itOwn } from '../support';

const { BSON } = mongoose.mongo;

/** A collection with every kind of index, written to in every way. */
async function fill(own: TestDatabase): Promise<void> {
  const items = own.db.collection<any>('items');
  await items.createIndex({ n: 1, 'tags.name': -1 });
  await items.createIndex({ code: 1 }, { unique: true, sparse: true });
  await items.createIndex({ at: '2dsphere' });
  await items.createIndex({ n: -1 }, { partialFilterExpression: { n: { $gt: 50 } } });
  await items.createIndex({ long: 1 });
  await items.insertMany(
    Array.from({ length: 300 }, (_, i) => ({
      _id: i,
      n: i % 100,
      tags: [{ name: `a${i % 7}` }, { name: 'b' }],
      at: { type: 'Point', coordinates: [i / 10, 20] },
      long: 'x'.repeat(i === 7 ? 5000 : 10),
      ...(i % 2 ? { code: `c${i}` } : {}),
    })),
  );
  await items.updateMany({ n: { $lt: 20 } }, { $inc: { n: 60 }, $set: { tags: [] } });
  await items.deleteMany({ n: 99 });
}

/** Changes the stored bytes while nobody serves them. */
async function tamper(
  own: TestDatabase,
  change: (
    c: Collection,
    put: (tree: 'docs' | 'idx', key: Buffer, v: Buffer | null) => void,
  ) => void,
): Promise<void> {
  await own.whileStopped(async (folder) => {
    const store = new LmdbStore(folder);
    const collection = readCatalog(store).collections.find((c) => c.ns === 'town.items')!;
    await store.commit((put) => change(collection, put));
    await store.close();
  });
}

describe('validate', () => {
  itOwn('finds nothing wrong with what ordinary writes leave, also while they go on', () =>
    TestDatabase.use(async (own) => {
      await fill(own);
      const report = await own.db.command({ validate: 'items', full: true });
      expect(report).toMatchObject({ ok: 1, ns: 'town.items', valid: true, nIndexes: 6 });
      expect(report.nrecords).toBe(297);
      expect(report.keysPerIndex).toMatchObject({ _id_: 297, code_1: 147 });
      const items = own.db.collection<any>('items');
      const writing = Array.from({ length: 50 }, (_, i) => items.insertOne({ n: 1000 + i }));
      const reports = await Promise.all([
        own.db.command({ validate: 'items' }),
        own.db.command({ validate: 'items' }),
        ...writing,
      ]);
      expect(reports.slice(0, 2)).toMatchObject([{ valid: true }, { valid: true }]);
    }),
  );

  itOwn('refuses what does not exist and what it cannot do', () =>
    TestDatabase.use(async (own) => {
      await expect(own.db.command({ validate: 'nothing' })).rejects.toMatchObject({ code: 26 });
      await own.db.collection('items').insertOne({});
      await expect(own.db.command({ validate: 'items', repair: true })).rejects.toMatchObject({
        code: 2,
      });
    }),
  );

  it.each<[string, Parameters<typeof tamper>[1], RegExp, string | undefined]>([
    [
      'a missing document',
      (c, put) => put('docs', documentKey(c.id, 3), null),
      /entry of record 3, which does not exist/,
      '_id_',
    ],
    [
      'a document cut short',
      (c, put) => put('docs', documentKey(c.id, 3), Buffer.from([40, 0, 0, 0, 16, 97, 0])),
      /record 3: not a document/,
      undefined,
    ],
    [
      'a document that is not what its entries say',
      (c, put) => put('docs', documentKey(c.id, 3), Buffer.from(BSON.serialize({ _id: 5, n: -5 }))),
      /record 3: its entry in index _id_ is another's/,
      '_id_',
    ],
    [
      'an entry too many',
      (c, put) =>
        put(
          'idx',
          Buffer.concat([treePrefix(c.indexes[1]!.id), Buffer.from('zz')]),
          documentKey(c.id, 3).subarray(4),
        ),
      /index n_1_tags\.name_-1: entry that record 3 does not call for/,
      'n_1_tags.name_-1',
    ],
  ])('finds %s', async (_, change, message, index) =>
    TestDatabase.use(async (own) => {
      await fill(own);
      await tamper(own, change);
      const report = await own.db.command({ validate: 'items', full: true });
      expect(report.valid).toBe(false);
      expect(report.errors.join('\n')).toMatch(message);
      if (index) expect(report.indexDetails[index]).toEqual({ valid: false });
    }),
  );
});

describe('the check of stored bytes', () => {
  const whole = Buffer.from(
    BSON.serialize({
      double: 1.5,
      text: 'wörd',
      object: { a: [1, { b: null }] },
      binary: Buffer.from('ab'),
      id: new BSON.ObjectId(),
      yes: true,
      date: new Date(5),
      regex: /a/i,
      code: new BSON.Code('x', { y: 1 }),
      int: 1,
      time: new BSON.Timestamp({ t: 1, i: 2 }),
      long: BSON.Long.fromString('5'),
      decimal: Decimal128.fromString('1.5'),
      min: new BSON.MinKey(),
      max: new BSON.MaxKey(),
    }),
  );

  it('accepts every type', () => {
    expect(bsonProblem(whole)).toBeUndefined();
  });

  it('notices each way of cutting it, and never throws or hangs on a changed byte', () => {
    for (let end = 0; end < whole.length; end++)
      expect(bsonProblem(whole.subarray(0, end))).toBeDefined();
    for (let at = 0; at < whole.length; at++)
      for (const byte of [0, 1, 0x7f, 0x80, 0xff]) {
        const changed = Buffer.from(whole);
        changed[at] = byte;
        bsonProblem(changed);
      }
  });

  it('says what is wrong', () => {
    expect(bsonProblem(Buffer.from([6, 0, 0, 0, 0x42, 0]))).toMatch(/unterminated|over the end/);
    expect(bsonProblem(Buffer.from([5, 0, 0, 0, 1]))).toMatch(/terminator/);
    expect(bsonProblem(Buffer.concat([whole, Buffer.alloc(1)]))).toMatch(/1 bytes after/);
  });
});
