import type { Compiler } from '../expressions/operator';
import type { Evaluate, Variables } from '../scope';
import { located } from '../scope';

/** What a group remembers of one field. */
export interface State {
  /** Takes the value of the next document. @returns bytes it holds more than before */
  add(value: unknown): number;
  result(): unknown;
}

/** One compiled accumulator: what it reads of each document, and its state for a new group. */
export interface Accumulator {
  readonly evaluate: Evaluate;
  /** @param key the group's `_id`, which `n` of `$firstN` and the like may look at */
  readonly start: (key: unknown, variables: Variables) => State;
}

export type AccumulatorCompiler = (
  argument: unknown,
  compiler: Compiler,
  name: string,
) => Accumulator;

/** An accumulator over the values of one expression. */
export function over(start: () => State): AccumulatorCompiler {
  return (argument, compiler, name) => {
    if (Array.isArray(argument))
      throw located(40237, `The ${name} accumulator is a unary operator`);
    return { evaluate: compiler.compile(argument), start };
  };
}
