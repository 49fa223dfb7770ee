import { isArray } from '../../bson/types';
import { isNumber, makeDouble, toDouble } from '../../bson/numbers';
import { badValue } from '../../errors';
import type { Compiler } from '../expressions/operator';
import { argumentObject } from '../expressions/operator';
import { scopeOf } from '../scope';
import type { AccumulatorCompiler, State } from './accumulator';

/** The numbers below which a share of all lies; doubles. */
export function percentilesOf(numbers: number[], shares: readonly number[]): unknown[] {
  const sorted = Float64Array.from(numbers).sort();
  return shares.map((share) => {
    if (!sorted.length) return null;
    const rank = share >= 1 ? sorted.length - 1 : Math.max(0, Math.ceil(sorted.length * share) - 1);
    return makeDouble(sorted[rank]!);
  });
}

export interface PercentileSpec {
  readonly input: unknown;
  readonly shares: readonly number[];
}

/** @throws BadValue for shares outside 0 to 1 and methods but 'approximate' */
export function percentileSpec(
  argument: unknown,
  compiler: Compiler,
  name: string,
): PercentileSpec {
  const isMedian = name === '$median';
  const given = argumentObject(argument, name, {
    required: isMedian ? ['input', 'method'] : ['input', 'p', 'method'],
  });
  if (given.method !== 'approximate')
    throw badValue("Currently only 'approximate' can be used as percentile 'method'.");
  if (isMedian) return { input: given.input, shares: [0.5] };
  const list = compiler.compile(given.p)(scopeOf(undefined, {}));
  if (!isArray(list) || !list.length)
    throw badValue('The $percentile requires a non-empty array of numbers for p');
  const shares = list.map((share) => {
    const p = isNumber(share) ? toDouble(share) : NaN;
    if (!(p >= 0 && p <= 1))
      throw badValue("'p' must be an array of numeric values from [0.0, 1.0]");
    return p;
  });
  return { input: given.input, shares };
}

export const percentile: AccumulatorCompiler = (argument, compiler, name) => {
  const { input, shares } = percentileSpec(argument, compiler, name);
  return {
    evaluate: compiler.compile(input),
    start(): State {
      const numbers: number[] = [];
      return {
        add(value) {
          if (!isNumber(value)) return 0;
          numbers.push(toDouble(value));
          return 8;
        },
        result() {
          const found = percentilesOf(numbers, shares);
          return name === '$median' ? found[0] : found;
        },
      };
    },
  };
};
