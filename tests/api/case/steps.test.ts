import { newClientId, type Answer, type Client } from '../../support/api';
import { startTestApp, type TestApp } from '../../support/app';

describe('the steps of a case', () => {
  let t: TestApp;
  let zhao: Client;
  let thread: string;
  beforeAll(async () => {
    t = await startTestApp();
    zhao = await t.api.as('zhao');
    thread = zhao.me.household.conversationId;
  });
  afterAll(() => t.stop());

  const act = (who: Client, id: string, action: string, more: object = {}): Promise<Answer> =>
    who.post(`/cases/${id}/actions`, { clientId: newClientId(), action, ...more });
  const open = async (text = '我家门口路灯坏了三天了'): Promise<any> => {
    // The same words about an open matter would be a question after it, not a second case.
    for (const { card } of (await zhao.get('/cases?state=open')).body.items) {
      await act(zhao, card.id, 'withdraw');
    }
    await zhao.say(thread, text);
    await t.app.assistant.idle();
    const newest = await t.app.modules.caseModels.cases
      .findOne({ householdId: thread.slice(2) })
      .sort({ _id: -1 })
      .lean();
    return newest;
  };
  const loadOf = async (personId: string): Promise<number> =>
    (await t.app.modules.caseModels.workloads.findById(personId).lean())?.open ?? 0;

  it('change nothing when the same request comes again', async () => {
    const c = await open();
    const holder = await t.api.as(c.holder.personId);
    const body = { clientId: newClientId(), action: 'acknowledge' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => holder.post(`/cases/${c._id}/actions`, body)),
    );
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 200, 200]);
    const timeline = answers[0]!.body.timeline.filter((e: any) => e.action === 'acknowledge');
    expect(timeline).toHaveLength(1);
    expect(answers.at(-1)!.body.card.rev).toBe(2);
  });

  it('tell apart what may not be done from what is too late', async () => {
    const c = await open();
    const holder = await t.api.as(c.holder.personId);
    expect((await act(zhao, c._id, 'acknowledge')).body.code).toBe('forbidden');
    expect((await act(zhao, c._id, 'rate', { stars: 5 })).body.code).toBe('wrongStep');
    expect((await act(holder, c._id, 'fly')).body.code).toBe('invalid');
    expect((await act(holder, c._id, 'acknowledge')).status).toBe(200);
    expect((await act(holder, c._id, 'acknowledge')).body.code).toBe('wrongStep');
  });

  it.each([
    ['askBack', {}, '说一句再发'],
    ['passUp', {}, '写一句为什么'],
    ['resolve', {}, '写一句办成了什么样'],
  ])('ask for what %s needs', async (action, more, message) => {
    const c = await open();
    const holder = await t.api.as(c.holder.personId);
    await act(holder, c._id, 'acknowledge');
    expect((await act(holder, c._id, action, more)).body).toMatchObject({
      code: 'invalid',
      message,
    });
  });

  it('move the load with the case', async () => {
    const c = await open();
    const first = c.holder.personId;
    const held = await loadOf(first);
    const holder = await t.api.as(first);
    await act(holder, c._id, 'acknowledge');
    const passed = (await act(holder, c._id, 'passUp', { text: '要换整根杆子，班里办不了' })).body;
    expect(passed.card.holder.id).not.toBe(first);
    expect(await loadOf(first)).toBe(held - 1);
    const next = passed.card.holder.id;
    const nextLoad = await loadOf(next);
    expect(nextLoad).toBeGreaterThan(0);
    // Who passed it up can still read how it goes on, and does not get it back.
    expect((await holder.get(`/cases/${c._id}`)).status).toBe(200);
    await act(zhao, c._id, 'withdraw');
    expect(await loadOf(next)).toBe(nextLoad - 1);
  });

  it('stop the clock while the household is asked, and go on with its answer', async () => {
    const c = await open();
    const holder = await t.api.as(c.holder.personId);
    await act(holder, c._id, 'acknowledge');
    expect((await act(holder, c._id, 'askBack', { text: '几点家里有人？' })).body.card.state).toBe(
      'waitingReporter',
    );
    await zhao.say(thread, '下午四点以后都有人');
    await t.app.assistant.idle();
    const { body } = await holder.get(`/cases/${c._id}`);
    expect(body.card.state).toBe('handling');
    expect(body.timeline.at(-1).text).toContain('下午四点以后都有人');
  });

  it('let a villager nudge once in four hours', async () => {
    const c = await open();
    expect((await act(zhao, c._id, 'nudge')).status).toBe(200);
    const again = await act(zhao, c._id, 'nudge');
    expect(again).toMatchObject({
      status: 429,
      body: { code: 'tooSoon', message: expect.stringContaining('16:00') },
    });
    const nudge = (await zhao.get(`/cases/${c._id}`)).body.card.actions.find(
      (a: any) => a.action === 'nudge',
    );
    expect(nudge.disabledUntil).toBe('2026-07-15T08:00:00.000Z');
  });

  it('show lateness in words, to everybody who may see it', async () => {
    const c = await open();
    t.clock.advance({ hours: 100 });
    zhao = await t.api.signIn('zhao');
    const { card } = (await zhao.get(`/cases/${c._id}`)).body;
    expect(card).toMatchObject({ overdue: true, status: { text: '超时', tone: 'hot' } });
    expect(card.bricks.some((b: any) => b.state === 'late')).toBe(true);
    t.clock.advance({ hours: -100 });
  });

  it('let the duty desk give it to somebody else, never to whom it is about', async () => {
    const desk = await t.api.as('linxiao');
    const c = await open();
    const given = await act(desk, c._id, 'reassign', { personId: 'liming', text: '离得近' });
    expect(given.body.card.holder).toMatchObject({ id: 'liming' });
    const complaint = await open('胡同长收钱不办事');
    const refused = await act(desk, complaint._id, 'reassign', {
      personId: 'wang',
      text: '让他自己看',
    });
    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('不能派给他') },
    });
  });

  it('hand out work evenly when many speak at once', async () => {
    const homes = await t.app.modules.directoryModels.people
      .find({ householdId: { $exists: true }, relation: '户主' })
      .limit(16)
      .lean();
    const before = await t.app.modules.caseModels.cases.countDocuments();
    await Promise.all(
      homes.map(async (p) => {
        const { accessToken, me } = await t.app.modules.sessions.signIn(p._id);
        const who = new (zhao.constructor as any)(t.url, accessToken, me) as Client;
        // Each his own: a water cut would be one event.
        expect((await who.say(`h:${p.householdId}`, '我家水表坏了')).status).toBe(201);
      }),
    );
    await t.app.assistant.idle();
    const opened = await t.app.modules.caseModels.cases
      .find({ title: /水/, state: 'assigned' })
      .lean();
    expect(await t.app.modules.caseModels.cases.countDocuments()).toBe(before + homes.length);
    const byHolder = new Map<string, number>();
    for (const c of opened)
      byHolder.set(c.holder.personId, (byHolder.get(c.holder.personId) ?? 0) + 1);
    // Loads in the books are loads in truth.
    for (const [personId] of byHolder) {
      const truly = await t.app.modules.caseModels.cases.countDocuments({
        'holder.personId': personId,
        state: { $in: ['sorting', 'assigned', 'handling', 'waitingReporter'] },
      });
      expect(await loadOf(personId)).toBe(truly);
    }
  });

  it('open a case for a household from its chief, once', async () => {
    const wang = await t.api.as('wang');
    const body = {
      clientId: newClientId(),
      text: '张奶奶家门口井盖松了',
      householdId: 'lg03-hs-3',
    };
    const [a, b] = await Promise.all([wang.post('/cases', body), wang.post('/cases', body)]);
    expect(a.status).toBe(201);
    expect(b.body.card.id).toBe(a.body.card.id);
    const zhang = await t.api.as('zhang');
    expect((await zhang.get('/cases')).body.items[0].card.id).toBe(a.body.card.id);
  });
});
