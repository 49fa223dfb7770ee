import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Api, newClientId, type Answer, type Client } from '../../support/api';
import { Phone } from '../../support/socket';
import { ServerProcess } from '../../support/process';

/** What was acknowledged is there, once, whatever dies right afterwards. */
describe('kill -9', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'alley-chief-kill-'));
  const server = new ServerProcess(dir);
  let thread: string;

  beforeAll(async () => {
    await server.start();
    thread = (await new Api(server.url).as('zhao')).me.household.conversationId;
  });
  afterAll(async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const client = (): Promise<Client> => new Api(server.url).as('zhao');

  /** Says many things at once and tells which were acknowledged; a dying server refuses the rest. */
  const sayMany = async (
    who: Client,
    label: string,
    onAck: (n: number) => void,
  ): Promise<string[]> => {
    const acked: string[] = [];
    await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        const words = `${label} ${i} 谢谢`;
        const answer = await who.say(thread, words).catch(() => undefined);
        if (answer?.status !== 201) return;
        acked.push(words);
        onAck(acked.length);
      }),
    );
    return acked;
  };

  const history = async (who: Client): Promise<any[]> => {
    const all: any[] = [];
    for (let before = ''; ;) {
      const { body }: Answer = await who.get(
        `/conversations/${thread}/messages?limit=100${before}`,
      );
      all.unshift(...body.messages);
      if (!body.hasMore) return all;
      before = `&before=${all[0].seq}`;
    }
  };

  const expectAllThere = async (acked: string[]): Promise<void> => {
    const seen = await history(await client());
    for (const words of acked) expect(seen.filter((m) => m.text === words)).toHaveLength(1);
    expect(seen.map((m) => m.seq)).toEqual(seen.map((_, i) => i + 1));
  };

  it('of the server loses nothing, and what waited for an answer gets it once', async () => {
    const who = await client();
    let dying: Promise<void> | undefined;
    const acked = await sayMany(who, '第一轮', (n) => {
      if (n === 12) dying = server.kill();
    });
    await dying;
    expect(acked.length).toBeGreaterThanOrEqual(12);
    await server.start();
    await expectAllThere(acked);

    // The concern was acknowledged and the server died before answering: it is answered after all.
    const phone = await Phone.connect(await client());
    const clientId = newClientId();
    const { status } = await (await client()).say(thread, '我家门口路灯坏了三天了', clientId);
    expect(status).toBe(201);
    await phone.close();
    await server.kill();
    await server.start();
    const later = await Phone.connect(await client());
    later.send({ t: 'resume', cursors: { [thread]: 0 } });
    await later.until((f) => f.t === 'message' && f.message.card?.type === 'case');
    await later.close();
    const cards = (await history(await client())).filter((m) => m.text === '[路灯坏了]');
    expect(cards).toHaveLength(1);
  });

  it('of the database loses nothing; the server brings it back and goes on', async () => {
    const who = await client();
    const acked = await sayMany(who, '第二轮', (n) => {
      if (n === 12) server.killDatabase();
    });
    expect(acked.length).toBeGreaterThanOrEqual(12);
    await expectAllThere(acked);
    // Pushes flow again as well.
    const phone = await Phone.connect(who);
    const wang = await new Api(server.url).as('wang');
    expect((await wang.say(thread, '库又好了')).status).toBe(201);
    await phone.until((f) => f.t === 'message' && f.message.text === '库又好了');
    await phone.close();
  });

  it('leaves no database behind', async () => {
    await server.kill();
    // The next start takes the folder over: it could not if the old database still held it.
    await server.start();
    await expectAllThere([]);
  });
});
