import type { Document } from '../bson/types';
import { flatValues, getPath, setPath } from '../query/paths';
import { failedToParse } from '../errors';
import { aggregation } from './engine';
import type { PipelineSource } from './engine';

interface Stream {
  map(f: (doc: Document) => Document): Stream;
}

/**
 * `$lookup` with localField/foreignField (through the foreign collection's index), a pipeline with
 * `let`, or both.
 */
export function lookupStage<S extends Stream>(
  docs: S,
  spec: Document,
  options: Document,
  source: PipelineSource | undefined,
  plain: (doc: Document) => Document,
): S {
  const { from, localField, foreignField, as, pipeline } = spec;
  if (typeof from !== 'string' || typeof as !== 'string')
    throw failedToParse("$lookup needs the strings 'from' and 'as'");
  if (!source) throw failedToParse('$lookup is not possible here');
  const stages = (pipeline ?? []) as Document[];
  const outer = (options.variables ?? {}) as Document;
  const joined = (doc: Document): Document[] => {
    const filter =
      typeof localField === 'string' && typeof foreignField === 'string'
        ? { [foreignField]: joinCondition(doc, localField) }
        : {};
    const found = source.find(from, filter);
    if (!stages.length) return found.map(plain);
    const variables = { ...outer };
    for (const [name, expression] of Object.entries((spec.let ?? {}) as Document))
      variables[name] = simpleExpression(doc, expression);
    return aggregation().run(found, stages, source, variables, new Date());
  };
  return docs.map((doc) => {
    const out = { ...doc };
    setPath(out, as, joined(doc));
    return out;
  }) as S;
}

function joinCondition(doc: Document, path: string): Document {
  const values = flatValues(doc, path.split('.')).map((v) => v ?? null);
  return values.length ? { $in: values } : { $eq: null };
}

/** `let` values: a path, a literal, or an expression evaluated by a `$project`. */
function simpleExpression(doc: Document, expression: unknown): unknown {
  if (typeof expression === 'string' && /^\$[^$]/.test(expression))
    return getPath(doc, expression.slice(1));
  const stage = { $replaceWith: { value: expression } };
  const [out] = aggregation().run([doc], [stage], undefined, undefined, new Date());
  return out?.value;
}
