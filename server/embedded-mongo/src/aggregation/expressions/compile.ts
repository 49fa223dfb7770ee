import type { Document } from '../../bson/types';
import { isArray, isDocument, makeDocument } from '../../bson/types';
import { MongoError, failedToParse } from '../../errors';
import type { Evaluate } from '../scope';
import { located } from '../scope';
import { OPERATORS } from './index';
import type { Compiler } from './operator';

const SYSTEM_VARIABLES = new Set(['ROOT', 'CURRENT', 'REMOVE', 'NOW']);

/** The top-level fields an expression reads, so that no others need to be decoded. */
export class Dependencies {
  readonly fields = new Set<string>();
  /** True when any field may be read. */
  all = false;
}

/** Compiles expressions; knows the names of the variables that are defined where they stand. */
export class ExpressionCompiler implements Compiler {
  constructor(
    private readonly names: ReadonlySet<string>,
    private readonly dependencies = new Dependencies(),
  ) {}

  /** @throws MongoError for unknown operators and variables and malformed arguments. */
  compile(expression: unknown): Evaluate {
    if (typeof expression === 'string')
      return expression.startsWith('$') ? this.path(expression) : () => expression;
    if (isArray(expression)) {
      const parts = expression.map((part) => this.compile(part));
      return (scope) => parts.map((part) => part(scope) ?? null);
    }
    if (isDocument(expression)) return this.document(expression);
    return () => expression;
  }

  define(names: readonly string[]): ExpressionCompiler {
    for (const name of names) checkVariableName(name);
    return this.defineSystem(names);
  }

  /** Like `define`, for variables that users could not name like this. */
  defineSystem(names: readonly string[]): ExpressionCompiler {
    return new ExpressionCompiler(new Set([...this.names, ...names]), this.dependencies);
  }

  private path(text: string): Evaluate {
    const isVariable = text.startsWith('$$');
    const [first, ...rest] = splitPath(text.slice(isVariable ? 2 : 1));
    if (!isVariable) {
      this.dependencies.fields.add(first!);
      return (scope) => followPath(scope.current, [first!, ...rest], 0);
    }
    return this.variable(first!, rest);
  }

  private variable(name: string, rest: readonly string[]): Evaluate {
    const follow = (value: unknown) => (rest.length ? followPath(value, rest, 0) : value);
    if (name === 'ROOT' || (name === 'CURRENT' && !this.names.has(name))) {
      if (rest.length) this.dependencies.fields.add(rest[0]!);
      else this.dependencies.all = true;
      return name === 'ROOT' ? (scope) => follow(scope.root) : (scope) => follow(scope.current);
    }
    if (name === 'REMOVE') return () => undefined;
    if (!SYSTEM_VARIABLES.has(name) && !this.names.has(name)) {
      if (name === 'CLUSTER_TIME')
        throw located(51144, "Builtin variable '$$CLUSTER_TIME' is not available");
      throw located(17276, `Use of undefined variable: ${name}`);
    }
    return (scope) => follow(scope.variables[name]);
  }

  private document(expression: Document): Evaluate {
    const keys = Object.keys(expression);
    if (keys.some((key) => key.startsWith('$'))) {
      if (keys.length !== 1)
        throw located(
          15983,
          'an object representing an expression must have exactly one field: ' +
            JSON.stringify(expression),
        );
      return this.operator(keys[0]!, expression[keys[0]!]);
    }
    const parts = keys.map((key) => {
      if (key.includes('.')) throw located(16405, "FieldPath field names may not contain '.'.");
      return [key, this.compile(expression[key])] as const;
    });
    return (scope) => {
      const out = makeDocument();
      for (const [key, part] of parts) {
        const value = part(scope);
        if (value !== undefined) out[key] = value;
      }
      return out;
    };
  }

  private operator(name: string, argument: unknown): Evaluate {
    const operator = OPERATORS.get(name);
    if (!operator)
      throw new MongoError(168, 'InvalidPipelineOperator', `Unrecognized expression '${name}'`);
    // These may look at fields by computed names.
    if (name === '$getField' || name === '$setField' || name === '$unsetField')
      this.dependencies.all = true;
    return operator(argument, this, name);
  }
}

/** @throws Location15998 and the like for malformed paths. */
export function splitPath(path: string): string[] {
  if (!path) throw located(16872, "'$' by itself is not a valid FieldPath");
  if (path.endsWith('.')) throw located(40353, "FieldPath must not end with a '.'.");
  const parts = path.split('.');
  for (const part of parts) {
    if (!part) throw located(15998, 'FieldPath field names may not be empty strings.');
    if (part.startsWith('$'))
      throw located(
        16410,
        "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
      );
    if (part.includes('\0'))
      throw located(16411, 'FieldPath field names may not contain embedded nulls.');
  }
  return parts;
}

/**
 * The value at a path as expressions see it: arrays on the way give an array of what their
 * documents have there; positions do not index arrays.
 */
export function followPath(value: unknown, parts: readonly string[], at: number): unknown {
  for (; at < parts.length; at++) {
    if (isArray(value)) {
      const out: unknown[] = [];
      for (const item of value) {
        if (!isDocument(item)) continue;
        const found = followPath(item, parts, at);
        if (found !== undefined) out.push(found);
      }
      return out;
    }
    if (!isDocument(value)) return undefined;
    value = Object.hasOwn(value, parts[at]!) ? value[parts[at]!] : undefined;
  }
  return value;
}

/** A user's variable starts with a lower-case letter. */
function checkVariableName(name: string): void {
  if (name === 'CURRENT') return;
  if (!name) throw failedToParse('empty variable names are not allowed');
  const start = name.codePointAt(0)!;
  if (!(start >= 97 && start <= 122) && start < 128)
    throw failedToParse(`'${name}' starts with an invalid character for a user variable name`);
  const bad = [...name].find((c) => !/[a-zA-Z0-9_]/.test(c) && c.codePointAt(0)! < 128);
  if (bad)
    throw failedToParse(`'${name}' contains an invalid character for a variable name: '${bad}'`);
}
