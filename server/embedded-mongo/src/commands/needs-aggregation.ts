import { isSink } from '../aggregation/sinks';
import type { Document } from '../bson/types';
import { hasExpressions } from '../query/projection-spec';
import { isSimplePipeline } from './aggregate';

/** Does the pipeline write its result into a collection? */
export const hasSink = (body: Document): boolean =>
  Array.isArray(body.pipeline) && isSink(body.pipeline.at(-1) as Document | undefined);

/** Does the command use what only the (lazily loaded) aggregation engine can do? */
export function needsAggregation(name: string, body: Document, bytes: Buffer): boolean {
  if (bytes.includes('$expr')) return true;
  if (name === 'aggregate') return !isSimplePipeline(body.pipeline) || hasSink(body);
  if (name === 'find') return hasExpressions(body.projection);
  if (name === 'findAndModify' || name === 'findandmodify')
    return Array.isArray(body.update) || hasExpressions(body.fields);
  if (name === 'update' && Array.isArray(body.updates))
    return body.updates.some((u: Document) => Array.isArray(u?.u));
  return false;
}
