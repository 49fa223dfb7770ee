import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import { isNumber } from '../bson/numbers';
import { MongoError } from '../errors';
import { installExpressions } from '../query/matcher';
import { installProjectionExpressions } from '../query/projection';
import { MEMORY_BYTES } from '../query/work';
import type { AggregationEngine, PipelineOptions } from './engine';
import { Dependencies, ExpressionCompiler } from './expressions/compile';
import type { Variables } from './scope';
import { innerVariables, located, scopeOf } from './scope';
import { stageName } from './stage-name';
import { STAGES } from './stages';
import { sortStage, wholeNumber } from './stages/basic';
import type { Pipeline, Stage } from './stages/stage';
import { StageContext, withoutPauses } from './stages/stage';
import { isTrue } from './values';

/** Stages that make documents from a collection and so can only come first. */
const FIRST_ONLY = new Set([
  ...['$geoNear', '$collStats', '$indexStats', '$changeStream', '$documents'],
  ...['$currentOp', '$listLocalSessions'],
]);
const LAST_ONLY = new Set(['$out', '$merge']);

function compileStage(stage: Document, index: number, context: StageContext): Stage {
  const name = stageName(stage);
  const compile = STAGES.get(name);
  if (FIRST_ONLY.has(name) && (index > 0 || !compile))
    throw located(40602, `${name} is only valid as the first stage in a pipeline.`);
  if (LAST_ONLY.has(name))
    throw located(40601, `${name} can only be the final stage in the pipeline`);
  if (!compile) throw located(40324, `Unrecognized pipeline stage name: '${name}'`);
  return compile(stage[name], context, name);
}

/** How many documents the stages after a sort let through, when that can be seen. */
function limitAfter(stages: readonly Document[], at: number): number {
  let skipped = 0;
  for (let i = at + 1; i < stages.length; i++) {
    const { $skip, $limit } = stages[i]!;
    if (isNumber($skip)) skipped += wholeNumber($skip, 0, 5107200, '$skip');
    else if (isNumber($limit)) return skipped + wholeNumber($limit, 1, 5107201, '$limit');
    else break;
  }
  return Infinity;
}

function compilePipeline(specs: readonly Document[], context: StageContext): Pipeline {
  const stages = specs.map((stage, i) =>
    isDocument(stage) && '$sort' in stage && Object.keys(stage).length === 1
      ? sortStage(stage.$sort, context, limitAfter(specs, i))
      : compileStage(stage, i, context),
  );
  return {
    stages,
    run: (docs, variables) =>
      stages.reduce<Iterable<Document>>(
        (flow, stage) => stage.run(stage.pauses ? flow : withoutPauses(flow), variables),
        docs,
      ),
  };
}

/** The fields read before a stage that lets no other fields through. */
function readsOf(stages: readonly Stage[]): ReadonlySet<string> | undefined {
  const fields = new Set<string>();
  for (const stage of stages) {
    if (!stage.reads) return undefined;
    for (const field of stage.reads) fields.add(field);
    if (stage.consumes) return fields;
  }
  return undefined;
}

/** Evaluates a command's `let`. @throws Location4890500 when it reads the document */
function evaluateLet(spec: unknown, constants: Document | undefined, now: Date): Variables {
  const variables = innerVariables(null);
  variables.NOW = now;
  if (isDocument(spec)) {
    const dependencies = new Dependencies();
    const compiler = new ExpressionCompiler(new Set(), dependencies);
    const scope = scopeOf(undefined, { NOW: now });
    compiler.define(Object.keys(spec));
    for (const name of Object.keys(spec)) {
      const value = compiler.compile(spec[name]);
      if (dependencies.all || dependencies.fields.size)
        throw located(
          4890500,
          'Command let Expression tried to access a field, but this is not allowed because command let expressions run before the query examines any documents.',
        );
      variables[name] = value(scope);
    }
  }
  for (const name of Object.keys(constants ?? {})) variables[name] = constants![name];
  return variables;
}

/** Names of variables, those of outer scopes included. */
function namesOf(variables: Variables): Set<string> {
  const names = new Set<string>();
  for (const name in variables) if (name !== 'NOW') names.add(name);
  return names;
}

const UPDATE_STAGES = new Set([
  ...['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith'],
]);

function prepare(specs: readonly Document[], options: PipelineOptions) {
  const variables = evaluateLet(options.let, options.constants, options.now);
  const memory = {
    bytes: options.memoryBytes ?? MEMORY_BYTES,
    allowDiskUse: options.allowDiskUse === true,
  };
  const context = new StageContext(namesOf(variables), options.source, memory, compilePipeline);
  const pipeline = compilePipeline(specs, context);
  return {
    reads: readsOf(pipeline.stages),
    run: (docs: Iterable<Document>) => pipeline.run(docs, variables),
  };
}

/** Makes the engine and lets filters and projections use its expressions. */
export function createEngine(): AggregationEngine {
  const valueOf = (expression: unknown, variables: Variables) => {
    const evaluate = new ExpressionCompiler(namesOf(variables)).compile(expression);
    return (doc: Document) => evaluate(scopeOf(doc, variables));
  };
  installExpressions((expression, { bound, variables: spec }) => {
    const value = valueOf(expression, bound ?? evaluateLet(spec, undefined, new Date()));
    return (doc) => isTrue(value(doc));
  });
  installProjectionExpressions((expression, spec) =>
    valueOf(expression, evaluateLet(spec, undefined, new Date())),
  );
  return {
    prepare,
    updateByPipeline(doc, stages, options) {
      for (const stage of stages) {
        const name = stageName(stage);
        if (!UPDATE_STAGES.has(name))
          throw new MongoError(
            72,
            'InvalidOptions',
            `${name} is not allowed to be used within an update`,
          );
      }
      const [after] = prepare(stages, options).run([doc]);
      return after!;
    },
  };
}
