import { valuesEqual } from '../bson/compare';
import type { Document } from '../bson/types';
import { bsonType, cloneValue, isDocument, makeDocument, withoutField } from '../bson/types';
import { MongoError, failedToParse, immutableId, badValue } from '../errors';
import type { FieldOperator } from './update-operators';
import { FIELD_OPERATORS } from './update-operators';
import { expandPath, compileArrayFilters } from './update-paths';
import { Target } from './update-target';

/** What an update did to a document. */
export interface UpdateResult {
  readonly doc: Document;
  /** For the change stream; undefined when the document was replaced as a whole. */
  readonly description: { updated: Document; removed: string[] } | undefined;
}

export interface UpdateOptions {
  readonly filter: Document;
  readonly arrayFilters?: readonly unknown[] | undefined;
  /** True when the document is being made by an upsert. */
  readonly isInsert: boolean;
  readonly now: Date;
}

/** A parsed update: replacement, operators, or pipeline stages. */
export type Update =
  | { kind: 'replace'; doc: Document }
  | { kind: 'operators'; operators: readonly (readonly [string, string, unknown])[] }
  | { kind: 'pipeline'; stages: readonly Document[] };

/** Runs a pipeline over one document; installed by the aggregation layer. */
export type PipelineUpdate = (
  doc: Document,
  stages: readonly Document[],
  variables: Document | undefined,
) => Document;

/**
 * Reads an update as sent by the client.
 * @throws FailedToParse for unknown operators, ConflictingUpdateOperators for overlapping paths.
 */
export function parseUpdate(update: unknown): Update {
  if (Array.isArray(update)) return { kind: 'pipeline', stages: update as Document[] };
  if (!isDocument(update))
    throw failedToParse('Update argument must be either an object or an array');
  const keys = Object.keys(update);
  if (!keys[0]?.startsWith('$')) {
    const dollar = keys.find((key) => key.startsWith('$'));
    if (dollar)
      throw new MongoError(
        52,
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
    return { kind: 'replace', doc: update };
  }
  const operators: [string, string, unknown][] = [];
  const paths: string[] = [];
  for (const operator of keys) {
    if (!FIELD_OPERATORS.has(operator))
      throw failedToParse(
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    const fields = update[operator];
    if (!isDocument(fields))
      throw failedToParse(
        `Modifiers operate on fields but we found another type instead. For example: {$mod: {<field>: ...}} not {${operator}: ...}`,
      );
    for (const path of Object.keys(fields)) {
      checkPath(path);
      claim(paths, path);
      if (operator === '$rename') claim(paths, String(fields[path]));
      operators.push([operator, path, fields[path]]);
    }
  }
  return { kind: 'operators', operators };
}

function checkPath(path: string): void {
  if (path.split('.').some((part) => part === ''))
    throw new MongoError(
      56,
      'EmptyFieldName',
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
}

function claim(paths: string[], path: string): void {
  for (const other of paths)
    if (other === path || path.startsWith(`${other}.`) || other.startsWith(`${path}.`))
      throw new MongoError(
        40,
        'ConflictingUpdateOperators',
        `Updating the path '${path}' would create a conflict at '${other}'`,
      );
  paths.push(path);
}

/** Applies operators to `doc` in place. The caller passes a document nobody else holds. */
export function applyOperators(
  doc: Document,
  update: Extract<Update, { kind: 'operators' }>,
  options: UpdateOptions,
): UpdateResult {
  const target = new Target(doc);
  const id = doc._id;
  const arrayFilters = compileArrayFilters(options.arrayFilters);
  const used = new Set<string>();
  for (const [operator, path, operand] of update.operators) {
    if (operator === '$setOnInsert' && !options.isInsert) {
      arrayFilters.markUsed(path, used);
      continue;
    }
    const apply = FIELD_OPERATORS.get(operator) as FieldOperator;
    for (const parts of expandPath(path, doc, options.filter, arrayFilters, used))
      apply(target, parts, operand, options);
  }
  arrayFilters.checkAllUsed(used);
  if (id !== undefined && !(doc._id !== undefined && valuesEqual(doc._id, id))) throw immutableId();
  return { doc, description: { updated: target.updated, removed: [...target.removed] } };
}

/** The document that replaces `old`, which keeps its _id. */
export function applyReplacement(old: Document | undefined, replacement: Document): Document {
  const { _id } = replacement;
  if (!old) return replacement;
  if (_id !== undefined && !valuesEqual(_id, old._id)) throw immutableId();
  return makeDocument({ _id: old._id }, withoutField(replacement, '_id'));
}

/** The fields an upsert takes over from the equality conditions of its filter. */
export function upsertSeed(filter: Document): Document {
  const seed = makeDocument();
  const target = new Target(seed);
  const set = (path: string, value: unknown) => {
    target.set(path.split('.'), cloneValue(value));
  };
  const walk = (part: Document) => {
    for (const [key, value] of Object.entries(part)) {
      const branches = Array.isArray(value) ? (value as Document[]) : [];
      if (key === '$and') branches.forEach(walk);
      else if (key === '$or' && branches.length === 1) branches.forEach(walk);
      else if (key.startsWith('$')) continue;
      else seedField(key, value, set);
    }
  };
  walk(filter);
  return seed;
}

function seedField(key: string, value: unknown, set: (path: string, value: unknown) => void) {
  if (isDocument(value) && Object.keys(value)[0]?.startsWith('$')) {
    if ('$eq' in value) set(key, value.$eq);
    else if (Array.isArray(value.$in) && value.$in.length === 1) set(key, value.$in[0]);
    else if (Array.isArray(value.$all) && value.$all.length === 1) set(key, value.$all[0]);
  } else if (bsonType(value) !== 'BSONRegExp') set(key, value);
}

/** What changed between two versions, for updates by pipeline. */
export function describeChange(
  before: Document,
  after: Document,
): { updated: Document; removed: string[] } {
  const updated = makeDocument();
  const removed: string[] = [];
  const walk = (a: Document, b: Document, prefix: string) => {
    for (const key of Object.keys(b)) {
      if (Object.hasOwn(a, key) && valuesEqual(a[key], b[key])) continue;
      if (isDocument(a[key]) && isDocument(b[key])) walk(a[key], b[key], `${prefix}${key}.`);
      else updated[prefix + key] = b[key];
    }
    for (const key of Object.keys(a)) if (!Object.hasOwn(b, key)) removed.push(prefix + key);
  };
  walk(before, after, '');
  return { updated, removed };
}

/** Puts _id first, where MongoDB keeps it. */
export function withIdFirst(doc: Document): Document {
  if (Object.keys(doc)[0] === '_id' || doc._id === undefined) return doc;
  return makeDocument({ _id: doc._id }, doc);
}

/** @throws InvalidIdField when the value may not serve as _id. */
export function checkId(id: unknown): void {
  if (Array.isArray(id))
    throw new MongoError(53, 'InvalidIdField', "The '_id' value cannot be of type array");
  if (bsonType(id) === 'BSONRegExp') throw badValue("The '_id' value cannot be of type regex");
}
