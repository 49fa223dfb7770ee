import fc from 'fast-check';
import { fields, filter, id, index, sort, update } from './arbitraries';
import type { ModelCollection } from './collection';
import { isSame, type Doc, type Index } from './collection';
import type { Refused } from './updating';
import { updated, type Update } from './updating';
import type { Fields } from './values';
import type { Db } from '../support';

type Real = ReturnType<Db['collection']>;

/** One step against the real collection and the model; both must come to the same. */
export type Step = (real: Real, model: ModelCollection) => Promise<void>;

/** What came of it: a result in short, or the code of the error. */
type Outcome = { done: unknown } | { code: number };

/** A step that can be read in a counterexample. */
const named = <T>(name: string, given: fc.Arbitrary<T>, make: (given: T) => Step) =>
  given.map((value) =>
    Object.assign(make(value), { [fc.toStringMethod]: () => `${name} ${fc.stringify(value)}` }),
  );

const outcomeOf = async (act: () => unknown): Promise<Outcome> => {
  try {
    return { done: await act() };
  } catch (error) {
    const { code } = error as { code?: number };
    if (code === undefined) throw error;
    return { code };
  }
};

const both = async (real: () => Promise<unknown>, model: () => unknown): Promise<void> => {
  const expected = await outcomeOf(model);
  expect(await outcomeOf(real)).toEqual(expected);
};

const insertOne = named('insertOne', fc.record({ id, fields }), ({ id: _id, fields: f }): Step => {
  return (real, model) =>
    both(
      async () => void (await real.insertOne({ _id, ...structuredClone(f) } as never)),
      () => model.insert({ _id, ...f }),
    );
});

const insertMany = named(
  'insertMany',
  fc.record({
    docs: fc.array(fc.tuple(id, fields), { minLength: 1, maxLength: 4 }),
    ordered: fc.boolean(),
  }),
  ({ docs, ordered }): Step =>
    async (real, model) => {
      const all = docs.map(([_id, f]): Doc => ({ _id, ...f }));
      const failed: [number, number][] = [];
      for (const [i, doc] of all.entries()) {
        try {
          model.insert(doc);
        } catch (error) {
          failed.push([i, (error as Refused).code]);
          if (ordered) break;
        }
      }
      const told = await real.insertMany(structuredClone(all) as never[], { ordered }).then(
        () => [],
        (error: { writeErrors: { index: number; code: number }[] }) =>
          error.writeErrors.map((e) => [e.index, e.code]),
      );
      expect(told).toEqual(failed);
    },
);

/** Changes one document found by its _id. */
function change(model: ModelCollection, before: Doc | undefined, to: Update): Doc | undefined {
  if (!before) return undefined;
  const after = updated(before, to) as Doc;
  if (!isSame(before, after)) model.put(after);
  return after;
}

const updateOne = named(
  'updateOne',
  fc.record({ id, filter, update, upsert: fc.boolean() }),
  ({ id: _id, filter: f, update: u, upsert }): Step =>
    (real, model) => {
      const where = upsert ? { _id } : { $and: [{ _id }, f] };
      return both(
        async () => {
          const r = await real.updateOne(where as never, u, { upsert });
          return [r.matchedCount, r.upsertedCount];
        },
        () => {
          const [found] = model.find(where);
          if (found) change(model, found, u);
          else if (upsert) model.insert(updated({ _id }, u, true) as Doc);
          return [found ? 1 : 0, !found && upsert ? 1 : 0];
        },
      );
    },
);

const replaceOne = named(
  'replaceOne',
  fc.record({ id, fields, upsert: fc.boolean() }),
  ({ id: _id, fields: f, upsert }): Step =>
    (real, model) =>
      both(
        async () => {
          const r = await real.replaceOne({ _id } as never, structuredClone(f), { upsert });
          return [r.matchedCount, r.upsertedCount];
        },
        () => {
          const known = model.get(_id);
          if (known) model.put({ _id, ...f });
          else if (upsert) model.insert({ _id, ...f });
          return [known ? 1 : 0, !known && upsert ? 1 : 0];
        },
      ),
);

const updateMany = named(
  'updateMany',
  fc.record({ filter, update }),
  ({ filter: f, update: u }): Step => {
    return async (real, model) => {
      const after = model.clone();
      const expected = await outcomeOf(() => after.updateMany(f, u));
      const told = await outcomeOf(async () => {
        const r = await real.updateMany(f, u);
        return { matched: r.matchedCount, modified: r.modifiedCount };
      });
      // Whether two documents get into one another's way on a unique index depends on their order.
      if ('code' in told && told.code === 11000) {
        expect(model.indexes.some((i) => i.unique)).toBe(true);
        return;
      }
      if ('code' in expected) {
        expect(told).toHaveProperty('code');
        return;
      }
      expect(told).toEqual(expected);
      expect(after.isConsistent).toBe(true);
      model.docs = after.docs;
    };
  },
);

const findAndUpdate = named(
  'findAndUpdate',
  fc.record({ filter, sort, update, after: fc.boolean() }),
  ({ filter: f, sort: s, update: u, after }): Step =>
    (real, model) =>
      both(
        () =>
          real.findOneAndUpdate(f, u, {
            sort: s,
            returnDocument: after ? 'after' : 'before',
          }),
        () => {
          const [before] = model.find(f, s);
          const changed = change(model, before, u);
          return (after ? changed : before) ?? null;
        },
      ),
);

const findAndDelete = named(
  'findAndDelete',
  fc.record({ filter, sort }),
  ({ filter: f, sort: s }): Step =>
    (real, model) =>
      both(
        () => real.findOneAndDelete(f, { sort: s }),
        () => {
          const [found] = model.find(f, s);
          if (found) model.remove(found._id);
          return found ?? null;
        },
      ),
);

const deleteOne = named(
  'deleteOne',
  id,
  (_id): Step =>
    (real, model) =>
      both(
        async () => (await real.deleteOne({ _id } as never)).deletedCount,
        () => {
          const known = model.get(_id) ? 1 : 0;
          model.remove(_id);
          return known;
        },
      ),
);

const deleteMany = named(
  'deleteMany',
  fc.record({ id, filter }),
  ({ id: least, filter: f }): Step =>
    (real, model) => {
      // Not everything every time.
      const where: Fields = { $and: [f, { _id: { $gte: least } }] };
      return both(
        async () => (await real.deleteMany(where)).deletedCount,
        () => {
          const hit = model.find(where);
          for (const { _id } of hit) model.remove(_id);
          return hit.length;
        },
      );
    },
);

const createIndex = named('createIndex', index, (wanted): Step => async (real, model) => {
  const { key, ...options } = wanted;
  const alike = (other: Index) =>
    JSON.stringify(other.key) === JSON.stringify(key) &&
    JSON.stringify(other.partialFilterExpression) ===
      JSON.stringify(wanted.partialFilterExpression);
  // What exists under another name is refused with codes of its own; see the suite of indexes.
  if (model.indexes.some((other) => other.name === wanted.name || alike(other))) return;
  await both(
    async () => void (await real.createIndex(key, options)),
    () => model.addIndex(wanted),
  );
});

const dropIndex = named('dropIndex', fc.nat(), (n): Step => async (real, model) => {
  const chosen = model.indexes[n % (model.indexes.length || 1)];
  if (!chosen) return;
  await real.dropIndex(chosen.name);
  model.indexes = model.indexes.filter((i) => i !== chosen);
});

const drop = fc.constant<Step>(async (real, model) => {
  await real.drop();
  model.docs = [];
  model.indexes = [];
});

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: insertOne },
  { weight: 4, arbitrary: insertMany },
  { weight: 6, arbitrary: updateOne },
  { weight: 2, arbitrary: replaceOne },
  { weight: 3, arbitrary: updateMany },
  { weight: 3, arbitrary: findAndUpdate },
  { weight: 1, arbitrary: findAndDelete },
  { weight: 1, arbitrary: deleteOne },
  { weight: 1, arbitrary: deleteMany },
  { weight: 4, arbitrary: createIndex },
  { weight: 1, arbitrary: dropIndex },
  { weight: 1, arbitrary: drop },
);
