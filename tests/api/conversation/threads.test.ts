import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { connect, ensureIndexes } from '../../../server/src/database/connect';
import { defineConversations } from '../../../server/src/modules/conversation/model';
import { Threads, type Draft } from '../../../server/src/modules/conversation/thread';
import { testClock } from '../../support/clock';

const text = (words: string, clientId?: string): Draft => ({
  from: { kind: 'person', id: 'p1', name: '赵桂香', surname: '赵', title: '', tone: 'household' },
  kind: 'text',
  text: words,
  clientId,
});

describe('a thread', () => {
  let db: Connection;
  // Two of them: two nodes that know nothing of each other.
  let nodes: [Threads, Threads];
  let models: ReturnType<typeof defineConversations>;

  beforeAll(async () => {
    db = await connect(process.env['TEST_MONGO_URL'] ?? '', `t_${randomBytes(6).toString('hex')}`);
    models = defineConversations(db);
    await ensureIndexes(db);
    nodes = [new Threads(db, models, testClock()), new Threads(db, models, testClock())];
  });
  afterAll(async () => {
    await db.dropDatabase();
    await db.close();
  });

  const seqs = async (id: string): Promise<number[]> =>
    (await models.messages.find({ conversationId: id }).sort({ seq: 1 }).lean()).map((m) => m.seq);

  it('numbers messages without gaps, whoever writes at the same time', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => nodes[i % 2]!.append('h:busy', text(`第 ${i} 句`))),
    );
    expect(await seqs('h:busy')).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  it('stores a repeated message once, also when the repeats race', async () => {
    const sent = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        nodes[i % 2]!.append('h:again', text('说一遍', 'client-0001')),
      ),
    );
    expect(new Set(sent.map((s) => s.message._id)).size).toBe(1);
    expect(sent.filter((s) => !s.repeated)).toHaveLength(1);
    expect(await seqs('h:again')).toEqual([1]);
  });

  it('keeps the numbering when transactions and plain messages mix', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        i % 2
          ? nodes[0].append('h:mix', text(`句 ${i}`))
          : nodes[i % 4 ? 1 : 0].transact('h:mix', async ({ say }) => {
              await say(text(`事务 ${i} 之一`));
              await say(text(`事务 ${i} 之二`));
            }),
      ),
    );
    expect(await seqs('h:mix')).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  });

  it('leaves nothing behind when a transaction fails', async () => {
    const failing = nodes[0].transact('h:fail', async ({ say }) => {
      await say(text('不该留下'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await nodes[0].append('h:fail', text('留下'));
    expect(await seqs('h:fail')).toEqual([1]);
  });
});
