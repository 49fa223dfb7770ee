import path from 'node:path';
import { startEmbeddedMongo } from '@alley-chief/embedded-mongo';
import { buildDatabase, DatabaseProcess, endDatabases } from '../database-process';
import { MongoClient, temporaryFolder } from '../support';

// Processes and many runs: slower than the default allows on a busy machine.
jest.setTimeout(60_000);

const place = temporaryFolder();

beforeAll(buildDatabase);
afterAll(() => {
  endDatabases();
  place.remove();
});

describe('the database process', () => {
  it('ends cleanly on SIGTERM and when its parent closes the pipe', async () => {
    const folder = path.join(place.folder, 'ends');
    for (const end of [
      (c: DatabaseProcess) => c.kill('SIGTERM'),
      (c: DatabaseProcess) => c.closeInput(),
    ]) {
      const child = new DatabaseProcess(folder);
      const uri = await child.ready();
      expect(uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/\?replicaSet=embedded$/);
      end(child);
      expect(await child.ended).toBe(0);
    }
  });

  it('refuses a folder another process uses, in one clear line', async () => {
    const folder = path.join(place.folder, 'shared');
    const first = new DatabaseProcess(folder);
    await first.ready();
    const second = new DatabaseProcess(folder);
    expect(await second.ended).toBe(3);
    expect(second.complaints).toMatch(/is in use by process \d+/);
    await expect(startEmbeddedMongo({ dataDir: folder })).rejects.toMatchObject({
      reason: 'in-use',
    });
    first.kill('SIGKILL');
    await first.ended;
    // A killed process leaves its lock behind; it must not keep anybody out.
    const third = new DatabaseProcess(folder);
    await third.ready();
    third.kill('SIGTERM');
    await third.ended;
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
      const child = new DatabaseProcess(folder);
      const client = await new MongoClient(await child.ready(), {
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
      await child.ended;
      await client.close();
    }
    const child = new DatabaseProcess(folder);
    const client = await new MongoClient(await child.ready()).connect();
    const items = client.db('town').collection<{ _id: number; k: number; half: number }>('items');
    const stored = (await items.find().hint({ $natural: 1 }).toArray()).map((d) => d._id);
    expect([...acknowledged].filter((id) => !stored.includes(id))).toEqual([]);
    expect(await items.estimatedDocumentCount()).toBe(stored.length);
    for (const index of ['_id_', 'k_1', 'half_1'])
      expect(await items.find().hint(index).toArray()).toHaveLength(stored.length);
    await client.close();
    child.kill('SIGTERM');
    expect(await child.ended).toBe(0);
  });
});
