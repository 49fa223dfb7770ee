/**
 * Child-process entry: `node cli.js --data DIR [--port 0] [--socket PATH] [--test-commands]`. Prints one JSON line
 * when ready; ends on SIGTERM, SIGINT, when the parent's pipe to stdin closes or its IPC channel
 * goes, so that a killed parent leaves no orphan.
 */
import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DataFolderError, startEmbeddedMongo } from './index';

const EXIT = { failed: 1, usage: 2, 'in-use': 3, unwritable: 4, damaged: 5, newer: 6 } as const;

function fail(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function options() {
  try {
    return parseArgs({
      options: {
        data: { type: 'string' },
        port: { type: 'string', default: '0' },
        socket: { type: 'string' },
        'test-commands': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail((error as Error).message, EXIT.usage);
  }
}

/** Only a pipe or socket says something about the parent; /dev/null and terminals do not. */
function stdinIsPipe(): boolean {
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

async function main(): Promise<void> {
  const { data, port, socket, 'test-commands': testCommands } = options();
  if (!data) fail('Usage: cli.js --data DIR [--port PORT] [--socket PATH]', EXIT.usage);
  const mongo = await startEmbeddedMongo({
    dataDir: data,
    port: Number(port),
    testCommands,
    ...(socket ? { socketPath: socket } : {}),
    readWorker: new URL('./read-worker.js', import.meta.url),
    onError: (error) => process.stderr.write(`embedded database: ${error.message}\n`),
    onFatal: (error) => fail(error.message, EXIT.failed),
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    mongo.close().then(
      () => process.exit(0),
      (error: Error) => fail(error.message, EXIT.failed),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
  if (stdinIsPipe()) process.stdin.on('end', stop).on('error', stop).resume();
  process.stdout.write(`${JSON.stringify({ ready: true, uri: mongo.uri })}\n`);
}

main().catch((error: Error) =>
  fail(error.message, error instanceof DataFolderError ? EXIT[error.reason] : EXIT.failed),
);
