import type { Document } from '../bson/types';
import type { PipelineSource } from './source';

export type { PipelineSource } from './source';

/** Where and with what a pipeline runs. */
export interface PipelineOptions {
  /** Other collections; without it `$lookup` and the like are refused. */
  readonly source?: PipelineSource | undefined;
  /** The command's `let`: expressions, evaluated once. */
  readonly let?: unknown;
  /** Variables by value. */
  readonly constants?: Document | undefined;
  /** `$$NOW`. */
  readonly now: Date;
  /** How much a blocking stage may hold, in bytes of BSON; 100 MB by default. */
  readonly memoryBytes?: number | undefined;
  readonly allowDiskUse?: boolean;
}

/** A checked and compiled pipeline. */
export interface PreparedPipeline {
  /** Top-level fields it reads of its input; undefined when it may read any. */
  readonly reads: ReadonlySet<string> | undefined;
  /** Pulls from the input as results are asked for, as far as the stages allow. */
  run(docs: Iterable<Document>): Iterable<Document>;
}

/** The pipeline engine. Input documents are never changed; results may share parts with them. */
export interface AggregationEngine {
  /** @throws MongoError for anything in the pipeline that is malformed or not supported */
  prepare(stages: readonly Document[], options: PipelineOptions): PreparedPipeline;
  /** One document through the stages of an update. @throws InvalidOptions 72 for other stages */
  updateByPipeline(
    doc: Document,
    stages: readonly Document[],
    options: Omit<PipelineOptions, 'source'>,
  ): Document;
}

let loaded: AggregationEngine | undefined;
let loading: Promise<AggregationEngine> | undefined;

/** Loads the engine when it is first needed: most of the time at start is reading code. */
export function loadAggregation(): Promise<AggregationEngine> {
  loading ??= import('./pipeline')
    .then((pipeline) => pipeline.createEngine())
    .then((engine) => (loaded = engine));
  return loading;
}

export const aggregationLoaded = (): boolean => loaded !== undefined;

/** The engine; the dispatcher has made sure that it is loaded. */
export function aggregation(): AggregationEngine {
  if (!loaded) throw new Error('the aggregation engine is not loaded');
  return loaded;
}
