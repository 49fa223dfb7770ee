import fc from 'fast-check';
import { ObjectId, TestDatabase, ids } from '../support';
import { filter, index, mixedCondition, mixedFields, sort } from './arbitraries';
import { ModelCollection, type Doc } from './collection';
import type { Refused } from './updating';

// Many runs: slower than the default allows on a busy machine.
jest.setTimeout(60_000 + 1000 * Number(process.env['MODEL_RUNS'] ?? 60));

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

type Real = ReturnType<typeof database.db.collection>;

/** Builds indexes and inserts what they take; the model refuses what the server refuses. */
async function fill(
  real: Real,
  model: ModelCollection,
  indexes: readonly (typeof index extends fc.Arbitrary<infer T> ? T : never)[],
  docs: readonly Doc[],
): Promise<void> {
  for (const { key, ...options } of indexes) {
    await real.createIndex(key, options);
    model.addIndex({ key, ...options });
  }
  for (const doc of docs) {
    let code: number | undefined;
    try {
      model.insert(doc);
    } catch (error) {
      code = (error as Refused).code;
    }
    const told = await real.insertOne({ ...doc } as never).then(
      () => undefined,
      (error: { code: number }) => error.code,
    );
    expect(told).toBe(code);
  }
}

const someIndexes = fc.uniqueArray(index, {
  maxLength: 3,
  selector: ({ key, partialFilterExpression }) => JSON.stringify([key, partialFilterExpression]),
});

describe('any query', () => {
  it('finds what the model finds, through every index and in the order asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(mixedFields, { maxLength: 14 }),
        someIndexes,
        fc.array(fc.tuple(fc.oneof(filter, mixedCondition), sort, fc.nat({ max: 3 })), {
          minLength: 3,
          maxLength: 10,
        }),
        async (fields, indexes, queries) => {
          const real = database.db.collection(`q${new ObjectId().toHexString()}`);
          const model = new ModelCollection();
          await fill(
            real,
            model,
            indexes,
            fields.map((f, _id) => ({ _id, ...f })),
          );
          for (const [where, order, skip] of queries) {
            const wanted = ids(model.find(where, order));
            const find = () => real.find(where as never);
            expect(ids(await find().sort(order).toArray())).toEqual(wanted);
            expect(ids(await find().sort(order).skip(skip).limit(4).toArray())).toEqual(
              wanted.slice(skip, skip + 4),
            );
            expect(new Set(ids(await find().toArray()))).toEqual(new Set(wanted));
            expect(await real.countDocuments(where as never)).toBe(wanted.length);
          }
          await real.drop().catch(() => undefined);
        },
      ),
      { numRuns: Number(process.env['MODEL_RUNS'] ?? 60) },
    );
  });
});
