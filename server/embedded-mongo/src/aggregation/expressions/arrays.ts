import { isNumber } from '../../bson/numbers';
import { isArray, isDocument } from '../../bson/types';
import { typeName } from '../../query/types-operator';
import { isNullish, located } from '../scope';
import { asInt32, asInt64, compareOperands } from '../values';
import type { Operator, Operators } from './operator';
import { operands, propagating, unary } from './operator';
import { sortOrder } from './ordering';

const size = unary((value) => {
  if (!isArray(value))
    throw located(
      17124,
      `The argument to $size must be an array, but was of type: ${typeName(value)}`,
    );
  return value.length;
});

/** An int32 argument. @throws the codes for "no number" and "no int32" */
function int32(value: unknown, codes: readonly [number, number], what: string): number {
  if (!isNumber(value))
    throw located(codes[0], `${what} must be numeric, but is ${typeName(value)}`);
  const n = asInt32(value);
  if (n === undefined)
    throw located(codes[1], `${what} must be representable as a 32-bit integer: ${String(value)}`);
  return n;
}

function elementAt(list: unknown, index: number, name: string): unknown {
  if (!isArray(list))
    throw located(28689, `${name}'s first argument must be an array, but is ${typeName(list)}`);
  return list[index < 0 ? list.length + index : index];
}

const arrayElemAt = propagating(2, 2, ([list, index], name) => {
  if (!isArray(list)) return elementAt(list, 0, name);
  return elementAt(list, int32(index, [28690, 28691], "$arrayElemAt's second argument"), name);
});

const end = (index: number): Operator =>
  unary((list, name) => (isNullish(list) ? null : elementAt(list, index, name)));

const slice = propagating(2, 3, ([list, first, second]) => {
  if (!isArray(list))
    throw located(
      28724,
      `First argument to $slice must be an array, but is of type: ${typeName(list)}`,
    );
  const n = int32(first, [28725, 28726], 'Second argument to $slice');
  if (second === undefined) return n >= 0 ? list.slice(0, n) : list.slice(n);
  const count = int32(second, [28727, 28728], 'Third argument to $slice');
  if (count <= 0) throw located(28729, `Third argument to $slice must be positive: ${count}`);
  const start = n < 0 ? Math.max(0, list.length + n) : n;
  return list.slice(start, start + count);
});

const contains = operands(2, 2, ([value, list]) => {
  if (!isArray(list))
    throw located(40081, `$in requires an array as a second argument, found: ${typeName(list)}`);
  return list.some((item) => compareOperands(item, value) === 0);
});

const indexOfArray = operands(2, 4, ([list, wanted, start, stop], name) => {
  if (isNullish(list)) return null;
  if (!isArray(list))
    throw located(
      40090,
      `$indexOfArray requires an array as a first argument, found: ${typeName(list)}`,
    );
  const bound = (value: unknown, initial: number, what: string): number => {
    if (value === undefined) return initial;
    const n = asInt64(value);
    if (n === undefined)
      throw located(
        40096,
        `${name} requires an integral ${what} index, found a value of type: ${typeName(value)}`,
      );
    if (n < 0n) throw located(40097, `${name} requires a nonnegative ${what} index, found: ${n}`);
    return Number(n);
  };
  const from = bound(start, 0, 'starting');
  const to = Math.min(list.length, bound(stop, list.length, 'ending'));
  for (let i = from; i < to; i++) if (compareOperands(list[i], wanted) === 0) return i;
  return -1;
});

const RANGE_LIMIT = 100 * 2 ** 20;

const range = operands(2, 3, ([start, stop, by = 1]) => {
  const from = int32(start, [34443, 34444], '$range starting value');
  const to = int32(stop, [34445, 34446], '$range ending value');
  const step = int32(by, [34447, 34448], '$range step value');
  if (step === 0) throw located(34449, '$range requires a non-zero step value');
  if (((to - from) / step) * 16 > RANGE_LIMIT)
    throw located(146, '$range would use too much memory and cannot spill');
  const out: number[] = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) out.push(i);
  return out;
});

const concatArrays = operands(0, Infinity, (values) => {
  const out: unknown[] = [];
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!isArray(value))
      throw located(28664, `$concatArrays only supports arrays, not ${typeName(value)}`);
    for (const item of value) out.push(item);
  }
  return out;
});

const reverseArray = unary((list) => {
  if (isNullish(list)) return null;
  if (!isArray(list))
    throw located(
      34435,
      `The argument to $reverseArray must be an array, but was of type: ${typeName(list)}`,
    );
  return [...list].reverse();
});

const sortArray: Operator = (argument, compiler) => {
  if (!isDocument(argument))
    throw located(
      2942500,
      `$sortArray requires an object as an argument, found: ${typeName(argument)}`,
    );
  for (const key of Object.keys(argument))
    if (key !== 'input' && key !== 'sortBy')
      throw located(2942501, `$sortArray found an unknown argument: ${key}`);
  if (!('input' in argument)) throw located(2942502, '$sortArray requires input');
  if (!('sortBy' in argument)) throw located(2942503, '$sortArray requires sortBy');
  const input = compiler.compile(argument.input);
  const order = sortOrder(argument.sortBy, '$sortArray');
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    if (!isArray(list))
      throw located(
        2942504,
        `The input argument to $sortArray must be an array, but was of type: ${typeName(list)}`,
      );
    return order(list);
  };
};

export const ARRAYS: Operators = {
  $size: size,
  $arrayElemAt: arrayElemAt,
  $first: end(0),
  $last: end(-1),
  $slice: slice,
  $in: contains,
  $indexOfArray: indexOfArray,
  $range: range,
  $concatArrays: concatArrays,
  $isArray: unary(isArray),
  $reverseArray: reverseArray,
  $sortArray: sortArray,
};
