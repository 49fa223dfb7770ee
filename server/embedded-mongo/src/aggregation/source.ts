import type { Document } from '../bson/types';
import type { Variables } from './scope';

/**
 * Stands among the documents where a cursor has read enough for this turn and lets others have
 * theirs. Stages that work document by document hand it on.
 */
export const PAUSE_MARK: Document = Object.freeze({});

/** Gives `$lookup`, `$unionWith` and the like access to collections of the same database. */
export interface PipelineSource {
  /**
   * Documents by filter, through the indexes, lazily.
   * @param variables what `$expr` in the filter may use
   */
  find(collection: string, filter: Document, variables?: Variables): Iterable<Document>;
}
