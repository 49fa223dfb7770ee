import { inspect, isArray, isDocument } from '../../bson/types';
import { typeName } from '../../query/types-operator';
import type { Scope } from '../scope';
import { innerScope, innerVariables, isNullish, located } from '../scope';
import { asInt32, isTrue } from '../values';
import type { Operator, Operators } from './operator';
import { argumentObject } from './operator';

const map: Operator = (argument, compiler, name) => {
  const given = argumentObject(argument, name, {
    required: ['input', 'in'],
    optional: ['as'],
    codes: { object: 16878, unknown: 16879, missing: { input: 16880, in: 16882 } },
  });
  const as = variableName(given.as);
  const input = compiler.compile(given.input);
  const body = compiler.define([as]).compile(given.in);
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    if (!isArray(list))
      throw located(16883, `input to $map must be an array not ${typeName(list)}`);
    return each(scope, as, list, (inner) => body(inner) ?? null);
  };
};

const filter: Operator = (argument, compiler, name) => {
  const given = argumentObject(argument, name, {
    required: ['input', 'cond'],
    optional: ['as', 'limit'],
    codes: { object: 28646, unknown: 28647, missing: { input: 28648, cond: 28650 } },
  });
  const as = variableName(given.as);
  const input = compiler.compile(given.input);
  const limit = 'limit' in given ? compiler.compile(given.limit) : undefined;
  const condition = compiler.define([as]).compile(given.cond);
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    if (!isArray(list))
      throw located(28651, `input to $filter must be an array not ${typeName(list)}`);
    const wanted = limitOf(limit?.(scope));
    const out: unknown[] = [];
    const variables = innerVariables(scope.variables);
    const inner = innerScope(scope, variables);
    for (const item of list) {
      if (out.length >= wanted) break;
      variables[as] = item;
      if (isTrue(condition(inner))) out.push(item);
    }
    return out;
  };
};

function limitOf(value: unknown): number {
  if (isNullish(value)) return Infinity;
  const n = asInt32(value);
  if (n === undefined)
    throw located(327391, '$filter: limit must be represented as a 32-bit integral value');
  if (n <= 0) throw located(327392, '$filter: limit must be greater than 0');
  return n;
}

const variableName = (as: unknown): string => (as === undefined ? 'this' : inspect(as));

/** Evaluates something for each item of a list, the item being a variable. */
function each<T>(
  scope: Scope,
  as: string,
  list: readonly unknown[],
  evaluate: (inner: Scope) => T,
): T[] {
  const variables = innerVariables(scope.variables);
  const inner = innerScope(scope, variables);
  return list.map((item) => {
    variables[as] = item;
    return evaluate(inner);
  });
}

const reduce: Operator = (argument, compiler, name) => {
  const given = argumentObject(argument, name, {
    required: ['input', 'initialValue', 'in'],
    codes: {
      object: 40075,
      unknown: 40076,
      missing: { input: 40077, initialValue: 40078, in: 40079 },
    },
  });
  const input = compiler.compile(given.input);
  const initial = compiler.compile(given.initialValue);
  const body = compiler.define(['this', 'value']).compile(given.in);
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    if (!isArray(list))
      throw located(40080, `$reduce requires that 'input' be an array, found: ${typeName(list)}`);
    const variables = innerVariables(scope.variables);
    const inner = innerScope(scope, variables);
    let value = initial(scope);
    for (const item of list) {
      variables.this = item;
      variables.value = value;
      value = body(inner);
    }
    return value;
  };
};

const letOperator: Operator = (argument, compiler, name) => {
  const given = argumentObject(argument, name, {
    required: ['vars', 'in'],
    codes: { object: 16874, unknown: 16875, missing: { vars: 16876, in: 16877 } },
  });
  if (!isDocument(given.vars)) throw located(10065, 'invalid parameter: expected an object (vars)');
  const names = Object.keys(given.vars);
  // The values do not see each other, only what is outside.
  const values = names.map((n) => compiler.compile((given.vars as Record<string, unknown>)[n]));
  const body = compiler.define(names).compile(given.in);
  return (scope) => {
    const variables = innerVariables(scope.variables);
    names.forEach((n, i) => (variables[n] = values[i]!(scope)));
    return body(innerScope(scope, variables));
  };
};

const zip: Operator = (argument, compiler, name) => {
  const given = argumentObject(argument, name, {
    required: ['inputs'],
    optional: ['useLongestLength', 'defaults'],
    codes: { object: 34460, unknown: 34464, missing: { inputs: 34465 } },
  });
  if (!isArray(given.inputs))
    throw located(34461, `inputs must be an array of expressions, found ${typeName(given.inputs)}`);
  if (!given.inputs.length) throw located(34465, '$zip requires at least one input array');
  const longest = given.useLongestLength ?? false;
  if (typeof longest !== 'boolean')
    throw located(34463, `useLongestLength must be a bool, found ${typeName(longest)}`);
  const { defaults } = given;
  if (defaults !== undefined) {
    if (!isArray(defaults))
      throw located(34462, `defaults must be an array of expressions, found ${typeName(defaults)}`);
    if (!longest) throw located(34466, 'cannot specify defaults unless useLongestLength is true');
    if (defaults.length !== given.inputs.length)
      throw located(34467, 'defaults and inputs must have the same length');
  }
  const inputs = given.inputs.map((input) => compiler.compile(input));
  const fallbacks = defaults?.map((value) => compiler.compile(value));
  return (scope) => {
    const lists: unknown[][] = [];
    for (const input of inputs) {
      const list = input(scope);
      if (isNullish(list)) return null;
      if (!isArray(list))
        throw located(34468, `$zip found a non-array expression in input: ${inspect(list)}`);
      lists.push(list);
    }
    const missing = fallbacks?.map((value) => value(scope) ?? null);
    const lengths = lists.map((list) => list.length);
    const count = longest ? Math.max(...lengths) : Math.min(...lengths);
    return Array.from({ length: count }, (_, row) =>
      lists.map((list, column) => (row < list.length ? list[row] : (missing?.[column] ?? null))),
    );
  };
};

export const ITERATION: Operators = {
  $map: map,
  $filter: filter,
  $reduce: reduce,
  $let: letOperator,
  $zip: zip,
};
