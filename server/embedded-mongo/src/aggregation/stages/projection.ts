import type { Document } from '../../bson/types';
import { isArray, isDocument, makeDocument } from '../../bson/types';
import { isNumber } from '../../bson/numbers';
import { splitPath } from '../expressions/compile';
import type { Compiler } from '../expressions/operator';
import type { Evaluate, Scope } from '../scope';
import { located } from '../scope';
import { isTrue } from '../values';

/** What a projection does with a field: keep or drop it, calculate it, or look inside. */
type Rule = boolean | Evaluate | Tree;
export interface Tree {
  readonly fields: Map<string, Rule>;
  /** True when something below is calculated. */
  computes: boolean;
}

const makeTree = (): Tree => ({ fields: new Map(), computes: false });

/** How values are read: in `$project` numbers and booleans include, in `$addFields` they are values. */
export type Mode = 'project' | 'addFields';

/**
 * Reads the specification of `$project` or `$addFields` as a tree of fields.
 * @throws Location31249/31250 for paths that collide, those of expressions for bad expressions
 */
export function compileTree(spec: Document, compiler: Compiler, mode: Mode): Tree {
  const tree = makeTree();
  const fill = (node: Document, prefix: readonly string[]) => {
    for (const key of Object.keys(node)) {
      const path = [...prefix, ...splitPath(key)];
      const value = node[key];
      if (isDocument(value) && !startsWithOperator(value)) {
        if (!Object.keys(value).length) {
          if (mode === 'project')
            throw located(
              51270,
              `An empty sub-projection is not a valid value. Found empty object at path '${path.join('.')}'`,
            );
          add(tree, path, () => value);
        } else fill(value, path);
      } else if (mode === 'project' && (typeof value === 'boolean' || isNumber(value)))
        add(tree, path, isTrue(value));
      else add(tree, path, compiler.compile(value));
    }
  };
  fill(spec, []);
  return tree;
}

const startsWithOperator = (value: Document) =>
  Object.keys(value).some((key) => key.startsWith('$'));

function add(tree: Tree, path: readonly string[], rule: boolean | Evaluate): void {
  let node = tree;
  path.forEach((part, i) => {
    if (typeof rule === 'function') node.computes = true;
    const there = node.fields.get(part);
    const isLast = i === path.length - 1;
    if (there !== undefined && (isLast || !isTree(there)))
      throw located(
        isLast ? 31250 : 31249,
        `Invalid $project :: caused by :: Path collision at ${path.join('.')}`,
      );
    if (isLast) node.fields.set(part, rule);
    else if (isTree(there)) node = there;
    else {
      const made = makeTree();
      node.fields.set(part, made);
      node = made;
    }
  });
}

const isTree = (rule: Rule | undefined): rule is Tree => typeof rule === 'object';

/** The document with only the fields of the tree that are included. */
export function include(value: unknown, tree: Tree): unknown {
  if (isArray(value)) {
    const items = value.map((item) => include(item, tree));
    return items.filter((item) => item !== undefined);
  }
  if (!isDocument(value)) return undefined;
  const out = makeDocument();
  for (const key of Object.keys(value)) {
    const rule = tree.fields.get(key);
    if (rule === true) out[key] = value[key];
    else if (isTree(rule)) {
      const inner = include(value[key], rule);
      if (inner !== undefined) out[key] = inner;
    }
  }
  return out;
}

/** The document without the fields of the tree. */
export function exclude(value: unknown, tree: Tree): unknown {
  if (isArray(value)) return value.map((item) => exclude(item, tree));
  if (!isDocument(value)) return value;
  const out = makeDocument();
  for (const key of Object.keys(value)) {
    const rule = tree.fields.get(key);
    if (rule === undefined || rule === true) out[key] = value[key];
    else if (isTree(rule)) out[key] = exclude(value[key], rule);
  }
  return out;
}

/** The value with the tree's calculated fields set; a field that comes out missing goes. */
export function compute(value: unknown, tree: Tree, scope: Scope): unknown {
  if (isArray(value)) return value.map((item) => compute(item, tree, scope));
  const out = isDocument(value) ? makeDocument(value) : makeDocument();
  for (const [key, rule] of tree.fields) {
    if (typeof rule === 'function') {
      const computed = rule(scope);
      if (computed === undefined) delete out[key];
      else out[key] = computed;
    } else if (isTree(rule) && rule.computes) out[key] = compute(out[key], rule, scope);
  }
  return out;
}
