import path from 'node:path';
import { startEmbeddedMongo } from '@alley-chief/embedded-mongo';
import { buildDatabase, DatabaseProcess, endDatabases } from '../database-process';
import { temporaryFolder } from '../support';

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
});
