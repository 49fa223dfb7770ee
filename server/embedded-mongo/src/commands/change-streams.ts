import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import { aggregation } from '../aggregation/engine';
import { failedToParse } from '../errors';
import { ChangeStream, fullDocumentMode, matchStages, startPosition } from '../oplog/change-stream';
import type { StreamStages } from '../oplog/change-stream';
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
  const mode = fullDocumentMode(stage);
  const rest = pipeline.slice(1);
  const stages =
    rest.length === 0 ? undefined : (matchStages(rest) ?? generalStages(context, rest));
  const watches = stage.allChangesForCluster
    ? () => true
    : ns
      ? (other: string) => other === ns || other === db
      : (other: string) => other === db || other.startsWith(`${db}.`);
  const stream = new ChangeStream(
    engine.oplog,
    (where, id) => engine.lookUp(where, id),
    ns ?? `${db}.$cmd.aggregate`,
    watches,
    mode,
    stages,
    startPosition(stage, engine.oplog),
  );
  return { cursor: engine.cursors.stream(stream), ok: 1 };
}
