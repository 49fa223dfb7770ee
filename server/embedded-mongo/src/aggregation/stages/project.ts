import type { Document } from '../../bson/types';
import { isArray, isDocument } from '../../bson/types';
import { scopeOf, located } from '../scope';
import type { StageCompiler } from './stage';
import { mapping, readsOf, rootOf } from './stage';
import type { Tree } from './projection';
import { compileTree, compute, exclude, include } from './projection';

/** Is the tree an exclusion, an inclusion? @throws Location31253/31254 when it is both */
function isExclusion(tree: Tree, paths: string[] = []): boolean {
  let found: boolean | undefined;
  const visit = (node: Tree, path: string[]) => {
    for (const [key, rule] of node.fields) {
      const here = [...path, key];
      if (typeof rule === 'object') {
        visit(rule, here);
        continue;
      }
      // `_id` may be left out of an inclusion and kept in an exclusion.
      if (!path.length && key === '_id' && typeof rule === 'boolean') continue;
      const excludes = rule === false;
      if (found === undefined || found === excludes) {
        found = excludes;
        continue;
      }
      const name = here.join('.');
      if (typeof rule === 'function')
        throw located(
          31252,
          `Invalid $project :: caused by :: Cannot use an expression ${name} in an exclusion projection`,
        );
      const [code, what, other] = excludes
        ? [31254, 'exclusion', 'inclusion']
        : [31253, 'inclusion', 'exclusion'];
      throw located(
        code,
        `Invalid $project :: caused by :: Cannot do ${what} on field ${name} in ${other} projection`,
      );
    }
  };
  visit(tree, paths);
  return found ?? tree.fields.get('_id') === false;
}

const project: StageCompiler = (spec, context, name) => {
  if (!isDocument(spec)) throw located(15969, `${name} specification must be an object`);
  if (!Object.keys(spec).length)
    throw located(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  const { compiler, dependencies } = context.expressions();
  const tree = compileTree(spec, compiler, 'project');
  if (isExclusion(tree)) return mapping((doc) => exclude(doc, tree) as Document);
  if (!tree.fields.has('_id')) tree.fields.set('_id', true);
  const reads = readsOf(dependencies, ...tree.fields.keys());
  return mapping(
    (doc, variables) => {
      const kept = include(doc, tree) as Document;
      return tree.computes ? (compute(kept, tree, scopeOf(doc, variables)) as Document) : kept;
    },
    { reads, consumes: true },
  );
};

const addFields: StageCompiler = (spec, context, name) => {
  if (!isDocument(spec))
    throw located(40272, `${name} specification stage must be an object, got ${typeof spec}`);
  if (!Object.keys(spec).length)
    throw located(
      40177,
      `Invalid ${name} :: caused by :: specification must have at least one field`,
    );
  const { compiler, dependencies } = context.expressions();
  const tree = compileTree(spec, compiler, 'addFields');
  return mapping((doc, variables) => compute(doc, tree, scopeOf(doc, variables)) as Document, {
    reads: readsOf(dependencies, ...tree.fields.keys()),
  });
};

const unset: StageCompiler = (spec, context) => {
  const paths = isArray(spec) ? spec : [spec];
  if (!paths.length)
    throw located(
      31119,
      '$unset specification must be a string or an array with at least one field',
    );
  for (const path of paths) {
    if (typeof path !== 'string')
      throw located(
        isArray(spec) ? 31120 : 31002,
        '$unset specification must be a string or an array containing only string values',
      );
    if (path.startsWith('$'))
      throw located(
        16410,
        "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
      );
  }
  const fields = Object.fromEntries((paths as string[]).map((path) => [path, false]));
  const tree = compileTree(fields, context.expressions().compiler, 'project');
  return mapping((doc) => exclude(doc, tree) as Document, {
    reads: new Set((paths as string[]).map(rootOf)),
  });
};

/** `$replaceRoot` and `$replaceWith`. */
function replaceRoot(expressionOf: (spec: unknown) => unknown): StageCompiler {
  return (spec, context) => {
    const { compiler, dependencies } = context.expressions();
    const newRoot = compiler.compile(expressionOf(spec));
    return mapping(
      (doc, variables) => {
        const root = newRoot(scopeOf(doc, variables));
        if (isDocument(root)) return root;
        throw located(
          40228,
          `'newRoot' expression must evaluate to an object, but resulting value was: ${root === undefined ? 'MISSING' : JSON.stringify(root)}`,
        );
      },
      { reads: readsOf(dependencies), consumes: true },
    );
  };
}

function newRootOf(spec: unknown): unknown {
  if (!isDocument(spec))
    throw located(
      40229,
      `expected an object as specification for $replaceRoot stage, got ${typeof spec}`,
    );
  for (const key of Object.keys(spec))
    if (key !== 'newRoot')
      throw located(
        40230,
        `unrecognized option to $replaceRoot stage: ${key}, only valid option is 'newRoot'.`,
      );
  if (!('newRoot' in spec)) throw located(40231, 'no newRoot specified for the $replaceRoot stage');
  return spec.newRoot;
}

export const PROJECT_STAGES: Record<string, StageCompiler> = {
  $project: project,
  $addFields: addFields,
  $set: addFields,
  $unset: unset,
  $replaceRoot: replaceRoot(newRootOf),
  $replaceWith: replaceRoot((spec) => spec),
};
