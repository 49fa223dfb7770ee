import type { Document } from '../../bson/types';
import { isArray, isDocument } from '../../bson/types';
import { failedToParse } from '../../errors';
import { typeName } from '../../query/types-operator';
import type { Evaluate, Scope } from '../scope';
import { isNullish, located } from '../scope';

/** Compiles inner expressions for an operator. */
export interface Compiler {
  compile(expression: unknown): Evaluate;
  /** A compiler that also knows these variables. @throws FailedToParse for a bad name */
  define(names: readonly string[]): Compiler;
}

/** Compiles the use of one operator: its argument as it was sent, and its name for messages. */
export type Operator = (argument: unknown, compiler: Compiler, name: string) => Evaluate;
export type Operators = Readonly<Record<string, Operator>>;

type Apply = (values: unknown[], name: string, scope: Scope) => unknown;

/** An operator over a list of operands; a single operand need not be in an array. */
export function operands(min: number, max: number, apply: Apply): Operator {
  return (argument, compiler, name) => {
    const list = isArray(argument) ? argument : [argument];
    checkCount(name, list.length, min, max);
    const parts = list.map((part) => compiler.compile(part));
    return (scope) =>
      apply(
        parts.map((part) => part(scope)),
        name,
        scope,
      );
  };
}

function checkCount(name: string, count: number, min: number, max: number): void {
  if (count >= min && count <= max) return;
  if (min === max)
    throw located(
      16020,
      `Expression ${name} takes exactly ${min} arguments. ${count} were passed in.`,
    );
  throw located(
    28667,
    `Expression ${name} takes at least ${min} arguments, and at most ${max}, but ${count} were passed in.`,
  );
}

/** An operator with one operand. */
export function unary(apply: (value: unknown, name: string, scope: Scope) => unknown): Operator {
  return operands(1, 1, (values, name, scope) => apply(values[0], name, scope));
}

/** An operator that answers null as soon as an operand is null or missing. */
export function propagating(min: number, max: number, apply: Apply): Operator {
  return operands(min, max, (values, name, scope) =>
    values.some(isNullish) ? null : apply(values, name, scope),
  );
}

/** How an operator's named arguments are checked. Codes default to FailedToParse. */
export interface Arguments {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  readonly codes?: {
    object?: number;
    unknown?: number;
    missing?: Readonly<Record<string, number>>;
  };
}

/** Checks the names of an operator's named arguments. @returns the argument as a document */
export function argumentObject(argument: unknown, name: string, spec: Arguments): Document {
  const fail = (code: number | undefined, message: string) =>
    code === undefined ? failedToParse(message) : located(code, message);
  if (!isDocument(argument))
    throw fail(
      spec.codes?.object,
      `${name} only supports an object as its argument, found: ${typeName(argument)}`,
    );
  for (const key of Object.keys(argument))
    if (!spec.required.includes(key) && !spec.optional?.includes(key))
      throw fail(spec.codes?.unknown, `Unrecognized argument to ${name}: ${key}`);
  for (const key of spec.required)
    if (!Object.hasOwn(argument, key))
      throw fail(spec.codes?.missing?.[key], `Missing '${key}' parameter to ${name}`);
  return argument;
}

/** An operator with named arguments, all of them expressions; absent ones are undefined. */
export function named(
  spec: Arguments,
  apply: (values: Record<string, unknown>, name: string, scope: Scope, given: Document) => unknown,
): Operator {
  return (argument, compiler, name) => {
    const given = argumentObject(argument, name, spec);
    const parts = Object.keys(given).map((key) => [key, compiler.compile(given[key])] as const);
    return (scope) => {
      const values: Record<string, unknown> = {};
      for (const [key, part] of parts) values[key] = part(scope);
      return apply(values, name, scope, given);
    };
  };
}
