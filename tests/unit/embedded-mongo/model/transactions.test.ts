import fc from 'fast-check';
import { ObjectId, TestDatabase, type Client } from '../support';
import { fields, filter, sort, update } from './arbitraries';
import { ModelCollection, isSame, type Doc, type Sort } from './collection';
import { updated, type Update } from './updating';
import type { Fields } from './values';

jest.setTimeout(120_000);

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

type Real = ReturnType<typeof database.db.collection>;
type Session = ReturnType<Client['startSession']>;

interface Write {
  kind: 'insert' | 'update' | 'delete';
  id: number;
  fields: Fields;
  update: Update;
}

/** A transaction and the world outside, each with its own idea of the data. */
class World {
  base = new ModelCollection();
  inside: ModelCollection | undefined;
  session: Session | undefined;
  /** Documents changed outside since the transaction began, and those it has written. */
  readonly changed = new Set<number>();
  readonly written = new Set<number>();

  constructor(readonly real: Real) {}

  async begin(): Promise<void> {
    if (this.session) return;
    this.session = database.client.startSession();
    this.session.startTransaction();
    // The snapshot is taken with the first command.
    await this.real.findOne({ _id: -1 } as never, { session: this.session });
    this.inside = this.base.clone();
    this.changed.clear();
    this.written.clear();
  }

  async write({ kind, id, fields: f, update: u }: Write, inside: boolean): Promise<void> {
    const model = inside ? this.inside! : this.base;
    const options = inside ? { session: this.session! } : {};
    const known = model.get(id);
    const where = { _id: id } as never;
    // Refused statements end a transaction; what is refused is the other test's matter.
    if (kind === 'insert' && !known) {
      await this.real.insertOne({ _id: id, ...structuredClone(f) } as never, options);
      model.insert({ _id: id, ...f });
    } else if (kind === 'update' && known) {
      let after: Doc;
      try {
        after = updated(known, u) as Doc;
      } catch {
        return;
      }
      const told = await this.real.updateOne(where, u, options);
      expect(told.matchedCount).toBe(1);
      if (isSame(known, after)) return;
      model.put(after);
    } else if (kind === 'delete' && known) {
      expect((await this.real.deleteOne(where, options)).deletedCount).toBe(1);
      model.remove(id);
    } else return;
    (inside ? this.written : this.changed).add(id);
  }

  /** The transaction writes what was changed since it began: it has to give up. */
  async clash(): Promise<void> {
    const id = [...this.changed].find((n) => this.inside?.get(n));
    if (!this.session || id === undefined) return;
    const late = this.real.updateOne(
      { _id: id } as never,
      { $set: { late: true } },
      { session: this.session },
    );
    await expect(late).rejects.toMatchObject({ code: 112 });
    await this.end(false);
  }

  async end(commit: boolean): Promise<void> {
    const { session, inside } = this;
    if (!session || !inside) return;
    if (commit) {
      await session.commitTransaction();
      for (const id of this.written) {
        const doc = inside.get(id);
        if (!doc) this.base.remove(id);
        else if (this.base.get(id)) this.base.put(doc);
        else this.base.insert(doc);
      }
    } else await session.abortTransaction();
    await session.endSession();
    this.session = this.inside = undefined;
  }

  async compare(where: Fields, order: Sort): Promise<void> {
    const outside = await this.real
      .find(where as never)
      .sort(order)
      .toArray();
    expect(outside).toEqual(this.base.find(where, order));
    if (!this.session) return;
    const seen = await this.real
      .find(where as never, { session: this.session })
      .sort(order)
      .toArray();
    expect(seen).toEqual(this.inside!.find(where, order));
  }
}

const write = (least: number): fc.Arbitrary<Write> =>
  fc.record({
    kind: fc.constantFrom(
      'insert' as const,
      'insert' as const,
      'update' as const,
      'delete' as const,
    ),
    id: fc.integer({ min: least, max: least + 4 }),
    fields,
    update,
  });

type Step = (world: World) => Promise<void>;
const named = (name: string, run: Step): Step =>
  Object.assign(run, { [fc.toStringMethod]: () => name });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: write(0).map((w) =>
      named(`outside ${fc.stringify(w)}`, (world) => world.write(w, false)),
    ),
  },
  {
    weight: 5,
    arbitrary: write(5).map((w) =>
      named(`inside ${fc.stringify(w)}`, async (world) => {
        await world.begin();
        await world.write(w, true);
      }),
    ),
  },
  { weight: 1, arbitrary: fc.constant(named('begin', (world) => world.begin())) },
  { weight: 1, arbitrary: fc.constant(named('clash', (world) => world.clash())) },
  {
    weight: 1,
    arbitrary: fc.boolean().map((c) => named(c ? 'commit' : 'abort', (world) => world.end(c))),
  },
);

describe('a transaction among other writes', () => {
  it('sees its start and itself, is seen when committed, and gives way to what came first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(step, filter, sort), { minLength: 8, maxLength: 30 }),
        async (steps) => {
          const real = await database.db.createCollection(`x${new ObjectId().toHexString()}`);
          await real.createIndexes([{ key: { n: 1 } }, { key: { l: -1 } }, { key: { a: -1 } }]);
          const world = new World(real);
          try {
            for (const [run, where, order] of steps) {
              await run(world);
              await world.compare(where, order);
            }
            await world.end(true);
            await world.compare({}, { _id: 1 });
            expect(await real.countDocuments()).toBe(world.base.docs.length);
          } finally {
            await world.end(false);
          }
        },
      ),
      { numRuns: Number(process.env['MODEL_RUNS'] ?? 40) },
    );
  });
});
