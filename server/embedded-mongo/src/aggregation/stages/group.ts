import type { Document } from '../../bson/types';
import { isDocument, makeDocument } from '../../bson/types';
import { bsonSize } from '../../bson/size';
import type { Accumulator, State } from '../accumulators/accumulator';
import { compileAccumulator } from '../accumulators';
import type { Compiler } from '../expressions/operator';
import type { Variables } from '../scope';
import { located, scopeOf } from '../scope';
import { hashKey } from '../values';
import type { MemoryMeter } from '../memory';
import type { StageCompiler } from './stage';
import { readsOf } from './stage';

/** The fields of a group and how they are calculated. */
export class GroupFields {
  private readonly fields: readonly (readonly [string, Accumulator])[];

  constructor(spec: Document, compiler: Compiler) {
    this.fields = Object.keys(spec)
      .filter((field) => field !== '_id')
      .map((field) => [field, compileAccumulator(field, spec[field], compiler)] as const);
  }

  start(key: unknown, variables: Variables): State[] {
    return this.fields.map(([, accumulator]) => accumulator.start(key, variables));
  }

  /** Takes a document into a group. */
  add(states: readonly State[], doc: unknown, variables: Variables, meter: MemoryMeter): void {
    const scope = scopeOf(doc, variables);
    this.fields.forEach(([, accumulator], i) => {
      const bytes = states[i]!.add(accumulator.evaluate(scope));
      if (bytes) meter.add(bytes);
    });
  }

  result(key: unknown, states: readonly State[]): Document {
    const out = makeDocument({ _id: key });
    this.fields.forEach(([field], i) => (out[field] = states[i]!.result() ?? null));
    return out;
  }
}

/** What a group takes besides the values it keeps. */
const GROUP_OVERHEAD = 64;

/**
 * `$group`: takes one document after the other and keeps only what the accumulators remember.
 * Groups are told apart by BSON equality and come out in the order they appeared.
 */
export const group: StageCompiler = (spec, context) => {
  if (!isDocument(spec)) throw located(15947, "a group's fields must be specified in an object");
  if (!('_id' in spec)) throw located(15955, 'a group specification must include an _id');
  const { compiler, dependencies } = context.expressions();
  const id = compiler.compile(spec._id);
  const fields = new GroupFields(spec, compiler);
  return {
    reads: readsOf(dependencies),
    consumes: true,
    *run(docs, variables) {
      const meter = context.meter('$group');
      const groups = new Map<string, { key: unknown; states: State[] }>();
      for (const doc of docs) {
        const key = id(scopeOf(doc, variables)) ?? null;
        const hash = hashKey(key);
        let found = groups.get(hash);
        if (!found) {
          found = { key, states: fields.start(key, variables) };
          groups.set(hash, found);
          meter.add(bsonSize(key) + hash.length + GROUP_OVERHEAD * (1 + found.states.length));
        }
        fields.add(found.states, doc, variables, meter);
      }
      for (const [hash, { key, states }] of groups) {
        groups.delete(hash);
        yield fields.result(key, states);
      }
    },
  };
};

/** `$sortByCount` is a `$group` and a `$sort`. */
export const sortByCount: StageCompiler = (spec, context) => {
  const isExpression =
    (typeof spec === 'string' && spec.startsWith('$')) ||
    (isDocument(spec) && Object.keys(spec)[0]?.startsWith('$'));
  if (!isExpression)
    throw located(
      40149,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  const pipeline = context.inner([
    { $group: { _id: spec, count: { $sum: 1 } } },
    { $sort: { count: -1 } },
  ]);
  return { ...pipeline.stages[0], run: pipeline.run.bind(pipeline) };
};
