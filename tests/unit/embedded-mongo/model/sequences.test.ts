import fc from 'fast-check';
import { ObjectId, TestDatabase } from '../support';
import { filter, sort } from './arbitraries';
import { ModelCollection } from './collection';
import { step } from './steps';

// Many runs: slower than the default allows on a busy machine.
jest.setTimeout(60_000 + 1000 * Number(process.env['MODEL_RUNS'] ?? 50));

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

type Real = ReturnType<typeof database.db.collection>;

const contents = (real: Real) => real.find().hint({ $natural: 1 }).toArray();

/** Documents by _id: the order of insertion is compared by the ids alone. */
async function compare(real: Real, model: ModelCollection): Promise<void> {
  const stored = await contents(real);
  expect(stored).toEqual(model.docs);
}

describe('any sequence of commands', () => {
  it('does what an independent model of MongoDB does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 25 }),
        fc.array(fc.tuple(filter, sort), { maxLength: 6 }),
        async (steps, queries) => {
          const real = database.db.collection(`s${new ObjectId().toHexString()}`);
          const model = new ModelCollection();
          for (const run of steps) {
            await run(real, model);
            await compare(real, model);
          }
          for (const [f, order] of queries)
            expect(
              await real
                .find(f as never)
                .sort(order)
                .toArray(),
            ).toEqual(model.find(f, order));
          expect(await real.estimatedDocumentCount()).toBe(model.docs.length);
          const report = await database.db
            .command({ validate: real.collectionName, full: true })
            .catch((error: { code: number }) => ({ valid: error.code === 26, errors: [] }));
          expect(report).toMatchObject({ valid: true, errors: [] });
        },
      ),
      { numRuns: Number(process.env['MODEL_RUNS'] ?? 50) },
    );
  });
});
