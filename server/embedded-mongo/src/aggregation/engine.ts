import type { Document } from '../bson/types';

/** Gives `$lookup`, `$unionWith` and the like access to collections of the same database. */
export interface PipelineSource {
  /** All documents of a collection. */
  all(collection: string): Document[];
  /** Documents by filter, through the indexes. */
  find(collection: string, filter: Document): Document[];
}

/** The general pipeline engine, behind which mingo does the work. */
export interface AggregationEngine {
  run(
    docs: Document[],
    stages: readonly Document[],
    source: PipelineSource | undefined,
    variables: Document | undefined,
    now: Date,
  ): Document[];
  updateByPipeline(doc: Document, stages: readonly Document[], variables: Document): Document;
}

let loaded: AggregationEngine | undefined;
let loading: Promise<AggregationEngine> | undefined;

/** Loads the engine: its import takes longer than everything else at start, so it waits for need. */
export function loadAggregation(): Promise<AggregationEngine> {
  loading ??= import('./mingo-adapter')
    .then((adapter) => adapter.createEngine())
    .then((engine) => (loaded = engine));
  return loading;
}

export const aggregationLoaded = (): boolean => loaded !== undefined;

/** The engine; the dispatcher has made sure that it is loaded. */
export function aggregation(): AggregationEngine {
  if (!loaded) throw new Error('the aggregation engine is not loaded');
  return loaded;
}
