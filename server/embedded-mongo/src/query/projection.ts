import { isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { isDocument, isArray, makeDocument } from '../bson/types';
import { MongoError, badValue, unsupported } from '../errors';
import { compileFilter } from './matcher';
import { elementTest } from './predicates';

type Include = true | Tree | Special;
interface Tree {
  readonly fields: Map<string, Include>;
}
interface Special {
  readonly apply: (value: unknown, doc: Document) => unknown;
}

export type Projection = (doc: Document) => Document;

/**
 * Compiles a find projection (inclusion or exclusion, `$slice`, `$elemMatch`, positional `.$`).
 * @returns undefined when it keeps everything.
 * @throws MongoError 31253/31254 when inclusion and exclusion are mixed.
 */
export function compileProjection(spec: unknown, filter: Document): Projection | undefined {
  if (spec === undefined || spec === null) return undefined;
  if (!isDocument(spec)) throw badValue('projection must be a document');
  if (!Object.keys(spec).length) return undefined;
  let mode: 'include' | 'exclude' | undefined;
  let id: boolean | undefined;
  const tree: Tree = { fields: new Map() };
  for (const [path, value] of Object.entries(spec)) {
    const special = compileSpecial(path, value, filter);
    if (special) {
      add(tree, special.path, special.include);
      if (special.implies) mode ??= special.implies;
      continue;
    }
    const keep = typeof value === 'boolean' ? value : toDouble(value) !== 0;
    if (path === '_id') {
      id = keep;
      continue;
    }
    const wanted = keep ? 'include' : 'exclude';
    if (mode && mode !== wanted) {
      const [code, what] = keep ? [31253, 'inclusion'] : [31254, 'exclusion'];
      throw new MongoError(
        code,
        `Location${code}`,
        `Cannot do ${what} on field ${path} in ${keep ? 'exclusion' : 'inclusion'} projection`,
      );
    }
    mode = wanted;
    add(tree, path, true);
  }
  if (mode === undefined) mode = id === true && tree.fields.size === 0 ? 'include' : 'exclude';
  if (mode === 'include' && id !== false) tree.fields.set('_id', true);
  if (mode === 'exclude' && id === false) tree.fields.set('_id', true);
  return mode === 'include' ? (doc) => include(doc, tree, doc) : (doc) => exclude(doc, tree, doc);
}

interface SpecialField {
  readonly path: string;
  readonly include: Special;
  readonly implies: 'include' | undefined;
}

function compileSpecial(path: string, value: unknown, filter: Document): SpecialField | undefined {
  if (path.endsWith('.$')) {
    const array = path.slice(0, -2);
    return { path: array, include: positional(array, filter), implies: 'include' };
  }
  if (isDocument(value)) {
    if ('$slice' in value)
      return { path, include: { apply: slicer(value.$slice) }, implies: undefined };
    if ('$elemMatch' in value) {
      const test = elementTest(value.$elemMatch);
      const apply = (v: unknown) => {
        const found = isArray(v) ? v.find(test) : undefined;
        return found === undefined ? undefined : [found];
      };
      return { path, include: { apply }, implies: 'include' };
    }
    throw unsupported(`projection expression for '${path}'`);
  }
  if (typeof value === 'string') throw unsupported(`projection expression for '${path}'`);
  if (typeof value !== 'boolean' && !isNumber(value))
    throw badValue(`unsupported projection value for '${path}'`);
  return undefined;
}

function slicer(spec: unknown): (value: unknown) => unknown {
  const pair = isArray(spec) ? spec.map(toDouble) : undefined;
  const count = pair ? 0 : toDouble(spec);
  if (pair && !(pair[1]! > 0)) throw badValue('$slice limit must be positive');
  return (value) => {
    if (!isArray(value)) return value;
    if (!pair) return count >= 0 ? value.slice(0, count) : value.slice(count);
    const skip = pair[0]! < 0 ? Math.max(0, value.length + pair[0]!) : pair[0]!;
    return value.slice(skip, skip + pair[1]!);
  };
}

/** `items.$`: the first element that meets what the filter says about `items`. */
function positional(path: string, filter: Document): Special {
  const conditions: Document[] = [];
  const collect = (part: Document) => {
    for (const [key, value] of Object.entries(part)) {
      if (key === '$and' && isArray(value)) value.forEach((v) => collect(v as Document));
      else if (key === path || key.startsWith(`${path}.`)) conditions.push({ [key]: value });
    }
  };
  collect(filter);
  const wrap = (item: unknown): Document =>
    path.split('.').reduceRight<unknown>((v, k) => ({ [k]: v }), [item]) as Document;
  const test = conditions.length ? compileFilter({ $and: conditions }) : undefined;
  return {
    apply(value) {
      if (!isArray(value)) return value;
      if (!test)
        throw new MongoError(
          51246,
          'Location51246',
          "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
        );
      const found = value.find((item) => test(wrap(item)));
      return found === undefined ? [] : [found];
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
    else if ('apply' in rule) {
      const applied = rule.apply(value, root);
      if (applied !== undefined) out[key] = applied;
    } else {
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
