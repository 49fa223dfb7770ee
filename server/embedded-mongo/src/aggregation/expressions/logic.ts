import { isArray, isDocument } from '../../bson/types';
import type { Document } from '../../bson/types';
import { isNullish, located } from '../scope';
import type { Evaluate } from '../scope';
import { compareOperands, isTrue } from '../values';
import type { Compiler, Operator, Operators } from './operator';
import { argumentObject, operands, unary } from './operator';

const comparison = (accept: (order: number) => unknown): Operator =>
  operands(2, 2, ([a, b]) => accept(compareOperands(a, b)));

/** `$and` and `$or` stop at the first operand that decides. */
function connective(decisive: boolean): Operator {
  return (argument, compiler) => {
    const parts = (isArray(argument) ? argument : [argument]).map((p) => compiler.compile(p));
    return (scope) => {
      for (const part of parts) if (isTrue(part(scope)) === decisive) return decisive;
      return !decisive;
    };
  };
}

const COND = {
  required: ['if', 'then', 'else'],
  codes: { unknown: 17083, missing: { if: 17080, then: 17081, else: 17082 } },
};

const cond: Operator = (argument, compiler, name) => {
  let branches: unknown[];
  if (isDocument(argument)) {
    const given = argumentObject(argument, name, COND);
    branches = [given.if, given.then, given.else];
  } else {
    branches = isArray(argument) ? argument : [argument];
    if (branches.length !== 3)
      throw located(
        16020,
        `Expression $cond takes exactly 3 arguments. ${branches.length} were passed in.`,
      );
  }
  const [test, yes, no] = branches.map((branch) => compiler.compile(branch)) as [
    Evaluate,
    Evaluate,
    Evaluate,
  ];
  return (scope) => (isTrue(test(scope)) ? yes(scope) : no(scope));
};

const ifNull: Operator = (argument, compiler) => {
  const list = isArray(argument) ? argument : [argument];
  if (list.length < 2)
    throw located(1257300, `$ifNull needs at least two arguments, had: ${list.length}`);
  const parts = list.map((part) => compiler.compile(part));
  const last = parts.pop()!;
  return (scope) => {
    for (const part of parts) {
      const value = part(scope);
      if (!isNullish(value)) return value;
    }
    return last(scope);
  };
};

const choice: Operator = (argument, compiler) => {
  if (!isDocument(argument))
    throw located(40060, `$switch requires an object as an argument, found: ${typeof argument}`);
  for (const key of Object.keys(argument))
    if (key !== 'branches' && key !== 'default')
      throw located(40067, `$switch found an unknown argument: ${key}`);
  const { branches } = argument;
  if (branches !== undefined && !isArray(branches))
    throw located(40061, "$switch expected an array for 'branches'");
  if (!branches?.length) throw located(40068, '$switch requires at least one branch.');
  const cases = branches.map((branch) => compileCase(branch, compiler));
  const other = 'default' in argument ? compiler.compile(argument.default) : undefined;
  return (scope) => {
    for (const { test, then } of cases) if (isTrue(test(scope))) return then(scope);
    if (other) return other(scope);
    throw located(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
};

function compileCase(branch: unknown, compiler: Compiler): { test: Evaluate; then: Evaluate } {
  if (!isDocument(branch)) throw located(40062, '$switch expected each branch to be an object');
  const { case: test, then, ...rest }: Document = branch;
  const [unknown] = Object.keys(rest);
  if (unknown) throw located(40063, `$switch found an unknown argument to a branch: '${unknown}'`);
  if (!('case' in branch))
    throw located(40064, "$switch requires each branch have a 'case' expression");
  if (!('then' in branch))
    throw located(40065, "$switch requires each branch have a 'then' expression.");
  return { test: compiler.compile(test), then: compiler.compile(then) };
}

export const LOGIC: Operators = {
  $eq: comparison((c) => c === 0),
  $ne: comparison((c) => c !== 0),
  $gt: comparison((c) => c > 0),
  $gte: comparison((c) => c >= 0),
  $lt: comparison((c) => c < 0),
  $lte: comparison((c) => c <= 0),
  $cmp: comparison((c) => c),
  $and: connective(false),
  $or: connective(true),
  $not: unary((value) => !isTrue(value)),
  $cond: cond,
  $ifNull: ifNull,
  $switch: choice,
};
