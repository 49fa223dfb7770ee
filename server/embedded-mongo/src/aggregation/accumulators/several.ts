import { compareValues } from '../../bson/compare';
import { bsonSize } from '../../bson/size';
import type { Document } from '../../bson/types';
import { fieldOrder } from '../expressions/ordering';
import type { Compiler } from '../expressions/operator';
import { argumentObject } from '../expressions/operator';
import type { Evaluate, Variables } from '../scope';
import { isNullish, located, scopeOf } from '../scope';
import { asInt64 } from '../values';
import type { AccumulatorCompiler, State } from './accumulator';

/** @throws Location5787902/5787903 unless it is a positive whole number */
export function countOf(value: unknown): number {
  const n = asInt64(value);
  if (n === undefined)
    throw located(5787902, `Value for 'n' must be of integral type, but found ${String(value)}`);
  if (n <= 0n) throw located(5787908, `'n' must be greater than 0, found ${n}`);
  return Number(n);
}

/** How values are kept: the best by an order, or the first or last that came. */
interface Kept {
  readonly order?: (a: unknown, b: unknown) => number;
  readonly last?: boolean;
  /** What comes out of a kept value. */
  readonly output: (value: unknown) => unknown;
}

/** Keeps at most n values (sorted when there is an order, ties in the order they came). */
function several(n: number, kept: Kept): State {
  const items: { value: unknown; bytes: number }[] = [];
  const { order } = kept;
  return {
    add(value) {
      if (value === undefined) return 0;
      const full = items.length >= n;
      let at = items.length;
      if (order) while (at > 0 && order(value, items[at - 1]!.value) < 0) at--;
      if (full && at === items.length && !kept.last) return 0;
      const bytes = bsonSize(value) + 8;
      items.splice(at, 0, { value, bytes });
      if (!full) return bytes;
      const dropped = kept.last ? items.shift()! : items.pop()!;
      return bytes - dropped.bytes;
    },
    result: () => items.map(({ value }) => kept.output(value)),
  };
}

const NAMES = {
  codes: { object: 5787900, unknown: 5787901, missing: { n: 5787906, input: 5787907 } },
};

function start(n: Evaluate, kept: Kept) {
  return (key: unknown, variables: Variables): State =>
    several(countOf(n(scopeOf(key, variables))), kept);
}

/** `n` is evaluated once a group and must not make the stage read the document's fields. */
function compileN(argument: unknown, compiler: Compiler): Evaluate {
  return compiler.compile(argument);
}

/** `$firstN`, `$lastN`, `$minN`, `$maxN`. */
export function inputN(kept: Omit<Kept, 'output'>, skipNulls: boolean): AccumulatorCompiler {
  return (argument, compiler, name) => {
    const given = argumentObject(argument, name, { required: ['input', 'n'], ...NAMES });
    const input = compiler.compile(given.input);
    // $firstN and $lastN count missing values as null, the others pass over nothing.
    const evaluate: Evaluate = skipNulls
      ? (scope) => input(scope) ?? undefined
      : (scope) => input(scope) ?? null;
    return {
      evaluate,
      start: start(compileN(given.n, compiler), { ...kept, output: (value) => value }),
    };
  };
}

interface Ranked {
  readonly doc: Document;
  readonly output: unknown;
}

/** `$top`, `$bottom` (one) and `$topN`, `$bottomN`. */
export function ranked(bottom: boolean, isMany: boolean): AccumulatorCompiler {
  return (argument, compiler, name) => {
    const given = argumentObject(argument, name, {
      required: isMany ? ['n', 'sortBy', 'output'] : ['sortBy', 'output'],
      codes: {
        object: 5788001,
        unknown: 5788002,
        missing: { n: 5788003, output: 5788004, sortBy: 5788005 },
      },
    });
    const order = fieldOrder(given.sortBy);
    const output = compiler.compile(given.output);
    const root = compiler.compile('$$ROOT');
    const kept: Kept = {
      order: (a, b) => order((a as Ranked).doc, (b as Ranked).doc),
      last: bottom,
      output: (value) => (value as Ranked).output,
    };
    const many = start(isMany ? compileN(given.n, compiler) : () => 1, kept);
    return {
      evaluate: (scope) => ({ doc: root(scope), output: output(scope) ?? null }),
      start(key, variables) {
        const state = many(key, variables);
        if (isMany) return state;
        return { add: (v) => state.add(v), result: () => (state.result() as unknown[])[0] ?? null };
      },
    };
  };
}

/** The n first, last, smallest or largest of a list, for the expressions of the same names. */
export function pickSeveral(list: readonly unknown[], n: number, how: string): unknown[] {
  switch (how) {
    case '$firstN':
      return list.slice(0, n);
    case '$lastN':
      return list.slice(-n);
    default: {
      const direction = how === '$maxN' ? -1 : 1;
      return list
        .filter((item) => !isNullish(item))
        .sort((a, b) => compareValues(a, b) * direction)
        .slice(0, n);
    }
  }
}
