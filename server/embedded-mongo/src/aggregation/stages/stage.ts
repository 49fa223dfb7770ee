import type { Document } from '../../bson/types';
import { isDocument } from '../../bson/types';
import { failedToParse } from '../../errors';
import { Dependencies, ExpressionCompiler } from '../expressions/compile';
import type { MemoryLimit } from '../memory';
import { MemoryMeter } from '../memory';
import type { Variables } from '../scope';
import type { PipelineSource } from '../source';
import { PAUSE_MARK } from '../source';

/** One compiled stage. */
export interface Stage {
  /** Pulls documents as they are asked for, unless the stage has to see all of them first. */
  run(docs: Iterable<Document>, variables: Variables): Iterable<Document>;
  /** Top-level fields the stage reads; undefined when it may read any. */
  readonly reads?: ReadonlySet<string> | undefined;
  /** True when the stage hands {@link PAUSE_MARK} on; others never see it. */
  readonly pauses?: boolean;
  /** True when no field leaves the stage that it has not read. */
  readonly consumes?: boolean;
}

export function* withoutPauses(docs: Iterable<Document>): Generator<Document> {
  for (const doc of docs) if (doc !== PAUSE_MARK) yield doc;
}

/** A compiled pipeline. */
export interface Pipeline {
  run(docs: Iterable<Document>, variables: Variables): Iterable<Document>;
  readonly stages: readonly Stage[];
}

/** What stages are compiled with. */
export class StageContext {
  constructor(
    readonly names: ReadonlySet<string>,
    readonly source: PipelineSource | undefined,
    readonly memory: MemoryLimit,
    readonly compilePipeline: (stages: readonly Document[], context: StageContext) => Pipeline,
  ) {}

  /** A compiler for one stage's expressions, and what they read. */
  expressions(): { compiler: ExpressionCompiler; dependencies: Dependencies } {
    const dependencies = new Dependencies();
    return { compiler: new ExpressionCompiler(this.names, dependencies), dependencies };
  }

  /** The known variables without values, to compile what is given them later. */
  placeholders(): Variables {
    return Object.fromEntries([...this.names].map((name) => [name, null]));
  }

  meter(stage: string): MemoryMeter {
    return new MemoryMeter(this.memory, stage);
  }

  /** A pipeline inside this one, which also knows the given variables. */
  inner(stages: readonly Document[], names: readonly string[] = []): Pipeline {
    const known = new Set([...this.names, ...names]);
    const context = new StageContext(known, this.source, this.memory, this.compilePipeline);
    return this.compilePipeline(stages, context);
  }

  /** @throws FailedToParse where there are no collections (an update, a change stream) */
  collections(stage: string): PipelineSource {
    if (!this.source) throw failedToParse(`${stage} is not possible here`);
    return this.source;
  }
}

/** Compiles the use of a stage: its specification as it was sent, and its name for messages. */
export type StageCompiler = (spec: unknown, context: StageContext, name: string) => Stage;

export const readsOf = (
  dependencies: Dependencies,
  ...more: readonly string[]
): ReadonlySet<string> | undefined =>
  dependencies.all ? undefined : new Set([...dependencies.fields, ...more]);

export const rootOf = (path: string): string => path.split('.')[0]!;

/** The specification of a stage as a document. @throws FailedToParse */
export function documentSpec(spec: unknown, name: string): Document {
  if (!isDocument(spec)) throw failedToParse(`the ${name} stage specification must be an object`);
  return spec;
}

/** @throws FailedToParse for fields a stage does not have */
export function checkFields(spec: Document, name: string, known: readonly string[]): void {
  for (const key of Object.keys(spec))
    if (!known.includes(key)) throw failedToParse(`unrecognized field '${key}' in ${name}`);
}

/** A function from document to document as a stage. */
export const mapping = (
  map: (doc: Document, variables: Variables) => Document,
  rest: Omit<Stage, 'run'> = {},
): Stage => ({
  ...rest,
  pauses: true,
  *run(docs, variables) {
    for (const doc of docs) yield doc === PAUSE_MARK ? doc : map(doc, variables);
  },
});
