import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import { aggregation } from '../aggregation/engine';
import { failedToParse } from '../errors';
import type { StreamStages } from '../oplog/change-stream';
import { ChangeStream, matchStages } from '../oplog/change-stream';
import { startPosition } from '../oplog/resume-token';
import { checkStages, streamOptions, watchedNamespaces } from '../oplog/stream-options';
import type { CommandContext, Reply } from './context';

/** Stages that compute: checked now, run whenever there are events. */
function generalStages({ engine }: CommandContext, stages: readonly Document[]): StreamStages {
  const prepare = () => aggregation().prepare(stages, { now: new Date(engine.clock()) });
  prepare();
  return (events) => [...prepare().run(events)];
}

/** Opens a change stream on a collection, a database, or (`allChangesForCluster`) everything. */
export function openChangeStream(
  context: CommandContext,
  ns: string | undefined,
  pipeline: readonly Document[],
): Reply {
  const { engine, db } = context;
  const stage = pipeline[0]!.$changeStream;
  if (!isDocument(stage))
    throw failedToParse('the $changeStream stage specification must be an object');
  const options = streamOptions(stage);
  const rest = pipeline.slice(1);
  checkStages(rest);
  const stream = new ChangeStream(
    engine.oplog,
    (where, id) => engine.lookUp(where, id),
    ns ?? `${db}.$cmd.aggregate`,
    watchedNamespaces(stage, db, ns),
    options,
    rest.length === 0 ? undefined : (matchStages(rest) ?? generalStages(context, rest)),
    startPosition(stage, engine.oplog),
  );
  return { cursor: engine.cursors.stream(stream), ok: 1 };
}

/** Does the command open a change stream? */
export const opensChangeStream = (body: Document): boolean =>
  Array.isArray(body.pipeline) &&
  isDocument(body.pipeline[0]) &&
  '$changeStream' in body.pipeline[0];
