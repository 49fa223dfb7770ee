import type { Document } from '../../bson/types';
import { isDocument } from '../../bson/types';
import { bsonSize } from '../../bson/size';
import { compareValues } from '../../bson/compare';
import { failedToParse } from '../../errors';
import { splitPath } from '../expressions/compile';
import { fieldOrder } from '../expressions/ordering';
import type { Evaluate, Variables } from '../scope';
import { located, scopeOf } from '../scope';
import { hashKey } from '../values';
import type { StageCompiler } from './stage';
import { checkFields, documentSpec } from './stage';
import { withPath } from './unwind';
import { compileWindowFunction } from './window-functions';

/** A partition in its order, and what window functions need to know of it. */
export interface Partition {
  readonly docs: readonly Document[];
  readonly variables: Variables;
  /** The value of the one field sorted by, for ranges and derivatives. */
  readonly sortValue: (doc: Document) => unknown;
  /** Are two documents equal in the order? */
  readonly ties: (a: Document, b: Document) => boolean;
}

/** What windows can rely on: the sort of the stage. */
export interface WindowSort {
  readonly keys: readonly string[];
  readonly value: Evaluate | undefined;
}

/** `$setWindowFields`: fields calculated over the neighbours of each document. */
export const setWindowFields: StageCompiler = (spec, context, name) => {
  const given = documentSpec(spec, name);
  checkFields(given, name, ['partitionBy', 'sortBy', 'output']);
  if (!isDocument(given.output)) throw failedToParse(`${name} needs the field 'output', an object`);
  const { compiler } = context.expressions();
  const partitionBy = compiler.compile(given.partitionBy ?? null);
  const sortBy = given.sortBy;
  const order = sortBy === undefined ? undefined : fieldOrder(sortBy);
  const keys = order ? Object.keys(sortBy as Document) : [];
  const sort: WindowSort = {
    keys,
    value: keys.length === 1 ? compiler.compile(`$${keys[0]!}`) : undefined,
  };
  const outputs = Object.keys(given.output).map((path) => {
    const parts = splitPath(path);
    const field = (given.output as Document)[path];
    if (!isDocument(field)) throw failedToParse(`The field '${path}' must be an object`);
    return { parts, calculate: compileWindowFunction(path, field, compiler, sort) };
  });
  return {
    *run(docs, variables) {
      const meter = context.meter('$setWindowFields');
      const partitions = new Map<string, { key: unknown; docs: Document[] }>();
      for (const doc of docs) {
        meter.add(bsonSize(doc));
        const key = partitionBy(scopeOf(doc, variables)) ?? null;
        if (Array.isArray(key))
          throw located(
            5371000,
            'An expression used to partition cannot evaluate to value of type array',
          );
        const hash = hashKey(key);
        const found = partitions.get(hash);
        if (found) found.docs.push(doc);
        else partitions.set(hash, { key, docs: [doc] });
      }
      const sorted = [...partitions.values()].sort((a, b) => compareValues(a.key, b.key));
      for (const { docs: members } of sorted) {
        if (order) members.sort(order);
        const partition: Partition = {
          docs: members,
          variables,
          sortValue: (doc) => sort.value?.(scopeOf(doc, variables)),
          ties: (a, b) => !order || order(a, b) === 0,
        };
        const columns = outputs.map(({ calculate }) => calculate(partition));
        for (let i = 0; i < members.length; i++) {
          let doc = members[i]!;
          outputs.forEach(({ parts }, k) => (doc = withPath(doc, parts, columns[k]![i])));
          yield doc;
        }
      }
    },
  };
};
