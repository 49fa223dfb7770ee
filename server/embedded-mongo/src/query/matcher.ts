import type { Document } from '../bson/types';
import { isDocument, isOperatorObject } from '../bson/types';
import { badValue, unsupported } from '../errors';
import type { Collation } from './collation';
import { compilePredicate } from './predicates';

/** A compiled filter. */
export interface Matcher {
  (doc: Document): boolean;
  /** Top-level fields it looks at; undefined when it may look at any. */
  roots: ReadonlySet<string> | undefined;
}

/** Evaluates `$expr`; installed by the aggregation layer, which is loaded only when needed. */
export type ExpressionTest = (
  expression: unknown,
  options: FilterOptions,
) => (doc: Document) => boolean;
let compileExpression: ExpressionTest | undefined;
export function installExpressions(compile: ExpressionTest): void {
  compileExpression = compile;
}

export interface FilterOptions {
  /** The command's `let` for `$expr`: expressions. */
  variables?: Document | undefined;
  /** Variables of an enclosing pipeline for `$expr`: values. */
  bound?: Readonly<Record<string, unknown>> | undefined;
  /** How strings compare; by their bytes when left out. */
  collation?: Collation | undefined;
}

type Test = (doc: Document) => boolean;

/**
 * Compiles a MongoDB filter to a function.
 * @throws MongoError BadValue for malformed or unsupported operators.
 */
export function compileFilter(filter: unknown, options: FilterOptions = {}): Matcher {
  if (!isDocument(filter)) throw badValue('the filter must be a document');
  const roots = new Set<string>();
  const state = { roots, all: false, options };
  const test = all(compileDocument(filter, state));
  return Object.assign((doc: Document) => test(doc), {
    roots: state.all ? undefined : roots,
  });
}

/** Fields of references, the only ones with a dollar that a filter may name. */
const DBREF_FIELDS = new Set(['$ref', '$id', '$db']);

interface State {
  roots: Set<string>;
  all: boolean;
  options: FilterOptions;
}

function all(tests: readonly Test[]): Test {
  if (tests.length === 0) return () => true;
  if (tests.length === 1) return tests[0]!;
  return (doc) => {
    for (const test of tests) if (!test(doc)) return false;
    return true;
  };
}

function compileDocument(filter: Document, state: State): Test[] {
  const tests: Test[] = [];
  for (const key of Object.keys(filter)) {
    const value = filter[key];
    if (key.charCodeAt(0) === 36 && !DBREF_FIELDS.has(key)) {
      const test = compileLogical(key, value, state);
      if (test) tests.push(test);
    } else tests.push(compileField(key, value, state));
  }
  return tests;
}

function branches(key: string, value: unknown, state: State): Test[] {
  if (!Array.isArray(value) || !value.length) throw badValue(`${key} must be a nonempty array`);
  return value.map((item) => {
    if (!isDocument(item)) throw badValue(`${key} entries need to be full objects`);
    return all(compileDocument(item, state));
  });
}

function compileLogical(key: string, value: unknown, state: State): Test | undefined {
  switch (key) {
    case '$and':
      return all(branches(key, value, state));
    case '$or': {
      const tests = branches(key, value, state);
      return (doc) => tests.some((test) => test(doc));
    }
    case '$nor': {
      const tests = branches(key, value, state);
      return (doc) => !tests.some((test) => test(doc));
    }
    case '$comment':
      return undefined;
    case '$expr':
      state.all = true;
      if (!compileExpression) throw unsupported('$expr in this place');
      if (state.options.collation) throw unsupported('$expr with a collation');
      return compileExpression(value, state.options);
    case '$where':
    case '$text':
    case '$jsonSchema':
      throw unsupported(key);
    default:
      throw badValue(
        `unknown top level operator: ${key}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

function compileField(path: string, condition: unknown, state: State): Test {
  const parts = path.split('.');
  state.roots.add(parts[0]!);
  const { collation } = state.options;
  if (!isOperatorObject(condition)) return compilePredicate(parts, '$eq', condition, {}, collation);
  return compileOperators(parts, condition, collation);
}

/** `{$gt: 1, $lt: 5, $not: {...}}` on one path. */
export function compileOperators(
  parts: readonly string[],
  condition: Document,
  collation?: Collation,
): Test {
  const tests: Test[] = [];
  for (const operator of Object.keys(condition)) {
    if (operator.charCodeAt(0) !== 36) throw badValue(`unknown operator: ${operator}`);
    if (operator === '$options') {
      if (!('$regex' in condition)) throw badValue('$options needs a $regex');
      continue;
    }
    tests.push(compilePredicate(parts, operator, condition[operator], condition, collation));
  }
  return all(tests);
}
