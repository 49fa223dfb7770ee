import fc from 'fast-check';
import { Decimal128, Double, Long } from '../support';
import type { Index, Sort } from './collection';
import type { Update } from './updating';
import type { Fields } from './values';

/** Numbers of every BSON type that are equal to, or between, the plain ones. */
const exotic: fc.Arbitrary<unknown> = fc
  .tuple(fc.constantFrom('long', 'double', 'decimal'), fc.integer({ min: -2, max: 2 }))
  .map(([type, n]) => {
    if (type === 'long') return Long.fromNumber(n);
    return type === 'double' ? new Double(n + 0.5) : Decimal128.fromString(`${n}.50`);
  });

const scalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 3 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('', 'a', 'ab', 'b', 'ba', '长', null, true, false, 1.5, -0.5),
  },
  { weight: 1, arbitrary: fc.constantFrom(new Date(0), new Date(5)) },
);
const list = fc.array(scalar, { maxLength: 3 });
const inner = fc.record({ x: scalar, y: fc.oneof(scalar, list) }, { requiredKeys: [] });
export const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 2, arbitrary: list },
  { weight: 1, arbitrary: inner },
  { weight: 1, arbitrary: fc.array(inner, { minLength: 1, maxLength: 2 }) },
);

export const id = fc.integer({ min: 0, max: 9 });
/** `l` is mostly a list, `n` mostly a number, `o` mostly a document; `a` and `b` are anything. */
const parts = {
  a: value,
  b: value,
  n: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 5 }) }, scalar),
  l: fc.oneof({ weight: 9, arbitrary: list }, scalar),
  o: fc.oneof({ weight: 9, arbitrary: inner }, scalar),
};
export const fields: fc.Arbitrary<Fields> = fc.record(parts, { requiredKeys: [] });

const range = fc
  .record({ $gt: scalar, $gte: scalar, $lt: scalar, $lte: scalar }, { requiredKeys: [] })
  .filter((c) => Object.keys(c).length > 0 && Object.keys(c).length < 3);
const pattern = fc.constantFrom('^a', 'b$', '^长', 'a', '^', 'B');

const condition: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 1, arbitrary: list },
  { weight: 3, arbitrary: range },
  fc.record({ $in: fc.array(fc.oneof(scalar, list), { maxLength: 3 }) }),
  fc.record({ $nin: list }),
  fc.record({ $ne: scalar }),
  fc.record({ $not: range }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $size: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ $all: fc.array(scalar, { minLength: 1, maxLength: 2 }) }),
  fc.record({ $mod: fc.constantFrom([2, 0], [3, 1], [2, -1]) }),
  fc.record({ $elemMatch: range }),
  fc.record({ $elemMatch: fc.record({ x: fc.oneof(scalar, range) }) }),
  fc.record({ $regex: pattern, $options: fc.constantFrom('', 'i') }),
);
const plain = fc.dictionary(
  fc.constantFrom('a', 'b', 'n', 'l', 'o', 'o.x', 'a.x', 'a.y', 'o.y', '_id'),
  condition,
  { maxKeys: 2 },
);
/** Documents and conditions with every type of number, to be queried, not changed. */
export const mixedFields: fc.Arbitrary<Fields> = fc
  .tuple(fields, fc.dictionary(fc.constantFrom('a', 'b', 'n'), exotic, { maxKeys: 2 }))
  .map(([plainFields, numbers]) => ({ ...plainFields, ...numbers }));
export const mixedCondition: fc.Arbitrary<Fields> = fc.dictionary(
  fc.constantFrom('a', 'b', 'n', 'l'),
  fc.oneof(
    exotic,
    fc.record({ $in: fc.array(fc.oneof(exotic, scalar), { maxLength: 4 }) }),
    fc.record({ $gt: exotic, $lte: exotic }, { requiredKeys: ['$gt'] }),
    fc.record({ $lt: exotic }),
  ),
  { minKeys: 1, maxKeys: 2 },
);

export const filter: fc.Arbitrary<Fields> = fc.oneof(
  { weight: 6, arbitrary: plain },
  fc.record({ $or: fc.array(plain, { minLength: 1, maxLength: 3 }) }),
  fc.record({ $and: fc.array(plain, { minLength: 1, maxLength: 2 }) }),
  fc.record({ $nor: fc.array(plain, { minLength: 1, maxLength: 2 }) }),
);

const direction = fc.constantFrom<1 | -1>(1, -1);
/** Always decided by `_id` in the end. */
export const sort: fc.Arbitrary<Sort> = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'n', 'l', 'o.x', 'a.y'), direction), { maxLength: 2 })
  .map((list) => ({ ...Object.fromEntries(list), _id: 1 }));

const operand: Record<string, fc.Arbitrary<Fields>> = {
  $set: fc.dictionary(fc.constantFrom('a', 'b', 'n', 'o.x', 'o.z.w', 'l'), value, {
    minKeys: 1,
    maxKeys: 2,
  }),
  $unset: fc.dictionary(fc.constantFrom('a', 'b', 'o.x', 'l'), fc.constant(''), {
    minKeys: 1,
    maxKeys: 2,
  }),
  $inc: fc.dictionary(fc.constantFrom('n', 'o.x', 'a'), fc.integer({ min: -2, max: 2 }), {
    minKeys: 1,
    maxKeys: 1,
  }),
  $mul: fc.dictionary(fc.constantFrom('n', 'b'), fc.integer({ min: 0, max: 3 }), {
    minKeys: 1,
    maxKeys: 1,
  }),
  $min: fc.dictionary(fc.constantFrom('a', 'n'), scalar, { minKeys: 1, maxKeys: 1 }),
  $max: fc.dictionary(fc.constantFrom('b', 'n'), scalar, { minKeys: 1, maxKeys: 1 }),
  $rename: fc.constantFrom<Fields>({ a: 'c' }, { c: 'a' }, { 'o.x': 'b' }, { n: 'o.n' }),
  $push: fc.oneof(
    fc.record({ l: scalar }),
    fc.record({
      l: fc.record(
        {
          $each: list,
          $position: fc.integer({ min: -2, max: 3 }),
          $sort: direction,
          $slice: fc.integer({ min: -3, max: 3 }),
        },
        { requiredKeys: ['$each'] },
      ),
    }),
  ),
  $addToSet: fc.oneof(fc.record({ l: scalar }), fc.record({ l: fc.record({ $each: list }) })),
  $pull: fc.oneof(fc.record({ l: scalar }), fc.record({ l: range })),
  $pop: fc.record({ l: direction }),
};
const roots = (part: Fields): string[] =>
  Object.entries(part).flatMap(([path, to]) => [path, String(to)].map((p) => p.split('.')[0]!));

/** One or two operators that do not touch the same fields: contradicting ones are refused. */
export const update: fc.Arbitrary<Update> = fc
  .array(
    fc
      .constantFrom(...Object.keys(operand))
      .chain((name) => operand[name]!.map((part) => [name, part] as const)),
    { minLength: 1, maxLength: 2 },
  )
  .map((list) => {
    const chosen: Record<string, Fields> = {};
    const taken = new Set<string>();
    for (const [name, part] of list) {
      const mine =
        name === '$rename' ? roots(part) : Object.keys(part).map((p) => p.split('.')[0]!);
      if (chosen[name] || mine.some((root) => taken.has(root))) continue;
      mine.forEach((root) => taken.add(root));
      chosen[name] = part;
    }
    return chosen;
  });

const keys: Index['key'][] = [
  { a: 1 },
  { b: -1 },
  { n: 1 },
  { a: 1, n: -1 },
  { l: 1 },
  { l: -1, n: 1 },
  { n: -1, l: 1, b: 1 },
  { 'o.x': 1, n: 1 },
  { 'a.x': 1, 'a.y': -1 },
  { 'o.y': 1 },
  { n: 'hashed' },
];
export const index: fc.Arbitrary<Index> = fc
  .record({
    key: fc.constantFrom(...keys),
    kind: fc.constantFrom('plain', 'plain', 'unique', 'sparse', 'partial', 'uniquePartial'),
    partial: fc.constantFrom<Fields>(
      { n: { $gt: 2 } },
      { a: { $exists: true } },
      { b: 'a' },
      { n: { $gte: 1 }, b: { $exists: true } },
    ),
  })
  .map(({ key, kind, partial }) => {
    const hashed = Object.values(key).includes('hashed');
    const name = `${Object.entries(key).flat().join('_')}_${kind}`;
    return {
      key,
      name,
      ...(/unique/.test(kind) && !hashed ? { unique: true } : {}),
      ...(kind === 'sparse' ? { sparse: true } : {}),
      ...(/artial/.test(kind) ? { partialFilterExpression: partial } : {}),
    };
  });
