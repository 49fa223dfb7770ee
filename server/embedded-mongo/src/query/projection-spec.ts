import { isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { isArray, isDocument } from '../bson/types';
import { MongoError, badValue, unsupported } from '../errors';

/** What a projection says about one path. */
export type Rule =
  | { kind: 'keep' | 'drop' | 'positional' }
  | { kind: 'slice' | 'elemMatch' | 'computed'; operand: unknown };

export interface PathRule {
  readonly path: string;
  readonly rule: Rule;
}

const located = (code: number, message: string) => new MongoError(code, `Location${code}`, message);

/**
 * Takes a find projection apart into one rule a path; `{a: {b: 1}}` is the same as `{'a.b': 1}`.
 * @throws MongoError for malformed paths and values, and for paths that overlap.
 */
export function parseProjection(spec: Document): PathRule[] {
  const rules: PathRule[] = [];
  collect(spec, '', rules);
  for (const [i, { path }] of rules.entries())
    for (const { path: other } of rules.slice(0, i)) refuseCollision(path, other);
  if (rules.filter(({ rule }) => rule.kind === 'positional').length > 1)
    throw located(31276, 'Cannot specify more than one positional projection per query.');
  return rules;
}

function collect(spec: Document, prefix: string, rules: PathRule[]): void {
  for (const key of Object.keys(spec)) {
    const value = spec[key];
    const positional = key.endsWith('.$');
    const path = prefix + (positional ? key.slice(0, -2) : key);
    checkPath(path);
    if (positional) {
      if (!isNumber(value) && typeof value !== 'boolean')
        throw located(31271, 'positional projection cannot be used with a literal');
      rules.push({ path, rule: { kind: 'positional' } });
    } else if (isDocument(value) && !isExpression(value)) {
      if (!Object.keys(value).length)
        throw located(
          51270,
          `An empty sub-projection is not a valid value. Found empty object at path '${path}'`,
        );
      collect(value, `${path}.`, rules);
    } else rules.push({ path, rule: ruleOf(path, value) });
  }
}

const isExpression = (value: Document) => Object.keys(value)[0]?.startsWith('$') === true;

function ruleOf(path: string, value: unknown): Rule {
  if (typeof value === 'boolean') return { kind: value ? 'keep' : 'drop' };
  if (isNumber(value)) return { kind: toDouble(value) !== 0 ? 'keep' : 'drop' };
  if (isDocument(value)) {
    if ('$meta' in value) throw unsupported('$meta');
    if ('$elemMatch' in value) {
      if (path.includes('.'))
        throw located(31275, 'Cannot use $elemMatch projection on a nested field.');
      return { kind: 'elemMatch', operand: value.$elemMatch };
    }
    if ('$slice' in value && isFindSlice(value.$slice)) {
      checkSlice(value.$slice);
      return { kind: 'slice', operand: value.$slice };
    }
  }
  return { kind: 'computed', operand: value };
}

/** `$slice` of find takes numbers only; with an array expression it is that of aggregation. */
const isFindSlice = (operand: unknown) =>
  isNumber(operand) || !isArray(operand) || operand.every(isNumber);

function checkSlice(operand: unknown): void {
  if (isNumber(operand)) return;
  if (!isArray(operand))
    throw located(28667, '$slice only supports numbers and [skip, limit] arrays');
  if (operand.length !== 2) throw located(28667, '$slice takes exactly 2 arguments: [skip, limit]');
  if (!(toDouble(operand[1]) > 0)) throw located(28729, 'The $slice limit must be positive');
}

function checkPath(path: string): void {
  if (path === '') throw located(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) throw located(40353, `FieldPath must not end with a '.'.`);
  for (const part of path.split('.')) {
    if (part === '') throw located(15998, 'FieldPath field names may not be empty strings.');
    if (part.startsWith('$'))
      throw located(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
  }
}

function refuseCollision(path: string, other: string): void {
  if (path === other || other.startsWith(`${path}.`))
    throw located(31250, `Path collision at ${path}`);
  if (path.startsWith(`${other}.`))
    throw located(
      31249,
      `Path collision at ${path} remaining portion ${path.slice(other.length + 1)}`,
    );
}

/** The mode the rules decide on. @throws MongoError when inclusion and exclusion are mixed. */
export function projectionMode(rules: readonly PathRule[]): 'include' | 'exclude' {
  let mode: 'include' | 'exclude' | undefined;
  for (const { path, rule } of rules) {
    const isId = path === '_id';
    if (rule.kind === 'slice' || (isId && (rule.kind === 'keep' || rule.kind === 'drop'))) continue;
    const wanted = rule.kind === 'drop' ? 'exclude' : 'include';
    mode ??= wanted;
    if (mode === wanted || rule.kind === 'elemMatch') continue;
    refuseMix(path, rule, mode);
  }
  if (mode) return mode;
  return rules.some(({ path, rule }) => path === '_id' && rule.kind === 'keep')
    ? 'include'
    : 'exclude';
}

function refuseMix(path: string, rule: Rule, mode: 'include' | 'exclude'): never {
  if (rule.kind === 'positional')
    throw located(31395, 'positional projection cannot be used with exclusion');
  if (rule.kind === 'computed')
    throw located(31252, 'Cannot use expression other than $meta in exclusion projection');
  if (mode === 'include')
    throw located(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
  throw located(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
}

/** Does a find projection need the aggregation engine? */
export function hasExpressions(spec: unknown): boolean {
  if (!isDocument(spec)) return false;
  return Object.values(spec).some((value) => {
    if (typeof value === 'boolean' || isNumber(value)) return false;
    if (!isDocument(value)) return true;
    if (!isExpression(value)) return hasExpressions(value);
    return !('$elemMatch' in value) && !('$slice' in value && isFindSlice(value.$slice));
  });
}

/** @throws BadValue when it is not a document. */
export function projectionDocument(spec: unknown): Document | undefined {
  if (spec === undefined || spec === null) return undefined;
  if (!isDocument(spec)) throw badValue('projection must be a document');
  return Object.keys(spec).length ? spec : undefined;
}
