import type { Document } from '../../bson/types';
import { isArray, isDocument } from '../../bson/types';
import { bsonSize } from '../../bson/size';
import { failedToParse, unsupported } from '../../errors';
import { flatValues } from '../../query/paths';
import { isRegex } from '../../query/regex';
import { splitPath } from '../expressions/compile';
import type { Variables } from '../scope';
import { innerVariables, scopeOf, located } from '../scope';
import type { Stage, StageCompiler, StageContext } from './stage';
import { checkFields, documentSpec, mapping, readsOf } from './stage';
import { withPath } from './unwind';

const FIELDS = ['from', 'localField', 'foreignField', 'let', 'pipeline', 'as'];

/** A path given as a string. @throws FailedToParse */
function pathArgument(spec: Document, key: string, name: string): string {
  const path = spec[key];
  if (typeof path !== 'string')
    throw failedToParse(`${name} argument '${key}' must be a string, found ${String(path)}`);
  splitPath(path);
  return path;
}

/** Variables of `let`, evaluated for each document. */
export function compileLet(spec: unknown, context: StageContext) {
  const given = spec === undefined ? {} : documentSpec(spec, 'let');
  const { compiler, dependencies } = context.expressions();
  const names = Object.keys(given);
  compiler.define(names);
  const values = names.map((name) => compiler.compile(given[name]));
  const evaluate = (doc: Document, outer: Variables): Variables => {
    const inner = innerVariables(outer);
    const scope = scopeOf(doc, outer);
    names.forEach((name, i) => (inner[name] = values[i]!(scope)));
    return inner;
  };
  return { names, evaluate, dependencies };
}

/** What a pipeline of another collection starts with, split off so that an index may serve it. */
export function splitMatches(stages: readonly Document[]) {
  let n = 0;
  while (n < stages.length && isDocument(stages[n]?.$match)) n++;
  return { filters: stages.slice(0, n).map((s) => s.$match as Document), rest: stages.slice(n) };
}

/** The stages of an inner pipeline. @throws for what must not be in one */
export function innerStages(value: unknown, name: string): Document[] {
  if (value === undefined) return [];
  if (!isArray(value)) throw failedToParse(`${name} argument 'pipeline' must be an array`);
  for (const stage of value) {
    if (!isDocument(stage)) throw failedToParse('Each element of the pipeline must be an object');
    for (const banned of ['$out', '$merge', '$changeStream'])
      if (banned in stage)
        throw located(51047, `${banned} is not allowed within a ${name}'s sub-pipeline`);
  }
  return value as Document[];
}

/**
 * `$lookup` with localField/foreignField (through the foreign collection's index), a pipeline with
 * `let`, or both.
 */
export const lookup: StageCompiler = (spec, context, name): Stage => {
  const given = documentSpec(spec, name);
  checkFields(given, name, FIELDS);
  const as = splitPath(pathArgument(given, 'as', name));
  if (isDocument(given.from)) throw unsupported("$lookup from another database ('from' as object)");
  const hasFields = 'localField' in given || 'foreignField' in given;
  if (!hasFields && !('pipeline' in given))
    throw failedToParse(
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  const local = hasFields ? pathArgument(given, 'localField', name).split('.') : undefined;
  const foreign = hasFields ? pathArgument(given, 'foreignField', name) : undefined;
  const source = context.collections(name);
  const stages = innerStages(given.pipeline, name);
  // Without `from` the pipeline brings its own documents.
  const ownDocuments = given.from === undefined && stages[0] && '$documents' in stages[0];
  const from = ownDocuments ? undefined : pathArgument(given, 'from', name);
  const { names, evaluate, dependencies } = compileLet(given.let, context);
  const { filters, rest } =
    from === undefined ? { filters: [], rest: stages } : splitMatches(stages);
  const pipeline = context.inner(rest, names);
  return mapping(
    (doc, outer) => {
      const variables = evaluate(doc, outer);
      const all = local && foreign ? [joinFilter(doc, local, foreign), ...filters] : filters;
      const filter = all.length > 1 ? { $and: all } : (all[0] ?? {});
      const found = from === undefined ? [] : source.find(from, filter, variables);
      const meter = context.meter('$lookup');
      const joined: Document[] = [];
      for (const item of pipeline.run(found, variables)) {
        meter.add(bsonSize(item));
        joined.push(item);
      }
      return withPath(doc, as, joined);
    },
    { reads: local ? readsOf(dependencies, local[0]!, as[0]!) : readsOf(dependencies, as[0]!) },
  );
};

/** Equal to the local value, or to one of the elements of a local array; missing counts as null. */
function joinFilter(doc: Document, local: readonly string[], foreign: string): Document {
  return equalsAny(
    foreign,
    flatValues(doc, local).map((value) => value ?? null),
  );
}

/** A filter for documents with one of the values at a path, which an index can serve. */
export function equalsAny(path: string, values: readonly unknown[]): Document {
  if (values.length === 1) return { [path]: { $eq: values[0] } };
  // In `$in` a regular expression would be matched instead of compared.
  if (values.some(isRegex)) return { $or: values.map((value) => ({ [path]: { $eq: value } })) };
  return { [path]: { $in: values } };
}

/** `$unionWith`: this pipeline's documents, then those of another collection. */
export const unionWith: StageCompiler = (spec, context, name) => {
  const given: Document = typeof spec === 'string' ? { coll: spec } : documentSpec(spec, name);
  checkFields(given, name, ['coll', 'pipeline']);
  const stages = innerStages(given.pipeline, name);
  const ownDocuments = given.coll === undefined && stages[0] && '$documents' in stages[0];
  const coll = ownDocuments ? undefined : pathArgument(given, 'coll', name);
  const source = context.collections(name);
  const { filters, rest } =
    coll === undefined ? { filters: [], rest: stages } : splitMatches(stages);
  const pipeline = context.inner(rest);
  const filter = filters.length ? { $and: filters } : {};
  return {
    *run(docs, variables) {
      yield* docs;
      const found = coll === undefined ? [] : source.find(coll, filter, variables);
      yield* pipeline.run(found, variables);
    },
  };
};
