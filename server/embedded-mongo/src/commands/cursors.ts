import { Long } from 'bson';
import { RawArray } from '../bson/types';
import { toDouble } from '../bson/numbers';
import { ChangeStream } from '../oplog/change-stream';
import { isThreadCursor } from '../slow/read-thread';
import { cursorId } from '../wire/cursors';
import type { Command, CommandContext, Reply } from './context';
import { count, list } from './context';

const DEFAULT_AWAIT_MS = 1000;
const MAX_EVENTS = 1000;

const getMore: Command = {
  kind: 'read',
  inTransaction: true,
  run(context) {
    const { engine, body } = context;
    const id = cursorId(body.getMore);
    const batchSize = count(body.batchSize, 'batchSize');
    const { source } = engine.cursors.get(id);
    if (source instanceof ChangeStream) return awaitEvents(context, id, source, batchSize);
    return { cursor: engine.cursors.next(id, batchSize), ok: 1 };
  },
};

/** Answers at once when there are events, else with the next commit or when the time is over. */
function awaitEvents(
  { engine, body }: CommandContext,
  id: bigint,
  stream: ChangeStream,
  batchSize: number | undefined,
): Reply | Promise<Reply> {
  const max = batchSize || MAX_EVENTS;
  const reply = (events: Buffer[]): Reply => {
    if (stream.invalidated) engine.cursors.kill(id);
    const open = engine.cursors.has(id);
    return {
      cursor: {
        nextBatch: new RawArray(events),
        postBatchResumeToken: stream.resumeToken,
        id: Long.fromBigInt(open ? id : 0n),
        ns: stream.ns,
      },
      ok: 1,
    };
  };
  const ready = stream.read(max);
  if (ready.length || stream.invalidated) return reply(ready);
  return new Promise((resolve, reject) => {
    const wait = body.maxTimeMS === undefined ? DEFAULT_AWAIT_MS : toDouble(body.maxTimeMS);
    const finish = (events: Buffer[]) => {
      clearTimeout(timer);
      engine.changeListeners.delete(check);
      resolve(reply(events));
    };
    const check = () => {
      try {
        const events = stream.read(max);
        if (events.length || stream.invalidated || !engine.cursors.has(id)) finish(events);
      } catch (error) {
        clearTimeout(timer);
        engine.changeListeners.delete(check);
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const timer = setTimeout(() => finish([]), wait);
    engine.changeListeners.add(check);
  });
}

const killCursors: Command = {
  kind: 'read',
  run({ engine, body, db }) {
    const killed: unknown[] = [];
    const notFound: unknown[] = [];
    const ids = list(body.cursors, 'cursors');
    const elsewhere = engine.readThread ? ids.filter((id) => isThreadCursor(cursorId(id))) : [];
    if (elsewhere.length) engine.readThread?.killCursors(elsewhere, db);
    killed.push(...elsewhere);
    for (const id of ids.filter((other) => !elsewhere.includes(other)))
      (engine.cursors.kill(cursorId(id)) ? killed : notFound).push(id);
    // Waiting getMores of killed streams must answer.
    for (const listener of [...engine.changeListeners]) listener();
    return {
      cursorsKilled: killed,
      cursorsNotFound: notFound,
      cursorsAlive: [],
      cursorsUnknown: [],
      ok: 1,
    };
  },
};

export const cursorCommands: Record<string, Command> = { getMore, killCursors };
