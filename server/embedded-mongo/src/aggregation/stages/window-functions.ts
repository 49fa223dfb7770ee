import { Long } from 'bson';
import type { Document } from '../../bson/types';
import { isNumber, makeDouble, toDouble } from '../../bson/numbers';
import { isDocument } from '../../bson/types';
import { failedToParse, unsupported } from '../../errors';
import { ACCUMULATORS } from '../accumulators';
import { difference, combine, quotient } from '../expressions/arithmetic';
import type { Compiler } from '../expressions/operator';
import { argumentObject } from '../expressions/operator';
import { isNullish, located, scopeOf } from '../scope';
import { asInt32 } from '../values';
import type { Partition, WindowSort } from './window';
import { compileFrame } from './window-frames';

/** One output field for all documents of a partition, in their order. */
export type Column = (partition: Partition) => unknown[];

type FunctionCompiler = (argument: unknown, compiler: Compiler, sort: WindowSort) => Column;

/** Compiles `{$sum: '$n', window: {...}}`. */
export function compileWindowFunction(
  path: string,
  field: Document,
  compiler: Compiler,
  sort: WindowSort,
): Column {
  const names = Object.keys(field).filter((key) => key !== 'window');
  const [name] = names;
  if (name === undefined || names.length > 1)
    throw failedToParse(`'output' field '${path}' must specify exactly one window function`);
  if (!name.startsWith('$')) throw failedToParse(`Expected a $-prefixed window function, ${name}`);
  const own = FUNCTIONS.get(name);
  if (own) {
    if ('window' in field) throw failedToParse(`${name} does not accept a 'window' field`);
    if (!sort.keys.length)
      throw located(5371602, `${name} must be specified with a top level sortBy expression`);
    return own(field[name], compiler, sort);
  }
  if (REFUSED.has(name)) throw unsupported(`the window function ${name}`);
  const compile = ACCUMULATORS.get(name);
  if (!compile) throw failedToParse(`Unrecognized window function, ${name}`);
  const { evaluate, start } = compile(field[name], compiler, name);
  const frame = compileFrame(field.window, sort);
  return (partition) => {
    const { docs, variables } = partition;
    const values = docs.map((doc) => evaluate(scopeOf(doc, variables)));
    let last: { from: number; to: number; state: ReturnType<typeof start> } | undefined;
    return docs.map((_, index) => {
      const [from, to] = frame(partition, index);
      // A window that only grows goes on with what it has.
      if (!last || last.from !== from || last.to > to)
        last = { from, to: from, state: start(null, variables) };
      for (; last.to < to; last.to++) last.state.add(values[last.to]);
      const result = last.state.result();
      return Array.isArray(result) ? [...(result as unknown[])] : result;
    });
  };
}

const REFUSED = new Set([
  ...['$derivative', '$integral', '$expMovingAvg', '$minMaxScaler', '$covariancePop'],
  '$covarianceSamp',
]);

const noArgument = (name: string, argument: unknown) => {
  if (!isDocument(argument) || Object.keys(argument).length)
    throw located(5371603, `${name} must be specified with '{}' as the value`);
};

const integer = (n: number): unknown => ((n | 0) === n ? n : Long.fromNumber(n));

function ranking(name: string, dense: boolean): FunctionCompiler {
  return (argument, _compiler, sort) => {
    noArgument(name, argument);
    if (sort.keys.length !== 1)
      throw located(
        5371602,
        `${name} must be specified with a top level sortBy expression with exactly one element`,
      );
    return ({ docs, ties }) => {
      let rank = 0;
      return docs.map((doc, i) => {
        if (i === 0 || !ties(docs[i - 1]!, doc)) rank = dense ? rank + 1 : i + 1;
        return integer(rank);
      });
    };
  };
}

const documentNumber: FunctionCompiler = (argument) => {
  noArgument('$documentNumber', argument);
  return ({ docs }) => docs.map((_, i) => integer(i + 1));
};

const shift: FunctionCompiler = (argument, compiler) => {
  const given = argumentObject(argument, '$shift', {
    required: ['output', 'by'],
    optional: ['default'],
  });
  const by = asInt32(given.by);
  if (by === undefined) throw failedToParse("'$shift:by' field must be an integer");
  const output = compiler.compile(given.output);
  const other = compiler.compile(given.default ?? null)(scopeOf(undefined, {})) ?? null;
  return ({ docs, variables }) =>
    docs.map((_, i) => {
      const doc = docs[i + by];
      return doc ? (output(scopeOf(doc, variables)) ?? null) : other;
    });
};

/** Last value carried forward. */
const locf: FunctionCompiler = (argument, compiler) => {
  const value = compiler.compile(argument);
  return ({ docs, variables }) => {
    let last: unknown = null;
    return docs.map((doc) => {
      const here = value(scopeOf(doc, variables));
      if (!isNullish(here)) last = here;
      return last;
    });
  };
};

/** Fills gaps on the straight line between the known values around them. */
const linearFill: FunctionCompiler = (argument, compiler, sort) => {
  if (!sort.value)
    throw located(
      605001,
      '$linearFill must be specified with a top level sortBy expression with exactly one element',
    );
  const value = compiler.compile(argument);
  return ({ docs, variables, sortValue }) => {
    const known = docs.map((doc) => value(scopeOf(doc, variables)) ?? null);
    const at = docs.map((doc) => {
      const x = sortValue(doc);
      return x instanceof Date ? Long.fromNumber(x.getTime()) : x;
    });
    for (const y of known)
      if (y !== null && !isNumber(y))
        throw located(605001, 'Value to be filled must be numeric or nullish');
    const out: unknown[] = [...known];
    let before = -1;
    known.forEach((y, after) => {
      if (y === null) return;
      for (let i = before + 1; before >= 0 && i < after; i++) {
        if (![at[before], at[i], at[after]].every(isNumber))
          throw located(605002, 'The sortBy field must be numeric or a date');
        const step = quotient(difference(y, known[before]), difference(at[after], at[before]));
        const rise = combine('multiply', step, difference(at[i], at[before]));
        const filled = combine('add', known[before], rise);
        out[i] = typeof filled === 'number' ? makeDouble(toDouble(filled)) : filled;
      }
      before = after;
    });
    return out;
  };
};

const FUNCTIONS: ReadonlyMap<string, FunctionCompiler> = new Map([
  ['$rank', ranking('$rank', false)],
  ['$denseRank', ranking('$denseRank', true)],
  ['$documentNumber', documentNumber],
  ['$shift', shift],
  ['$locf', locf],
  ['$linearFill', linearFill],
]);
