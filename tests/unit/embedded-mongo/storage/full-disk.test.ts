import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildDatabase, DatabaseProcess, endDatabases } from '../database-process';
import type { Client } from '../support';
import { MongoClient, temporaryFolder } from '../support';

jest.setTimeout(60_000);

const place = temporaryFolder();
const mounts: string[] = [];

beforeAll(buildDatabase);
afterAll(() => {
  endDatabases();
  for (const mount of mounts) execFileSync('umount', ['-l', mount]);
  place.remove();
});

/** A file system of its own of `megabytes`; undefined with the reason printed where that is not allowed. */
function smallDisk(megabytes: number): string | undefined {
  const folder = path.join(place.folder, `disk-${mounts.length}`);
  mkdirSync(folder);
  try {
    const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder];
    execFileSync('mount', options, { stdio: 'pipe' });
  } catch (error) {
    console.log(`skipped: no small disk can be mounted here: ${(error as Error).message}`);
    return undefined;
  }
  mounts.push(folder);
  return folder;
}

async function connect(database: DatabaseProcess): Promise<Client> {
  return new MongoClient(await database.ready(), { retryWrites: false }).connect();
}

const ballast = 'x'.repeat(100_000);

/** Inserts until the database says that it cannot. @returns the ids it acknowledged */
async function fillUp(client: Client): Promise<number[]> {
  const items = client.db('town').collection<any>('items');
  const stored: number[] = [];
  for (let id = 0; id < 1000; id++) {
    try {
      await items.insertOne({ _id: id, half: id >> 1, ballast });
      stored.push(id);
    } catch (error) {
      expect(error).toMatchObject({ code: 14031, codeName: 'OutOfDiskSpace' });
      return stored;
    }
  }
  throw new Error('never full');
}

/** Everything acknowledged is there, nothing else, and the indexes agree. */
async function expectExactly(client: Client, expected: unknown[]): Promise<void> {
  const items = client.db('town').collection<any>('items');
  const found = await items
    .find({}, { projection: { _id: 1 } })
    .sort({ _id: 1 })
    .toArray();
  expect(found.map((d) => d._id)).toEqual(expected);
  expect(await items.estimatedDocumentCount()).toBe(expected.length);
  const report = await client.db('town').command({ validate: 'items', full: true });
  expect(report).toMatchObject({ valid: true, nrecords: expected.length });
}

async function refusesThenRecovers(
  database: DatabaseProcess,
  folder: string,
  makeRoom: () => void,
): Promise<void> {
  const client = await connect(database);
  await client.db('town').collection('items').createIndex({ half: 1 });
  const stored = await fillUp(client);
  expect(stored.length).toBeGreaterThan(5);
  await expectExactly(client, stored);
  // Concurrent writes and a transaction fail as a whole, too; ids start where nothing was stored.
  const more = Array.from({ length: 8 }, (_, i) => ({ _id: 5000 + i, half: 0, ballast }));
  const items = client.db('town').collection<any>('items');
  const outcomes = await Promise.allSettled(more.map((doc) => items.insertOne(doc)));
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 14031 } });
  const transfer = client.withSession(async (session) => {
    session.startTransaction();
    await items.insertOne({ _id: 'in transaction', ballast }, { session });
    await session.commitTransaction();
  });
  await expect(transfer).rejects.toMatchObject({ code: 14031 });
  await expectExactly(client, stored);
  makeRoom();
  await items.insertOne({ _id: 10_000, half: 1, ballast });
  await expectExactly(client, [...stored, 10_000]);
  await client.close();
  expect(await database.stop()).toBe(0);
  const again = new DatabaseProcess(folder);
  const reader = await connect(again);
  await expectExactly(reader, [...stored, 10_000]);
  await reader.close();
  expect(await again.stop()).toBe(0);
}

describe('a disk that is full', () => {
  it('refuses writes as a whole, serves reads, and goes on when there is room (file limit)', async () => {
    const folder = path.join(place.folder, 'limited');
    const database = new DatabaseProcess(folder, { fileLimit: 6000 });
    await refusesThenRecovers(database, folder, () => {
      execFileSync('prlimit', ['--pid', String(database.pid), '--fsize=unlimited']);
    });
    expect(database.complaints).not.toMatch(/unhandled|Commit failed/i);
  });

  it('does the same on a real file system', async () => {
    const folder = smallDisk(6);
    if (!folder) return;
    const plug = path.join(folder, 'plug');
    writeFileSync(plug, Buffer.alloc(2 ** 20));
    const data = path.join(folder, 'data');
    await refusesThenRecovers(new DatabaseProcess(data), data, () => rmSync(plug));
  });

  it('is told about in one line when nothing can be started on it', async () => {
    const folder = smallDisk(1);
    if (!folder) return;
    writeFileSync(path.join(folder, 'plug'), Buffer.alloc(2 ** 20 - 8192));
    const data = path.join(folder, 'data');
    const database = new DatabaseProcess(data);
    expect(await database.ended).toBe(4);
    expect(database.complaints.trim().split('\n').at(-1)).toMatch(
      /data folder .* the disk is full/,
    );
  });
});

describe('a disk that breaks', () => {
  it('ends the process with a clear line when LMDB gives up, and loses nothing', async () => {
    const folder = path.join(place.folder, 'broken');
    const shim = buildShim();
    if (!shim) return;
    mkdirSync(folder);
    const trigger = path.join(folder, 'FAIL');
    const database = new DatabaseProcess(folder, { env: { LD_PRELOAD: shim, FAIL_ROOT: trigger } });
    const client = await connect(database);
    const items = client.db('town').collection<any>('items');
    await items.insertOne({ _id: 0, half: 0 });
    writeFileSync(trigger, '');
    await expect(items.insertOne({ _id: 1, half: 0 })).rejects.toThrow();
    expect(await database.ended).toBe(1);
    expect(database.complaints).toMatch(/The disk failed and the data cannot be reached any more/);
    await client.close();
    rmSync(trigger);
    const again = new DatabaseProcess(folder);
    const reader = await connect(again);
    await expectExactly(reader, [0]);
    await reader.close();
    await again.stop();
  });
});

/** A library that makes writes of LMDB's root page fail; undefined where none can be compiled. */
function buildShim(): string | undefined {
  const source = path.join(place.folder, 'shim.c');
  const library = path.join(place.folder, 'shim.so');
  writeFileSync(
    source,
    `#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
/* LMDB writes whole pages, except for the part of the root page that changes. */
static int fails(size_t n) {
  const char *trigger = getenv("FAIL_ROOT");
  return trigger && n > 50 && n < 500 && access(trigger, F_OK) == 0;
}
typedef ssize_t (*writer)(int, const void *, size_t, off64_t);
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) {
  if (fails(n)) { errno = EIO; return -1; }
  return ((writer)dlsym(RTLD_NEXT, "pwrite64"))(fd, data, n, at);
}
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) {
  if (fails(n)) { errno = EIO; return -1; }
  return ((writer)dlsym(RTLD_NEXT, "pwrite64"))(fd, data, n, at);
}
`,
  );
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-o', library, source, '-ldl'], { stdio: 'pipe' });
    return library;
  } catch (error) {
    console.log(`skipped: no C compiler here: ${(error as Error).message}`);
    return undefined;
  }
}
