/** The thread's own side: an engine on the same files that only reads. */
import { parentPort, workerData } from 'node:worker_threads';
import { decodeDocument } from '../bson/decode';
import { encodeDocument } from '../bson/encode';
import type { Document } from '../bson/types';
import { loadAggregation } from '../aggregation/engine';
import type { Command, CommandContext } from '../commands/context';
import { needsAggregation } from '../commands/needs-aggregation';
import { dataCommands } from '../commands/registry';
import { Engine } from '../engine';
import { Work } from '../query/work';
import { errorReply } from '../wire/error-reply';
import type { ReadJob, ReadJobDone, ReadThreadData } from './read-thread';
import { THREAD_CURSORS } from './read-thread';
import { targetsCommand } from './targets';

const EXPIRE_EVERY_MS = 60_000;

const { dataDir, mapSize, memoryBytes } = workerData as ReadThreadData;
let now = Date.now();
const engine = new Engine({
  dataDir,
  mapSize,
  memoryBytes,
  readOnly: true,
  clock: () => now,
  oplogBytes: Infinity,
  firstCursorId: THREAD_CURSORS + BigInt(Date.now()) * 1000n,
  onError: (error) => {
    throw error;
  },
  // It commits nothing, so it cannot happen here.
  onFatal: () => undefined,
});
const commands: Record<string, Command> = { ...dataCommands, _targets: targetsCommand };

async function run(bytes: Uint8Array): Promise<Document> {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const body = decodeDocument(raw);
  const name = Object.keys(body)[0] ?? '';
  if (needsAggregation(name, body, raw)) await loadAggregation();
  engine.refresh();
  const context: CommandContext = {
    engine,
    body,
    db: body.$db as string,
    session: undefined,
    transaction: undefined,
    retry: undefined,
    snapshot: undefined,
    unit: undefined as never,
    reader: engine.readView(undefined),
    work: new Work({ turn: Infinity, memory: memoryBytes }),
    targets: undefined,
    progress: undefined,
  };
  return commands[name]!.run(context);
}

let last: Promise<void> = Promise.resolve();

parentPort!.on('message', (message: ReadJob) => {
  last = last.then(async () => {
    now = message.now;
    const reply = await run(message.body).catch(errorReply);
    // A copy with a buffer of its own: small encodings share one.
    const bytes = new Uint8Array(encodeDocument(reply));
    const done: ReadJobDone = { job: message.job, reply: bytes };
    parentPort!.postMessage(done, [bytes.buffer]);
  });
});

setInterval(() => {
  now = Math.max(now, Date.now());
  engine.cursors.expire();
}, EXPIRE_EVERY_MS).unref();
