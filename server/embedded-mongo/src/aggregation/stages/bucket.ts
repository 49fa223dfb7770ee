import type { Document } from '../../bson/types';
import { isArray, isDocument, makeDocument } from '../../bson/types';
import { typeRank } from '../../bson/compare';
import { bsonSize } from '../../bson/size';
import { unsupported } from '../../errors';
import { asInt32, compareOperands } from '../values';
import { located, scopeOf } from '../scope';
import type { State } from '../accumulators/accumulator';
import type { Stage, StageCompiler } from './stage';
import { GroupFields } from './group';
import { readsOf } from './stage';

const isExpression = (value: unknown) =>
  (typeof value === 'string' && value.startsWith('$')) ||
  (isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true);

/** `$bucket`: groups by ranges given by their boundaries. */
export const bucket: StageCompiler = (spec, context): Stage => {
  if (!isDocument(spec)) throw located(40201, 'Argument to $bucket stage must be an object');
  for (const key of Object.keys(spec))
    if (!['groupBy', 'boundaries', 'default', 'output'].includes(key))
      throw located(40197, `Unrecognized option to $bucket: ${key}.`);
  const { groupBy, boundaries, output } = spec;
  if (groupBy === undefined || boundaries === undefined)
    throw located(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  if (!isExpression(groupBy))
    throw located(
      40202,
      "The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression",
    );
  if (!isArray(boundaries)) throw located(40200, "The $bucket 'boundaries' field must be an array");
  const { compiler, dependencies } = context.expressions();
  const limits = boundaries.map((limit) => {
    if (isExpression(limit) && !(isDocument(limit) && '$literal' in limit))
      throw located(40191, "The $bucket 'boundaries' field must be an array of constant values");
    return compiler.compile(limit)(scopeOf(undefined, {}));
  });
  if (limits.length < 2)
    throw located(40192, "The $bucket 'boundaries' field must have at least 2 values");
  limits.slice(1).forEach((limit, i) => {
    if (typeRank(limit) !== typeRank(limits[i]))
      throw located(
        40193,
        "All values in the 'boundaries' option to $bucket must have the same type.",
      );
    if (compareOperands(limits[i], limit) >= 0)
      throw located(40194, "The 'boundaries' option to $bucket must be sorted");
  });
  const hasDefault = 'default' in spec;
  const other = hasDefault ? compiler.compile(spec.default)(scopeOf(undefined, {})) : undefined;
  const [lowest, highest] = [limits[0], limits.at(-1)];
  if (hasDefault && compareOperands(other, lowest) >= 0 && compareOperands(other, highest) < 0)
    throw located(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
    );
  if (output !== undefined && !isDocument(output))
    throw located(40196, "The $bucket 'output' field must be an object");
  const value = compiler.compile(groupBy);
  const fields = new GroupFields(output ?? { count: { $sum: 1 } }, compiler);
  const bucketOf = (v: unknown): number | undefined => {
    if (compareOperands(v, lowest) < 0 || compareOperands(v, highest) >= 0) return undefined;
    let i = limits.length - 2;
    while (compareOperands(v, limits[i]) < 0) i--;
    return i;
  };
  return {
    reads: readsOf(dependencies),
    consumes: true,
    *run(docs, variables) {
      const meter = context.meter('$bucket');
      const buckets = new Map<number, { key: unknown; states: State[] }>();
      for (const doc of docs) {
        const i = bucketOf(value(scopeOf(doc, variables))) ?? -1;
        if (i < 0 && !hasDefault)
          throw located(
            40066,
            '$switch could not find a matching branch for an input, and no default was specified.',
          );
        const key = i < 0 ? other : limits[i];
        let found = buckets.get(i);
        if (!found) buckets.set(i, (found = { key, states: fields.start(key, variables) }));
        fields.add(found.states, doc, variables, meter);
      }
      const sorted = [...buckets.values()].sort((a, b) => compareOperands(a.key, b.key));
      for (const { key, states } of sorted) yield fields.result(key, states);
    },
  };
};

/** `$bucketAuto` without `granularity`: ranges that hold about the same number of documents. */
export const bucketAuto: StageCompiler = (spec, context) => {
  if (!isDocument(spec)) throw located(40240, 'The argument to $bucketAuto must be an object');
  for (const key of Object.keys(spec))
    if (!['groupBy', 'buckets', 'output', 'granularity'].includes(key))
      throw located(40245, `Unrecognized option to $bucketAuto: ${key}.`);
  if (spec.granularity !== undefined) throw unsupported("the 'granularity' of $bucketAuto");
  const { groupBy, buckets, output } = spec;
  if (groupBy === undefined || buckets === undefined)
    throw located(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified");
  if (!isExpression(groupBy))
    throw located(
      40239,
      "The $bucketAuto 'groupBy' field must be defined as a $-prefixed path or an expression object",
    );
  const count = asInt32(buckets);
  if (count === undefined)
    throw located(
      40242,
      "The $bucketAuto 'buckets' field must be representable as a 32-bit integer",
    );
  if (count <= 0)
    throw located(
      40243,
      `The $bucketAuto 'buckets' field must be greater than 0, but found: ${count}`,
    );
  if (output !== undefined && !isDocument(output))
    throw located(40244, "The $bucketAuto 'output' field must be an object");
  const { compiler, dependencies } = context.expressions();
  const value = compiler.compile(groupBy);
  const fields = new GroupFields(output ?? { count: { $sum: 1 } }, compiler);
  return {
    reads: readsOf(dependencies),
    consumes: true,
    *run(docs, variables) {
      const meter = context.meter('$bucketAuto');
      const items: { key: unknown; doc: Document }[] = [];
      for (const doc of docs) {
        meter.add(bsonSize(doc));
        items.push({ key: value(scopeOf(doc, variables)) ?? null, doc });
      }
      items.sort((a, b) => compareOperands(a.key, b.key));
      const size = Math.max(1, Math.round(items.length / count));
      let at = 0;
      for (let made = 0; at < items.length; made++) {
        let end = made === count - 1 ? items.length : Math.min(at + size, items.length);
        // Equal values stay together.
        while (end < items.length && compareOperands(items[end]!.key, items[end - 1]!.key) === 0)
          end++;
        const min = items[at]!.key;
        const max = end < items.length ? items[end]!.key : items.at(-1)!.key;
        const key = makeDocument({ min, max });
        const states = fields.start(key, variables);
        for (const { doc } of items.slice(at, end)) fields.add(states, doc, variables, meter);
        yield fields.result(key, states);
        at = end;
      }
    },
  };
};
