import type { ServerFrame } from '@alley-chief/shared/realtime';
import { newClientId, type Client } from '../../support/api';
import { startTestApp, type TestApp } from '../../support/app';
import { Phone } from '../../support/socket';
import { fold } from '../../../miniprogram/src/realtime/fold';
import {
  cursorOf,
  emptyThread,
  withPage,
  type ThreadState,
} from '../../../miniprogram/src/realtime/thread';

const foldAll = (state: ThreadState, frames: readonly ServerFrame[]): ThreadState =>
  frames.reduce((s, f) => fold(s, f, 0), state);

describe('a phone that was away', () => {
  let t: TestApp;
  let zhao: Client;
  let wang: Client;
  let thread: string;
  beforeAll(async () => {
    t = await startTestApp();
    zhao = await t.api.as('zhao');
    wang = await t.api.as('wang');
    thread = zhao.me.household.conversationId;
  });
  afterAll(() => t.stop());

  const say = async (who: Client, text: string): Promise<void> => {
    expect((await who.say(thread, text)).status).toBe(201);
    await t.app.assistant.idle();
  };
  /** What a phone holds that just opened the thread. */
  const opened = async (): Promise<ThreadState> => {
    const page = (await zhao.get(`/conversations/${thread}/messages?limit=100`)).body;
    const head = (await zhao.get(`/conversations/${thread}`)).body;
    return fold(withPage(emptyThread(thread), page), { t: 'conversation', conversation: head }, 0);
  };
  const framesSince = async (seq: number): Promise<ServerFrame[]> =>
    (await zhao.post('/sync', { cursors: { [thread]: seq } })).body.frames;

  it('has the same thread as one that just came, once it caught up', async () => {
    await say(zhao, '我家门口路灯坏了三天了');
    const early = await opened();
    const { card } = (await zhao.get('/cases')).body.items[0];
    const holder = await t.api.as(card.holder.id);
    await holder.post(`/cases/${card.id}/actions`, {
      clientId: newClientId(),
      action: 'acknowledge',
    });
    await say(wang, '赵婶，师傅下午来');
    await zhao.post(`/conversations/${thread}/read`, { seq: 3 });
    await say(zhao, '隔壁又把水往俺家院里排,说不通');
    await holder.post(`/cases/${card.id}/actions`, {
      clientId: newClientId(),
      action: 'resolve',
      text: '修好了',
    });

    const caughtUp = foldAll(early, await framesSince(cursorOf(early)));
    expect(caughtUp).toEqual(await opened());
    expect(caughtUp.messages.map((m) => m.seq)).toEqual(
      Array.from({ length: cursorOf(caughtUp) }, (_, i) => i + 1),
    );
  });

  it('gets the same frames over the socket as over REST', async () => {
    const phone = await Phone.connect(zhao);
    phone.send({ t: 'resume', cursors: { [thread]: 2 } });
    await phone.until((f) => f.t === 'resumed');
    const overSocket = phone.frames.slice(phone.frames.findIndex((f) => f.t === 'message'));
    expect(overSocket).toEqual(await framesSince(2));
    await phone.close();
  });

  it('stores what it sends again only once, whichever way it sends it', async () => {
    const clientId = newClientId();
    const phone = await Phone.connect(zhao);
    phone.send({
      t: 'send',
      conversationId: thread,
      message: { kind: 'text', clientId, text: '谢谢王婶' },
    });
    const first: any = await phone.until(
      (f) => f.t === 'message' && f.message.clientId === clientId,
    );
    const again = await zhao.say(thread, '谢谢王婶', clientId);
    expect(again.body.message.id).toBe(first.message.id);
    await phone.close();
  });

  it('hears of others: words, typing, reading, coming and going', async () => {
    const hers = await Phone.connect(zhao);
    const his = await Phone.connect(wang);
    await hers.until((f) => f.t === 'presence' && f.personId === 'wang' && f.online);
    his.send({ t: 'typing', conversationId: thread });
    await hers.until((f) => f.t === 'typing' && f.personId === 'wang');
    his.send({ t: 'read', conversationId: thread, seq: 2 });
    await hers.until((f) => f.t === 'read' && f.personId === 'wang' && f.seq === 2);
    await wang.say(thread, '吃了没');
    await hers.until((f) => f.t === 'message' && f.message.text === '吃了没');
    await his.close();
    await hers.until((f) => f.t === 'presence' && f.personId === 'wang' && !f.online);
    await hers.close();
  });

  it('is told what is wrong with a frame and stays connected', async () => {
    const phone = await Phone.connect(zhao);
    phone.send({ t: 'nonsense' } as never);
    await phone.until((f) => f.t === 'error' && f.code === 'invalid');
    phone.send({
      t: 'send',
      conversationId: 'h:none',
      message: { kind: 'text', clientId: newClientId(), text: '喂' },
    });
    await phone.until((f) => f.t === 'error' && f.code !== 'invalid');
    phone.send({ t: 'ping' });
    await phone.until((f) => f.t === 'pong');
    await phone.close();
  });

  it('reads history page by page, both ways', async () => {
    const all = (await zhao.get(`/conversations/${thread}/messages?limit=100`)).body.messages.map(
      (m: any) => m.seq,
    );
    const pages: number[] = [];
    let before: number | undefined;
    for (;;) {
      const query = before ? `limit=3&before=${before}` : 'limit=3';
      const { body } = await zhao.get(`/conversations/${thread}/messages?${query}`);
      pages.unshift(...body.messages.map((m: any) => m.seq));
      if (!body.hasMore) break;
      before = body.messages[0].seq;
    }
    expect(pages).toEqual(all);
  });

  it('counts what is unread and never counts backwards', async () => {
    const last = (await wang.get(`/conversations/${thread}`)).body.lastSeq;
    expect((await wang.post(`/conversations/${thread}/read`, { seq: last })).body.seq).toBe(last);
    expect((await wang.post(`/conversations/${thread}/read`, { seq: 1 })).body.seq).toBe(last);
    expect((await wang.post(`/conversations/${thread}/read`, { seq: 99_999 })).body.seq).toBe(last);
    expect((await wang.get(`/conversations/${thread}`)).body.unread).toBe(0);
    await say(zhao, '还有一件事');
    expect((await wang.get(`/conversations/${thread}`)).body.unread).toBeGreaterThan(0);
  });
});
