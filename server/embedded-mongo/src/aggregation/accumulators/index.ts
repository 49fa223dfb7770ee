import { isDocument } from '../../bson/types';
import { compareValues } from '../../bson/compare';
import { unsupported } from '../../errors';
import type { Compiler } from '../expressions/operator';
import { located } from '../scope';
import type { Accumulator, AccumulatorCompiler } from './accumulator';
import { over } from './accumulator';
import { averageState, deviationState, sumState } from './numeric';
import { percentile } from './percentile';
import { inputN, ranked } from './several';
import { extremeState, firstState, lastState, mergeState, pushState, setState } from './values';

const refuse: AccumulatorCompiler = (_argument, _compiler, name) => {
  throw unsupported(name);
};

const countOperator: AccumulatorCompiler = (argument) => {
  if (!isDocument(argument) || Object.keys(argument).length)
    throw located(5787700, '$count takes no arguments, i.e. $count:{}');
  return { evaluate: () => 1, start: sumState };
};

export const ACCUMULATORS: ReadonlyMap<string, AccumulatorCompiler> = new Map([
  ['$sum', over(sumState)],
  ['$avg', over(averageState)],
  ['$min', over(extremeState(-1))],
  ['$max', over(extremeState(1))],
  ['$first', over(firstState)],
  ['$last', over(lastState)],
  ['$push', over(pushState)],
  ['$addToSet', over(setState)],
  ['$mergeObjects', over(mergeState)],
  ['$stdDevPop', over(deviationState(false))],
  ['$stdDevSamp', over(deviationState(true))],
  ['$count', countOperator],
  ['$firstN', inputN({}, false)],
  ['$lastN', inputN({ last: true }, false)],
  ['$minN', inputN({ order: compareValues }, true)],
  ['$maxN', inputN({ order: (a, b) => compareValues(b, a) }, true)],
  ['$top', ranked(false, false)],
  ['$topN', ranked(false, true)],
  ['$bottom', ranked(true, false)],
  ['$bottomN', ranked(true, true)],
  ['$median', percentile],
  ['$percentile', percentile],
  ['$accumulator', refuse],
]);

/**
 * Compiles a field of `$group`: `{total: {$sum: '$n'}}`.
 * @throws Location40234/40238/15952 for what is no accumulator
 */
export function compileAccumulator(field: string, spec: unknown, compiler: Compiler): Accumulator {
  if (field.includes('.')) throw located(40235, `The field name '${field}' cannot contain '.'`);
  if (field.startsWith('$'))
    throw located(40236, `The field name '${field}' cannot be an operator name`);
  if (!isDocument(spec)) throw located(40234, `The field '${field}' must be an accumulator object`);
  const [name, ...more] = Object.keys(spec);
  if (name === undefined || more.length)
    throw located(40238, `The field '${field}' must specify one accumulator`);
  const compile = ACCUMULATORS.get(name);
  if (!compile) throw located(15952, `unknown group operator '${name}'`);
  return compile(spec[name], compiler, name);
}
