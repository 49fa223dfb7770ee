import { toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { isArray, isDocument, makeDocument } from '../bson/types';
import { MongoError, unsupported } from '../errors';
import type { FilterOptions } from './matcher';
import { setPath } from './paths';
import { matchedPosition } from './positional';
import { elementTest } from './predicates';
import type { PathRule } from './projection-spec';
import { parseProjection, projectionDocument, projectionMode } from './projection-spec';

type Include = true | Tree | Change;
interface Tree {
  readonly fields: Map<string, Include>;
}
/** Replaces the value where it stands. */
interface Change {
  readonly apply: (value: unknown, doc: Document) => unknown;
}
/** Makes a value that is added behind the fields that were kept. */
interface Addition {
  readonly path: string;
  readonly make: (doc: Document) => unknown;
}

export type Projection = (doc: Document) => Document;

/** Evaluates an aggregation expression; installed by the aggregation layer. */
export type ExpressionValue = (
  expression: unknown,
  variables?: Document,
) => (doc: Document) => unknown;
let compileValue: ExpressionValue | undefined;
export function installProjectionExpressions(compile: ExpressionValue): void {
  compileValue = compile;
}

/**
 * Compiles a find projection: inclusion or exclusion, `$slice`, `$elemMatch`, positional `.$`, and
 * expressions (which need the aggregation engine to be loaded).
 * @param filter what the documents were found by, for `.$`
 * @returns undefined when it keeps everything.
 * @throws MongoError 31253/31254 when inclusion and exclusion are mixed.
 */
export function compileProjection(
  spec: unknown,
  filter: Document,
  options: FilterOptions = {},
): Projection | undefined {
  const document = projectionDocument(spec);
  if (!document) return undefined;
  const rules = parseProjection(document);
  const mode = projectionMode(rules);
  const tree: Tree = { fields: new Map() };
  const additions: Addition[] = [];
  for (const { path, rule } of rules) {
    if (rule.kind === 'elemMatch') {
      additions.push({ path, make: firstElement(path, rule.operand, options) });
      if (mode === 'exclude') add(tree, path, true);
    } else if (rule.kind === 'computed') {
      if (!compileValue) throw unsupported(`the projection expression for '${path}'`);
      additions.push({ path, make: compileValue(rule.operand, options.variables) });
    } else if (rule.kind === 'positional' || rule.kind === 'slice')
      add(tree, path, changeOf(path, rule, filter, options));
    else if (rule.kind === (mode === 'include' ? 'keep' : 'drop')) add(tree, path, true);
  }
  if (mode === 'include' && !rules.some(({ path }) => path === '_id')) add(tree, '_id', true);
  return (doc) => {
    const out = mode === 'include' ? include(doc, tree, doc) : exclude(doc, tree, doc);
    for (const { path, make } of additions) {
      const value = make(doc);
      if (value !== undefined) setPath(out, path, value);
    }
    return out;
  };
}

function changeOf(
  path: string,
  rule: PathRule['rule'],
  filter: Document,
  options: FilterOptions,
): Change {
  return rule.kind === 'slice'
    ? { apply: slicer(rule.operand) }
    : positional(path, filter, options);
}

/** `$elemMatch`: the first element that meets the condition, as an array of one. */
function firstElement(
  path: string,
  condition: unknown,
  { collation }: FilterOptions,
): (doc: Document) => unknown {
  const test = elementTest(condition, collation);
  return (doc) => {
    const value = doc[path];
    const at = isArray(value) ? value.findIndex(test) : -1;
    return at < 0 ? undefined : [(value as unknown[])[at]];
  };
}

function slicer(spec: unknown): (value: unknown) => unknown {
  const pair = isArray(spec) ? spec.map(toDouble) : undefined;
  const count = pair ? 0 : toDouble(spec);
  return (value) => {
    if (!isArray(value)) return value;
    if (!pair) return count >= 0 ? value.slice(0, count) : value.slice(count);
    const skip = pair[0]! < 0 ? Math.max(0, value.length + pair[0]!) : pair[0]!;
    return value.slice(skip, skip + pair[1]!);
  };
}

/** `items.$`: the element by which the filter matched. */
function positional(path: string, filter: Document, options: FilterOptions): Change {
  return {
    apply(value, doc) {
      if (!isArray(value)) return value;
      const at = matchedPosition(path, doc, filter, options);
      if (at === undefined || at >= value.length)
        throw new MongoError(
          51246,
          'Location51246',
          "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
        );
      return [value[at]];
    },
  };
}

function add(tree: Tree, path: string, value: Include): void {
  const parts = path.split('.');
  let node = tree;
  for (let i = 0; i < parts.length - 1; i++) {
    const next = node.fields.get(parts[i]!);
    if (next && next !== true && 'fields' in next) node = next;
    else {
      const made: Tree = { fields: new Map() };
      node.fields.set(parts[i]!, made);
      node = made;
    }
  }
  node.fields.set(parts.at(-1)!, value);
}

function include(doc: Document, tree: Tree, root: Document): Document {
  const out = makeDocument();
  for (const key of Object.keys(doc)) {
    const rule = tree.fields.get(key);
    if (!rule) continue;
    const value = doc[key];
    if (rule === true) out[key] = value;
    else if ('apply' in rule) out[key] = rule.apply(value, root);
    else {
      const inner = includeValue(value, rule, root);
      if (inner !== undefined) out[key] = inner;
    }
  }
  return out;
}

function includeValue(value: unknown, tree: Tree, root: Document): unknown {
  if (isArray(value))
    return value.map((v) => includeValue(v, tree, root)).filter((v) => v !== undefined);
  return isDocument(value) ? include(value, tree, root) : undefined;
}

function exclude(doc: Document, tree: Tree, root: Document): Document {
  const out = makeDocument();
  for (const key of Object.keys(doc)) {
    const rule = tree.fields.get(key);
    const value = doc[key];
    if (rule === true) continue;
    if (!rule) out[key] = value;
    else if ('apply' in rule) out[key] = rule.apply(value, root);
    else out[key] = excludeValue(value, rule, root);
  }
  return out;
}

function excludeValue(value: unknown, tree: Tree, root: Document): unknown {
  if (isArray(value)) return value.map((v) => excludeValue(v, tree, root));
  return isDocument(value) ? exclude(value, tree, root) : value;
}
