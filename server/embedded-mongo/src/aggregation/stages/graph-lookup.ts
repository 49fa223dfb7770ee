import { Long } from 'bson';
import type { Document } from '../../bson/types';
import { inspect, isArray, isDocument } from '../../bson/types';
import { bsonSize } from '../../bson/size';
import { flatValues } from '../../query/paths';
import { splitPath } from '../expressions/compile';
import { located, scopeOf } from '../scope';
import { asInt64, hashKey } from '../values';
import { equalsAny } from './lookup';
import type { StageCompiler } from './stage';
import { mapping, readsOf } from './stage';
import { withPath } from './unwind';

const STRINGS = ['from', 'as', 'connectFromField', 'connectToField', 'depthField'];

/** `$graphLookup`: what can be reached step by step, breadth first, each document once. */
export const graphLookup: StageCompiler = (spec, context, name) => {
  if (!isDocument(spec))
    throw located(40327, 'the $graphLookup stage specification must be an object');
  for (const key of Object.keys(spec))
    if (![...STRINGS, 'startWith', 'maxDepth', 'restrictSearchWithMatch'].includes(key))
      throw located(40104, `unknown argument to $graphLookup: ${key}`);
  for (const key of STRINGS)
    if (spec[key] !== undefined && typeof spec[key] !== 'string')
      throw located(40103, `expected string as argument for ${key}, found: ${inspect(spec[key])}`);
  for (const key of ['from', 'as', 'startWith', 'connectFromField', 'connectToField'])
    if (spec[key] === undefined)
      throw located(
        40105,
        `$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and 'connectToField' to be specified.`,
      );
  const { from, as, connectFromField, connectToField, depthField } = spec as Record<string, string>;
  const maxDepth = maxDepthOf(spec.maxDepth);
  const restrict = spec.restrictSearchWithMatch;
  if (restrict !== undefined && !isDocument(restrict))
    throw located(40185, 'restrictSearchWithMatch must be an object');
  const { compiler, dependencies } = context.expressions();
  const startWith = compiler.compile(spec.startWith);
  const source = context.collections(name);
  const target = splitPath(as!);
  const depthPath = depthField === undefined ? undefined : splitPath(depthField);
  const fromParts = splitPath(connectFromField!);
  splitPath(connectToField!);

  return mapping(
    (doc, variables) => {
      const meter = context.meter('$graphLookup');
      const start = startWith(scopeOf(doc, variables));
      let frontier = (isArray(start) ? start : [start]).map((value) => value ?? null);
      const asked = new Set<string>();
      const found = new Map<string, Document>();
      for (let depth = 0; frontier.length && depth <= maxDepth; depth++) {
        const values = frontier.filter((value) => {
          const key = hashKey(value);
          return asked.has(key) ? false : asked.add(key);
        });
        frontier = [];
        if (!values.length) break;
        const reached = equalsAny(connectToField!, values);
        const filter = restrict ? { $and: [reached, restrict] } : reached;
        for (const item of source.find(from!, filter, variables)) {
          const key = hashKey(item._id);
          if (found.has(key)) continue;
          meter.add(bsonSize(item));
          const result = depthPath ? withPath(item, depthPath, Long.fromNumber(depth)) : item;
          found.set(key, result);
          for (const next of flatValues(item, fromParts))
            if (next !== undefined) frontier.push(next);
        }
      }
      return withPath(doc, target, [...found.values()]);
    },
    { reads: readsOf(dependencies, target[0]!) },
  );
};

function maxDepthOf(value: unknown): number {
  if (value === undefined) return Infinity;
  const n = asInt64(value);
  if (n === undefined) throw located(40102, 'maxDepth could not be represented as a long long');
  if (n < 0n) throw located(40101, 'maxDepth requires a nonnegative argument');
  return Number(n);
}
