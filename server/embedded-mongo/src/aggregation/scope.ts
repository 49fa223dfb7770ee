import { MongoError } from '../errors';

/** What an expression is evaluated in. `undefined` is MongoDB's "missing" throughout. */
export interface Scope {
  /** `$$ROOT`: the document at work. */
  readonly root: unknown;
  /** `$$CURRENT`: where plain field paths start; the root unless `$let` or `$redact` moved it. */
  readonly current: unknown;
  /** Other variables by name (`NOW`, those of `let`, `$map` ...), inherited by inner scopes. */
  readonly variables: Variables;
}

export type Variables = Readonly<Record<string, unknown>>;

/** A compiled expression. */
export type Evaluate = (scope: Scope) => unknown;

/** Variables on top of others. The result may be filled in by its maker until it is used. */
export function innerVariables(outer: Variables | null): Record<string, unknown> {
  return Object.create(outer) as Record<string, unknown>;
}

/** The scope of a document at the start of a stage. */
export const scopeOf = (root: unknown, variables: Variables): Scope => ({
  root,
  current: root,
  variables,
});

/** null or missing: what most operators pass on as null. */
export const isNullish = (value: unknown): value is null | undefined =>
  value === null || value === undefined;

/** An error that MongoDB knows by its number only. */
export const located = (code: number, message: string) =>
  new MongoError(code, `Location${code}`, message);

/** The same scope with other variables and, when `$let` binds CURRENT, another start of paths. */
export function innerScope(scope: Scope, variables: Record<string, unknown>): Scope {
  const current = Object.hasOwn(variables, 'CURRENT') ? variables.CURRENT : scope.current;
  return { root: scope.root, current, variables };
}
