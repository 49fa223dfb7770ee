import { isArray } from '../../bson/types';
import { isNumber, toDouble } from '../../bson/numbers';
import { typeName } from '../../query/types-operator';
import type { State } from '../accumulators/accumulator';
import { averageState, deviationState, sumState } from '../accumulators/numeric';
import { percentilesOf, percentileSpec } from '../accumulators/percentile';
import { countOf, pickSeveral } from '../accumulators/several';
import { extremeState } from '../accumulators/values';
import { located } from '../scope';
import type { Operator, Operators } from './operator';
import { named, operands } from './operator';

/** An accumulator over operands; a single one that is an array stands for its elements. */
const fold = (start: () => State): Operator =>
  operands(0, Infinity, (values) => {
    const state = start();
    const list = values.length === 1 && isArray(values[0]) ? values[0] : values;
    for (const value of list) state.add(value);
    return state.result();
  });

const several = named(
  {
    required: ['input', 'n'],
    codes: { object: 5787900, unknown: 5787901, missing: { n: 5787906, input: 5787907 } },
  },
  ({ input, n }, name) => {
    const count = countOf(n);
    if (!isArray(input))
      throw located(5788200, `Input must be an array, but found ${typeName(input)}`);
    return pickSeveral(input, count, name);
  },
);

const percentile: Operator = (argument, compiler, name) => {
  const spec = percentileSpec(argument, compiler, name);
  const input = compiler.compile(spec.input);
  return (scope) => {
    const value = input(scope);
    const numbers = (isArray(value) ? value : [value]).filter(isNumber).map(toDouble);
    const found = percentilesOf(numbers, spec.shares);
    return name === '$median' ? found[0] : found;
  };
};

export const ACCUMULATING: Operators = {
  $sum: fold(sumState),
  $avg: fold(averageState),
  $min: fold(extremeState(-1)),
  $max: fold(extremeState(1)),
  $stdDevPop: fold(deviationState(false)),
  $stdDevSamp: fold(deviationState(true)),
  $firstN: several,
  $lastN: several,
  $minN: several,
  $maxN: several,
  $median: percentile,
  $percentile: percentile,
};
