import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { buildSync } from 'esbuild';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { startEmbeddedMongo } from '@alley-chief/embedded-mongo';
import { MongoClient, temporaryFolder } from '../support';

// Processes and many runs: slower than the default allows on a busy machine.
jest.setTimeout(60_000);

const workspace = path.resolve(__dirname, '../../../../server/embedded-mongo');
// Inside the workspace, so that the packages it does not bundle are found.
const cli = path.join(workspace, 'dist', `cli-test-${process.pid}.mjs`);
const place = temporaryFolder();
const children: ChildProcess[] = [];

beforeAll(() => {
  buildSync({
    entryPoints: [path.join(workspace, 'src/cli.ts')],
    outfile: cli,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  const { rm } = await import('node:fs/promises');
  await rm(cli, { force: true });
  place.remove();
});

function launch(folder: string): ChildProcess {
  const child = spawn(process.execPath, [cli, '--data', folder], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.push(child);
  exits.set(
    child,
    once(child, 'exit').then(([code]) => code as number | null),
  );
  return child;
}

/** The address the process prints when it accepts connections. */
async function ready(child: ChildProcess): Promise<string> {
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  const message = JSON.parse(line) as { ready: boolean; uri: string };
  expect(message.ready).toBe(true);
  return message.uri;
}

const exits = new WeakMap<ChildProcess, Promise<number | null>>();
const ended = (child: ChildProcess) => exits.get(child)!;

describe('the database process', () => {
  it('ends cleanly on SIGTERM and when its parent closes the pipe', async () => {
    const folder = path.join(place.folder, 'ends');
    for (const end of [
      (c: ChildProcess) => c.kill('SIGTERM'),
      (c: ChildProcess) => c.stdin!.end(),
    ]) {
      const child = launch(folder);
      const uri = await ready(child);
      expect(uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/\?replicaSet=embedded$/);
      end(child);
      expect(await ended(child)).toBe(0);
    }
  });

  it('refuses a folder another process uses, in one clear line', async () => {
    const folder = path.join(place.folder, 'shared');
    const first = launch(folder);
    await ready(first);
    const second = launch(folder);
    const said = once(second.stderr!, 'data');
    expect(await ended(second)).toBe(3);
    expect(String((await said)[0])).toMatch(/is in use by process \d+/);
    await expect(startEmbeddedMongo({ dataDir: folder })).rejects.toMatchObject({
      reason: 'in-use',
    });
    first.kill('SIGKILL');
    await ended(first);
    // A killed process leaves its lock behind; it must not keep anybody out.
    const third = launch(folder);
    await ready(third);
    third.kill('SIGTERM');
    await ended(third);
  });

  it('refuses a folder it cannot write and addresses others could reach', async () => {
    await expect(startEmbeddedMongo({ dataDir: '/proc/nowhere' })).rejects.toMatchObject({
      reason: 'unwritable',
    });
    const open = startEmbeddedMongo({ dataDir: place.folder, host: '0.0.0.0' });
    await expect(open).rejects.toThrow(/loopback/);
  });

  it('loses no acknowledged write when killed, and its indexes agree with the documents', async () => {
    const folder = path.join(place.folder, 'killed');
    const acknowledged = new Set<number>();
    let next = 0;
    for (let round = 0; round < 3; round++) {
      const child = launch(folder);
      const client = await new MongoClient(await ready(child), {
        retryWrites: false,
        serverSelectionTimeoutMS: 100,
      }).connect();
      const items = client.db('town').collection<{ _id: number; k: number; half: number }>('items');
      await items.createIndex({ k: 1 }, { unique: true });
      await items.createIndex({ half: 1 });
      const goal = acknowledged.size + 400;
      const writer = async () => {
        for (;;) {
          const id = next++;
          await items.insertOne({ _id: id, k: id, half: id >> 1 });
          acknowledged.add(id);
          if (acknowledged.size === goal) child.kill('SIGKILL');
        }
      };
      await Promise.allSettled(Array.from({ length: 16 }, writer));
      await ended(child);
      await client.close();
    }
    const child = launch(folder);
    const client = await new MongoClient(await ready(child)).connect();
    const items = client.db('town').collection<{ _id: number; k: number; half: number }>('items');
    const stored = (await items.find().hint({ $natural: 1 }).toArray()).map((d) => d._id);
    expect([...acknowledged].filter((id) => !stored.includes(id))).toEqual([]);
    expect(await items.estimatedDocumentCount()).toBe(stored.length);
    for (const index of ['_id_', 'k_1', 'half_1'])
      expect(await items.find().hint(index).toArray()).toHaveLength(stored.length);
    await client.close();
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
  });
});
