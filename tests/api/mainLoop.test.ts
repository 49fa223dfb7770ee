import type { ServerFrame } from '@alley-chief/shared/realtime';
import { newClientId, type Client } from '../support/api';
import { startTestApp, type TestApp } from '../support/app';
import { Phone } from '../support/socket';

/** A villager says something; the right person has it; nothing is lost until it is solved and rated. */
describe('the main loop', () => {
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

  const cardOf = async (who: Client, type = 'case'): Promise<any> => {
    const { body } = await who.get(`/conversations/${thread}/messages`);
    const last = body.messages.findLast((m: any) => m.card?.type === type);
    return body.cards.find((c: any) => c.type === type && c.id === last?.card.id);
  };

  const say = async (who: Client, text: string): Promise<void> => {
    const { status } = await who.say(thread, text);
    expect(status).toBe(201);
    await t.app.assistant.idle();
  };

  it('takes a broken street light from the first word to the rating', async () => {
    const phone = await Phone.connect(wang);
    await say(zhao, '我家门口路灯坏了三天了');

    // The chief sees the words and the card on his open page.
    await phone.until((f) => f.t === 'message' && f.message.text === '我家门口路灯坏了三天了');
    const shown = (await phone.until(
      (f) => f.t === 'message' && f.cards.some((c) => c.type === 'case'),
    )) as ServerFrame & { t: 'message' };
    expect(shown.cards[0]).toMatchObject({ type: 'case', viewer: 'chief' });
    await phone.close();

    const card = await cardOf(zhao);
    expect(card).toMatchObject({
      categoryName: '路灯',
      viewer: 'reporter',
      status: { text: '等人接' },
      overdue: false,
    });
    expect(card.plate.text).toContain('槐树胡同 7 号');
    expect(card.reason).toMatch(/路灯/);
    expect(card.holder.title).toBe('镇电工班');
    expect(card.actions.map((a: any) => a.action)).toEqual(
      expect.arrayContaining(['nudge', 'addPhoto', 'call', 'withdraw']),
    );

    // The one who holds it acknowledges, does it, says what was done.
    const holder = await t.api.as(card.holder.id);
    const act = (who: Client, action: string, more: object = {}) =>
      who.post(`/cases/${card.id}/actions`, { clientId: newClientId(), action, ...more });
    expect((await act(holder, 'acknowledge')).body.card.state).toBe('handling');
    const detail = (await holder.get(`/cases/${card.id}`)).body;
    expect(detail.reasons.map((r: any) => r.label)).toEqual(
      expect.arrayContaining(['什么事', '在哪儿', '谁管', '谁在岗']),
    );
    expect((await act(holder, 'resolve', { text: '换了个镇流器，亮了' })).status).toBe(200);

    // Not good enough: it goes back and is not lost.
    expect((await act(zhao, 'reopen', { text: '晚上又灭了' })).body.card.state).toBe('assigned');
    await act(holder, 'acknowledge');
    await act(holder, 'resolve', { text: '线也换了' });
    const rated = await act(zhao, 'rate', { stars: 5, tags: ['来得快'] });
    expect(rated.body.card).toMatchObject({ state: 'rated', rating: { stars: 5 } });
    expect(rated.body.timeline.map((e: any) => e.action)).toEqual([
      'open',
      'assign',
      'acknowledge',
      'resolve',
      'reopen',
      'acknowledge',
      'resolve',
      'rate',
    ]);
  });

  it('answers a question from the knowledge base, with its source', async () => {
    await say(zhao, '俺爹高龄补贴咋领');
    const card = await cardOf(zhao, 'answer');
    expect(card.title).toMatch(/高龄/);
    expect(card.passage).toMatch(/80/);
    expect(card.source).toBeTruthy();
  });

  it('sends a quarrel to somebody who mediates', async () => {
    await say(zhao, '隔壁又把水往俺家院里排,说不通');
    expect((await cardOf(zhao)).categoryName).toMatch(/纠纷/);
  });

  it('says what to do about gas before anything else, and raises it', async () => {
    const zhou = await t.api.as('zhou');
    const desk = await Phone.connect(await t.api.as('linxiao'));
    await say(zhao, '煤气味儿很大');
    const card = await cardOf(zhao, 'emergency');
    expect(card).toMatchObject({ kind: 'gas', state: 'told' });
    expect(card.dials[0].number).toBe('119');
    expect(card.steps).toHaveLength(3);
    expect(card.told[0].person).toBeDefined();
    await desk.until((f) => f.t === 'card' && f.card.type === 'case' && f.card.urgent);
    await desk.close();
    const inbox = (await wang.get('/inbox')).body;
    expect(inbox.items[0]).toMatchObject({ urgent: true, dial: '119' });
    expect((await zhou.get('/cases?box=ground&filter=urgent')).body.items.length).toBeGreaterThan(
      0,
    );
  });

  it('keeps a complaint about the chief from the chief', async () => {
    const phone = await Phone.connect(wang);
    await say(zhao, '胡同长收钱不办事');
    const card = await cardOf(zhao);
    expect(card).toMatchObject({
      confidential: true,
      categoryName: expect.stringContaining('作风'),
    });
    expect(card.holder.id).not.toBe('wang');

    // Before anybody says anything else: the head of the thread must not show it either.
    await phone.until(
      (f) => f.t === 'message' && f.message.seq >= 1 && f.message.kind === 'notice',
    );
    const heads = JSON.stringify([
      (await wang.get('/inbox')).body,
      (await wang.get('/conversations')).body,
    ]);
    expect(heads).not.toContain('收钱');

    // Neither his page, nor his history, nor his inbox, nor the case itself.
    await wang.say(thread, '赵婶，有事您说');
    await phone.until((f) => f.t === 'message' && f.message.text === '赵婶，有事您说');
    await phone.close();
    const seen = JSON.stringify([
      phone.frames,
      (await wang.get(`/conversations/${thread}/messages?limit=100`)).body,
      (await wang.get('/inbox')).body,
      (await wang.get('/cases?box=ground')).body,
      (await wang.get('/conversations')).body,
    ]);
    expect(seen).not.toContain('收钱');
    expect(seen).not.toContain(card.id);
    expect((await wang.get(`/cases/${card.id}`)).status).toBe(403);
  });

  it('offers a service for what can be done in one go', async () => {
    await say(zhao, '孩子满月了要上户口');
    expect(await cardOf(zhao, 'bundle')).toMatchObject({ serviceId: 'newborn' });
    await say(zhao, '帮我妈交个医保');
    const last = (await zhao.get(`/conversations/${thread}/messages`)).body.messages.at(-1);
    expect(last.card.type).toBe('bundle');
  });

  it('opens a case for each of two matters said in one breath', async () => {
    const sun = await t.api.as('sun');
    const { conversationId } = sun.me.household;
    await sun.say(conversationId, '村口公厕没水，还有机井也抽不上水，麦地等着浇');
    await t.app.assistant.idle();
    const { items } = (await sun.get('/cases')).body;
    expect(items).toHaveLength(2);
    expect(items.map((i: any) => i.card.categoryName)).toEqual(
      expect.arrayContaining([expect.stringMatching(/厕/), expect.stringMatching(/机井/)]),
    );
  });

  it('tells how an open matter stands when somebody asks', async () => {
    await say(zhao, '村口那个井盖没了');
    await say(zhao, '那个井盖修了没');
    const { messages } = (await zhao.get(`/conversations/${thread}/messages`)).body;
    expect(messages.findLast((m: any) => m.kind === 'text').text).toMatch(/井盖/);
  });

  it('puts what it is not sure of before the chief, and learns where it goes', async () => {
    await say(zhao, '那个东西又那样了，你们管不管啊');
    await say(zhao, '就是那个东西，弄得人烦得很');
    const { body } = await wang.get('/inbox');
    expect(body.items.find((r: any) => r.conversationId === thread).waitingSince).toBeDefined();
  });
});
