import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { connect } from '../../../server/src/database/connect';
import { Tail, type Change } from '../../../server/src/events/tail';
import { createLogger } from '../../../server/src/kernel/logger';

describe('the event tail', () => {
  let db: Connection;
  const log = createLogger('silent');

  beforeAll(async () => {
    db = await connect(process.env['TEST_MONGO_URL'] ?? '', `t_${randomBytes(6).toString('hex')}`);
  });
  afterAll(async () => {
    await db.dropDatabase();
    await db.close();
  });

  const collect = (want: number) => {
    const seen: number[] = [];
    let done: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (done = resolve));
    const source = {
      follow: [{ 'ns.coll': 'things' }],
      keyOf: () => 'one',
      handle: async (change: Change) => {
        if (change.operationType !== 'insert') return;
        seen.push(Number((change.fullDocument as { n?: number }).n));
        if (seen.length >= want) done();
      },
    };
    return { seen, all, source };
  };

  it('hands over what is written, in order, and goes on where it stopped', async () => {
    const things = db.db!.collection<{ n: number }>('things');
    const first = collect(3);
    const tail = new Tail('test', first.source, { db, log });
    await tail.start();
    for (const n of [1, 2, 3]) await things.insertOne({ n });
    await first.all;
    expect(first.seen).toEqual([1, 2, 3]);
    await tail.stop();

    // Written while nobody listens.
    for (const n of [4, 5]) await things.insertOne({ n });
    const second = collect(2);
    const again = new Tail('test', second.source, { db, log });
    await again.start();
    await second.all;
    expect(second.seen).toEqual([4, 5]);
    await again.stop();
  });

  it('ignores other collections', async () => {
    const { seen, all, source } = collect(1);
    const tail = new Tail('other', source, { db, log });
    await tail.start();
    await db.db!.collection('noise').insertOne({ n: 9 });
    await db.db!.collection<{ n: number }>('things').insertOne({ n: 6 });
    await all;
    expect(seen).toEqual([6]);
    await tail.stop();
  });
});
