import { valuesEqual } from '../bson/compare';
import { showField } from '../bson/show';
import type { Document } from '../bson/types';
import { bsonType, isArray, isDocument, makeDocument, withoutField } from '../bson/types';
import { MongoError, failedToParse, immutableId, badValue } from '../errors';
import type { Collation } from './collation';
import { typeName } from './types-operator';
import type { FieldChange } from './update-operators';
import { FIELD_OPERATORS } from './update-operators';
import type { ArrayFilters } from './update-paths';
import {
  checkArrayFilters,
  checkUpdatePath,
  compareUpdatePaths,
  compileArrayFilters,
  expandPath,
  refuseDollarField,
  isDynamic,
} from './update-paths';
import { Target } from './update-target';

/** What an update changed, for the change stream. */
export interface ChangeDescription {
  readonly updated: Document;
  readonly removed: string[];
}

export interface UpdateOptions {
  readonly filter: Document;
  /** True when the document is being made by an upsert. */
  readonly isInsert: boolean;
  readonly now: Date;
  readonly collation?: Collation | undefined;
}

interface OperatorChange {
  readonly operator: string;
  /** Where the operator works; for `$rename` where it reads. */
  readonly path: string;
  /** Where it writes, which decides the order. */
  readonly target: readonly string[];
  readonly change: FieldChange;
}

/** A parsed update: replacement, operators, or pipeline stages. */
export type Update =
  | { kind: 'replace'; doc: Document }
  | { kind: 'operators'; changes: readonly OperatorChange[]; arrayFilters: ArrayFilters }
  | { kind: 'pipeline'; stages: readonly Document[] };

/**
 * Reads an update as sent by the client. All that can be wrong with it whatever document it will
 * meet is refused here.
 * @throws FailedToParse for unknown operators, ConflictingUpdateOperators for overlapping paths.
 */
export function parseUpdate(
  update: unknown,
  arrayFilters?: readonly unknown[],
  collation?: Collation,
): Update {
  const refuseFilters = (style: string) => {
    if (arrayFilters?.length)
      throw failedToParse(`arrayFilters may not be specified for ${style}-style updates`);
  };
  if (isArray(update)) {
    refuseFilters('pipeline');
    return { kind: 'pipeline', stages: update as Document[] };
  }
  if (!isDocument(update))
    throw failedToParse('Update argument must be either an object or an array');
  const keys = Object.keys(update);
  if (keys[0]?.startsWith('$'))
    return parseOperators(update, compileArrayFilters(arrayFilters, collation), collation);
  refuseFilters('replacement');
  const dollar = keys.find((key) => key.startsWith('$'));
  if (dollar !== undefined)
    throw new MongoError(
      52,
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  return { kind: 'replace', doc: update };
}

function parseOperators(
  update: Document,
  arrayFilters: ArrayFilters,
  collation: Collation | undefined,
): Update {
  const changes: OperatorChange[] = [];
  const claimed: string[] = [];
  const claim = (path: string) => {
    checkUpdatePath(path);
    const at = claimPath(claimed, path);
    if (at !== undefined)
      throw conflict(`Updating the path '${path}' would create a conflict at '${at}'`);
  };
  for (const operator of Object.keys(update)) {
    const compile = FIELD_OPERATORS.get(operator);
    if (!compile)
      throw failedToParse(
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    const fields = update[operator];
    if (!isDocument(fields))
      throw failedToParse(
        `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${showField(operator, fields)}}`,
      );
    for (const path of Object.keys(fields)) {
      const operand = fields[path];
      const change = compile(path, operand, collation);
      claim(path);
      if (operator === '$rename') claim(operand as string);
      const target = (operator === '$rename' ? (operand as string) : path).split('.');
      changes.push({ operator, path, target, change });
    }
  }
  checkArrayFilters(
    arrayFilters,
    changes.map((change) => change.path),
  );
  changes.sort((a, b) => compareUpdatePaths(a.target, b.target));
  return { kind: 'operators', changes, arrayFilters };
}

/** Notes a path that will be written. @returns where it meets one noted before, if it does. */
function claimPath(claimed: string[], path: string): string | undefined {
  for (const other of claimed)
    if (other === path || path.startsWith(`${other}.`) || other.startsWith(`${path}.`))
      return other.length < path.length ? other : path;
  claimed.push(path);
  return undefined;
}

const conflict = (message: string) => new MongoError(40, 'ConflictingUpdateOperators', message);

/** Applies operators to `doc` in place. The caller passes a document nobody else holds. */
export function applyOperators(
  doc: Document,
  update: Extract<Update, { kind: 'operators' }>,
  options: UpdateOptions,
): ChangeDescription {
  const target = new Target(doc);
  const id = doc._id;
  const filter = options.isInsert ? undefined : options.filter;
  if (!options.isInsert)
    for (const { operator, target: at } of update.changes)
      if (operator !== '$unset' && operator !== '$setOnInsert') refuseDollarField(at.join('.'));
  // All paths first: one change must not move what `$` or `$[x]` of another stands for.
  const steps = update.changes
    .filter(({ operator }) => operator !== '$setOnInsert' || options.isInsert)
    .flatMap(({ path, change }) =>
      expandPath(path, doc, filter, update.arrayFilters, options.collation).map((parts) => ({
        path,
        parts,
        change,
      })),
    );
  if (steps.some(({ path }) => isDynamic(path))) {
    const claimed: string[] = [];
    for (const { parts } of steps) {
      const at = claimPath(claimed, parts.join('.'));
      if (at !== undefined) throw conflict(`Update created a conflict at '${at}'`);
    }
  }
  for (const { parts, change } of steps) change(target, parts, options);
  if (id !== undefined && !(doc._id !== undefined && valuesEqual(doc._id, id))) throw immutableId();
  return { updated: target.updated, removed: [...target.removed] };
}

/** The document that replaces `old`, which keeps its _id. */
export function applyReplacement(old: Document | undefined, replacement: Document): Document {
  const { _id } = replacement;
  if (!old) return replacement;
  if (_id !== undefined && !valuesEqual(_id, old._id))
    throw new MongoError(
      66,
      'ImmutableField',
      `After applying the update, the (immutable) field '_id' was found to have been altered to ${showField('_id', _id)}`,
    );
  return makeDocument({ _id: old._id }, withoutField(replacement, '_id'));
}

/** What changed between two versions, for updates by pipeline. */
export function describeChange(
  before: Document,
  after: Document,
): { updated: Document; removed: string[]; truncated: { field: string; newSize: number }[] } {
  const updated = makeDocument();
  const removed: string[] = [];
  const truncated: { field: string; newSize: number }[] = [];
  const walk = (a: Document, b: Document, prefix: string) => {
    for (const key of Object.keys(b)) {
      if (Object.hasOwn(a, key) && valuesEqual(a[key], b[key])) continue;
      const [was, is] = [a[key], b[key]];
      if (isDocument(was) && isDocument(is)) walk(was, is, `${prefix}${key}.`);
      else if (isArray(was) && isArray(is) && valuesEqual(was.slice(0, is.length), is))
        truncated.push({ field: prefix + key, newSize: is.length });
      else updated[prefix + key] = b[key];
    }
    for (const key of Object.keys(a)) if (!Object.hasOwn(b, key)) removed.push(prefix + key);
  };
  walk(before, after, '');
  return { updated, removed, truncated };
}

/** Puts _id first, where MongoDB keeps it. */
export function withIdFirst(doc: Document): Document {
  if (Object.keys(doc)[0] === '_id' || doc._id === undefined) return doc;
  return makeDocument({ _id: doc._id }, doc);
}

/** @throws InvalidIdField or DollarPrefixedFieldName when the value may not serve as _id. */
export function checkId(id: unknown): void {
  if (Array.isArray(id))
    throw new MongoError(53, 'InvalidIdField', "The '_id' value cannot be of type array");
  if (bsonType(id) === 'BSONRegExp') throw badValue("The '_id' value cannot be of type regex");
  if (isDocument(id)) refuseDollars(id);
}

function refuseDollars(id: Document): void {
  for (const key of Object.keys(id)) {
    if (key.startsWith('$'))
      throw new MongoError(
        52,
        'DollarPrefixedFieldName',
        `_id fields may not contain '$'-prefixed fields: ${key} is not valid for storage.`,
      );
    const value = id[key];
    for (const inner of isArray(value) ? value : [value])
      if (isDocument(inner)) refuseDollars(inner);
  }
}
