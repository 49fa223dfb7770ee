import fc from 'fast-check';
import { ObjectId, TestDatabase, ids } from '../support';

// Processes and many runs: slower than the default allows on a busy machine.
jest.setTimeout(60_000);

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

interface Doc {
  _id: number;
  a?: unknown;
  b?: unknown;
}

const scalar = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('', 'a', 'ab', 'b', '长', null, true, 1.5, new Date(0), new Date(5)),
);
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
);
const fields = fc.record({ a: value, b: value }, { requiredKeys: [] });

const condition = fc.oneof(
  scalar,
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc
    .record({ $gt: scalar, $lte: scalar }, { requiredKeys: [] })
    .filter((c) => Object.keys(c).length > 0),
  fc
    .record({ $gte: scalar, $lt: scalar }, { requiredKeys: [] })
    .filter((c) => Object.keys(c).length > 0),
  fc.record({ $ne: scalar }),
  fc.record({ $exists: fc.boolean() }),
);
const filter = fc.record({ a: condition, b: condition }, { requiredKeys: [] });
const sort = fc.constantFrom({}, { a: 1, _id: 1 }, { a: -1, _id: 1 }, { b: 1, a: -1, _id: 1 });
const indexes = fc.subarray([{ a: 1 }, { a: -1, b: 1 }, { b: 1 }, { b: 1, a: -1 }] as Record<
  string,
  1 | -1
>[]);

describe('any query', () => {
  it('finds the same through every index as by a scan, in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fields, { maxLength: 12 }),
        indexes,
        fc.array(fc.tuple(filter, sort), { minLength: 1, maxLength: 6 }),
        async (docs, keys, queries) => {
          const collection = database.db.collection<Doc>(`m${new ObjectId().toHexString()}`);
          for (const key of keys) await collection.createIndex(key);
          for (const [i, doc] of docs.entries())
            // Two arrays in one compound index are refused: such documents stay out.
            await collection
              .insertOne({ _id: i, ...doc })
              .catch((e: { code: number }) => expect(e.code).toBe(171));
          for (const [query, order] of queries) {
            const scan = ids(
              await collection
                .find(query as object)
                .sort(order as never)
                .hint({ $natural: 1 })
                .toArray(),
            );
            const planned = ids(
              await collection
                .find(query as object)
                .sort(order as never)
                .toArray(),
            );
            if (Object.keys(order).length) expect(planned).toEqual(scan);
            else expect(new Set(planned)).toEqual(new Set(scan));
            expect(await collection.countDocuments(query as object)).toBe(scan.length);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** What a tiny database in memory would do. */
class Model {
  readonly docs = new Map<number, Record<string, unknown>>();

  insert(id: number, n: number): boolean {
    if (this.docs.has(id)) return false;
    this.docs.set(id, { _id: id, n });
    return true;
  }

  where(min: number) {
    return [...this.docs.values()].filter((d) => (d.n as number) >= min);
  }
}

const id = fc.integer({ min: 0, max: 9 });
const small = fc.integer({ min: 0, max: 5 });
const operation = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), id, n: small }),
  fc.record({ kind: fc.constant('increment' as const), id, n: small }),
  fc.record({ kind: fc.constant('upsert' as const), id, n: small }),
  fc.record({ kind: fc.constant('updateMany' as const), id, n: small }),
  fc.record({ kind: fc.constant('deleteMany' as const), id, n: small }),
  fc.record({ kind: fc.constant('delete' as const), id, n: small }),
);

describe('any sequence of writes', () => {
  it('leaves what a simple model would', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 25 }), async (operations) => {
        const collection = database.db.collection<Doc & { n: number }>(
          `w${new ObjectId().toHexString()}`,
        );
        await collection.createIndex({ n: 1 });
        const model = new Model();
        for (const { kind, id: key, n } of operations) {
          const known = model.docs.get(key) as { n: number } | undefined;
          if (kind === 'insert') {
            const done = await collection.insertOne({ _id: key, n }).then(
              () => true,
              () => false,
            );
            expect(done).toBe(model.insert(key, n));
          } else if (kind === 'increment') {
            const { modifiedCount } = await collection.updateOne({ _id: key }, { $inc: { n } });
            expect(modifiedCount).toBe(known && n ? 1 : 0);
            if (known) known.n += n;
          } else if (kind === 'upsert') {
            await collection.updateOne({ _id: key }, { $set: { n } }, { upsert: true });
            if (known) known.n = n;
            else model.insert(key, n);
          } else if (kind === 'updateMany') {
            const { matchedCount } = await collection.updateMany(
              { n: { $gte: n } },
              { $inc: { n: 1 } },
            );
            const hit = model.where(n);
            expect(matchedCount).toBe(hit.length);
            for (const doc of hit) (doc as { n: number }).n++;
          } else if (kind === 'deleteMany') {
            const hit = model.where(n + 3);
            expect((await collection.deleteMany({ n: { $gte: n + 3 } })).deletedCount).toBe(
              hit.length,
            );
            for (const doc of hit) model.docs.delete(doc._id as number);
          } else {
            expect((await collection.deleteOne({ _id: key })).deletedCount).toBe(known ? 1 : 0);
            model.docs.delete(key);
          }
        }
        const expected = [...model.docs.values()].sort(
          (x, y) => (x._id as number) - (y._id as number),
        );
        expect(await collection.find().sort({ _id: 1 }).toArray()).toEqual(expected);
        expect(await collection.estimatedDocumentCount()).toBe(expected.length);
        expect(await collection.countDocuments({ n: { $gte: 0 } })).toBe(expected.length);
      }),
      { numRuns: 40 },
    );
  });
});
