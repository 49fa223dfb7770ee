import { Long } from 'bson';
import { RawArray } from '../bson/types';
import { toDouble } from '../bson/numbers';
import { badValue, MongoError } from '../errors';
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
    if (body.maxTimeMS !== undefined)
      throw badValue('cannot set maxTimeMS on getMore command for a non-awaitData cursor');
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
  const read = (): Buffer[] => {
    try {
      return stream.read(max);
    } catch (error) {
      engine.cursors.kill(id);
      throw error;
    }
  };
  const ready = read();
  if (ready.length || stream.invalidated) return reply(ready);
  return new Promise((resolve, reject) => {
    const wait = body.maxTimeMS === undefined ? DEFAULT_AWAIT_MS : toDouble(body.maxTimeMS);
    const settle = () => {
      clearTimeout(timer);
      engine.changeListeners.delete(check);
    };
    const finish = (events: Buffer[]) => {
      settle();
      resolve(reply(events));
    };
    const check = () => {
      if (!engine.changeListeners.has(check)) return;
      try {
        if (!engine.cursors.has(id)) throw new MongoError(237, 'CursorKilled', 'cursor was killed');
        const events = read();
        if (events.length || stream.invalidated) finish(events);
        else if (stream.isBehind) setImmediate(check);
      } catch (error) {
        settle();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const timer = setTimeout(() => finish([]), wait);
    engine.changeListeners.add(check);
    if (stream.isBehind) setImmediate(check);
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
