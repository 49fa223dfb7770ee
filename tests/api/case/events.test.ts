import { Client, newClientId, type Answer } from '../../support/api';
import { startTestApp, type TestApp } from '../../support/app';

interface Home {
  id: string;
  thread: string;
  client: Client;
}

const worked = ['sorting', 'assigned', 'handling', 'waitingReporter'];

/** Similar matters become one event: who works on it sees one, who reported it misses nothing. */
describe('an event', () => {
  let t: TestApp;
  let desk: Client;
  beforeAll(async () => {
    t = await startTestApp();
    desk = await t.api.as('linxiao');
  });
  afterAll(() => t.stop());

  /** Heads of households of an area, in the order of their doors. */
  const homesIn = async (areaPath: string, n: number): Promise<Home[]> => {
    const { directory, directoryModels, sessions } = t.app.modules;
    const ids = (await directory.householdsIn(areaPath)).map((h) => h._id);
    const heads = await directoryModels.people
      .find({ householdId: { $in: ids }, relation: '户主' })
      .lean();
    const byHome = new Map(heads.map((p) => [p.householdId!, p]));
    const found = ids.flatMap((id) => byHome.get(id) ?? []).slice(0, n);
    expect(found).toHaveLength(n);
    return Promise.all(
      found.map(async (p) => {
        const { accessToken, me } = await sessions.signIn(p._id);
        return {
          id: p.householdId!,
          thread: `h:${p.householdId}`,
          client: new Client(t.url, accessToken, me),
        };
      }),
    );
  };
  const say = async (home: Home, text: string): Promise<void> => {
    expect((await home.client.say(home.thread, text)).status).toBe(201);
  };
  /** Until nothing is left to answer or to tell. */
  const settled = async (): Promise<void> => {
    await t.app.assistant.idle();
    await t.app.modules.tidings.settled();
  };
  const caseOf = async (home: Home): Promise<any> => {
    const { items } = (await home.client.get('/cases')).body;
    return items[0]?.card;
  };
  const told = async (home: Home): Promise<string> => {
    const { messages } = (await home.client.get(`/conversations/${home.thread}/messages`)).body;
    return messages.map((m: any) => m.text ?? '').join('\n');
  };
  const stored = (id: string) => t.app.modules.caseModels.cases.findById(id).lean();
  const act = (who: Client, id: string, action: string, more: object = {}): Promise<Answer> =>
    who.post(`/cases/${id}/actions`, { clientId: newClientId(), action, ...more });
  const loadIsTrue = async (personId: string): Promise<void> => {
    const { cases, workloads } = t.app.modules.caseModels;
    const truly = await cases.countDocuments({
      'holder.personId': personId,
      state: { $in: worked as never[] },
    });
    expect((await workloads.findById(personId).lean())?.open ?? 0).toBe(truly);
  };
  const holderOf = async (id: string): Promise<Client> => {
    const c = await stored(id);
    const { accessToken, me } = await t.app.modules.sessions.signIn(c!.holder.personId);
    return new Client(t.url, accessToken, me);
  };

  it('is one piece of work for twenty households who report one power cut at once', async () => {
    const homes = await homesIn('/xc/dj/lg/', 20);
    const phrases = [
      '停电了',
      '家里没电了',
      '全村都停电了',
      '俺家咋停电了',
      '又停电了，啥时候来电',
    ];
    await Promise.all(homes.map((h, i) => say(h, phrases[i % phrases.length]!)));
    await settled();
    const { cases } = t.app.modules.caseModels;
    const all = await cases.find({ householdId: { $in: homes.map((h) => h.id) } }).lean();
    expect(all).toHaveLength(20);
    const leads = all.filter((c) => !c.leadId);
    const [lead] = leads;
    // Who speaks of the own house only, in another grid, is left to a person: nobody is lost.
    const doubtful = leads.filter((c) => c !== lead);
    expect(all.filter((c) => c.leadId === lead!._id)).toHaveLength(20 - leads.length);
    expect(doubtful.every((c) => c.text.includes('家'))).toBe(true);
  });

  /** Twenty households of one grid, who all reported the same cut at the same time. */
  const cut = async (
    grid: string,
    n: number,
    what = '停电了',
  ): Promise<{ homes: Home[]; leadId: string; holder: Client }> => {
    const homes = await homesIn(`/xc/dj/${grid}/`, n);
    await Promise.all(homes.map((h, i) => say(h, i % 2 ? what : `我们这${what}`)));
    await settled();
    const leads = await t.app.modules.caseModels.cases
      .find({ householdId: { $in: homes.map((h) => h.id) }, leadId: null })
      .lean();
    expect(leads).toHaveLength(1);
    return { homes, leadId: leads[0]!._id, holder: await holderOf(leads[0]!._id) };
  };

  it('counts once with its holder, and tells twenty households how it goes on', async () => {
    const { homes, leadId, holder } = await cut('sz/01', 20);
    const { cases, links } = t.app.modules.caseModels;
    const holderId = (await stored(leadId))!.holder.personId;
    await loadIsTrue(holderId);
    expect(await links.countDocuments({ leadId, state: 'joined' })).toBe(19);

    // Everybody knows who has it and why it is thought to be the same.
    const seen = await Promise.all(homes.map(caseOf));
    const held = async (state: string): Promise<any[]> => {
      const { items } = (await holder.get(`/cases?box=held&state=${state}`)).body;
      return items.filter((r: any) => seen.some((c) => c.id === r.card.id));
    };
    const [item, ...more] = await held('open');
    expect(more).toEqual([]);
    expect(item).toMatchObject({ card: { id: leadId, reporters: 20 } });
    expect(item.sub).toContain('20 户报了');
    expect(new Set(seen.map((c) => c.holder.id))).toEqual(new Set([holderId]));
    expect(seen.every((c) => c.status.text === '等人接' && c.reporters === 20)).toBe(true);
    const member = homes[seen.findIndex((c) => c.id !== leadId)]!;
    expect(await told(member)).toMatch(/已有 \d+ 户邻居报了同一件事（同一.*都说停电）/);

    await act(holder, leadId, 'acknowledge');
    await act(holder, leadId, 'note', { text: '变压器跳了，正在合闸' });
    const body = { clientId: newClientId(), action: 'resolve', text: '合上闸了，来电了' };
    // The phone tries again because the network was slow: nothing is told twice.
    await Promise.all([1, 2, 3].map(() => holder.post(`/cases/${leadId}/actions`, body)));
    await settled();
    for (const home of homes) {
      const words = await told(home);
      expect(words.match(/接了，/g)).toHaveLength(1);
      expect(words.match(/变压器跳了/g)).toHaveLength(1);
      expect(words.match(/说办好了，您看行不行/g)).toHaveLength(1);
      expect(await caseOf(home)).toMatchObject({
        state: 'resolved',
        resultText: '合上闸了，来电了',
      });
    }
    await loadIsTrue(holderId);
    expect(await held('rating')).toHaveLength(1);

    // Each rates for himself.
    await Promise.all(
      homes.map((h, i) => act(h.client, seen[i].id, 'rate', { stars: 1 + (i % 5) })),
    );
    const rated = await cases.find({ _id: { $in: seen.map((c) => c.id) } }).lean();
    expect(rated.map((c) => c.state)).toEqual(Array.from({ length: 20 }, () => 'rated'));
    expect(new Set(rated.map((c) => c.rating!.stars)).size).toBe(5);
  });

  it('lets whom it did not help go on alone', async () => {
    const { homes, leadId, holder } = await cut('sz/02', 3);
    await act(holder, leadId, 'acknowledge');
    await act(holder, leadId, 'resolve', { text: '来电了' });
    await settled();
    const cards = await Promise.all(homes.map(caseOf));
    const i = cards.findIndex((c) => c.id !== leadId);
    const again = await act(homes[i]!.client, cards[i].id, 'reopen', { text: '俺家还是没电' });
    expect(again.body.card).toMatchObject({ state: 'assigned' });
    expect(again.body.card).not.toHaveProperty('reporters');
    expect(await stored(leadId)).toMatchObject({ state: 'resolved', reporters: 2 });
    const held = (await holder.get('/cases?box=held&state=open')).body.items;
    expect(held.map((r: any) => r.card.id)).toContain(cards[i].id);
    await loadIsTrue(cards[i].holder.id);
  });

  it('keeps apart two lamps in two alleys, and what is only one’s own', async () => {
    const [a] = await homesIn('/xc/dj/pz/01/pj/', 1);
    const [b] = await homesIn('/xc/dj/pz/01/mf/', 1);
    for (const home of [a!, b!]) await say(home, '我家门口路灯坏了');
    await settled();
    await say(a!, '我家水表坏了');
    await say(b!, '我家水表坏了');
    await settled();
    const { cases, links } = t.app.modules.caseModels;
    const opened = await cases.find({ householdId: { $in: [a!.id, b!.id] } }).lean();
    expect(opened).toHaveLength(4);
    expect(opened.filter((c) => c.leadId)).toEqual([]);
    expect(await links.countDocuments({ caseId: { $in: opened.map((c) => c._id) } })).toBe(0);
  });

  it('lets staff take a household out of it, with a reason', async () => {
    const { homes, leadId, holder } = await cut('sz/03', 4, '停水了');
    const { items } = (await desk.get(`/cases/${leadId}/reporters?limit=2`)).body;
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({
      name: expect.stringMatching(/^.\*+$/),
      plate: expect.stringMatching(/胡同 \d+ 号/),
      status: '一起在办',
      maySplit: true,
      reasons: expect.arrayContaining(['都说停水']),
    });
    const memberId = items[0].caseId;
    expect((await act(desk, memberId, 'split')).body).toMatchObject({ code: 'invalid' });
    const body = { clientId: newClientId(), action: 'split', text: '他家是自己的表箱' };
    const answers = await Promise.all(
      [1, 2].map(() => desk.post(`/cases/${memberId}/actions`, body)),
    );
    expect(answers.map((x) => x.status)).toEqual([200, 200]);
    expect(await stored(leadId)).toMatchObject({ reporters: 3 });
    const split = await stored(memberId);
    expect(split).toMatchObject({ state: 'assigned' });
    expect(split!.leadId).toBeUndefined();
    await loadIsTrue(split!.holder.personId);
    const home = homes.find((h) => h.id === split!.householdId)!;
    expect(await told(home)).toContain('您这件单独办');

    // It hears no more of the others.
    await act(holder, leadId, 'acknowledge');
    await settled();
    expect(await told(home)).not.toContain('接了，');
    const rest = (await desk.get(`/cases/${leadId}/reporters`)).body.items;
    expect(rest.map((r: any) => r.caseId)).not.toContain(memberId);
  });

  it('lets a household say that it is another matter', async () => {
    const { homes, leadId } = await cut('pz/03', 2, '断网了');
    const cards = await Promise.all(homes.map(caseOf));
    const i = cards.findIndex((c) => c.id !== leadId);
    const { messages } = (await homes[i]!.client.get(`/conversations/${homes[i]!.thread}/messages`))
      .body;
    const chip = messages.at(-1).chips[0];
    expect(chip).toMatchObject({ action: 'case:split', target: cards[i].id });
    const alone = await act(homes[i]!.client, cards[i].id, 'split', { text: chip.text });
    expect(alone.body.card).toMatchObject({ state: 'assigned' });
    // Whose words they are is not for the neighbour to read.
    const seen = JSON.stringify((await homes[1 - i]!.client.get(`/cases/${leadId}`)).body);
    expect(seen).not.toContain(chip.text);
    expect(seen).not.toContain((await stored(cards[i].id))!.reporterName);
  });

  it('outlives the household that reported it first', async () => {
    const { homes, leadId } = await cut('dg/01', 3);
    const first = homes[(await Promise.all(homes.map(caseOf))).findIndex((c) => c.id === leadId)]!;
    expect((await act(first.client, leadId, 'withdraw')).status).toBe(200);
    const { cases } = t.app.modules.caseModels;
    const [lead, ...others] = await cases
      .find({ householdId: { $in: homes.map((h) => h.id) }, state: { $in: worked as never[] } })
      .lean();
    expect(others).toEqual([]);
    expect(lead).toMatchObject({ reporters: 2, state: 'assigned' });
    expect(await cases.countDocuments({ leadId: lead!._id, state: 'joined' })).toBe(1);
    await loadIsTrue(lead!.holder.personId);
    const holder = await holderOf(lead!._id);
    await act(holder, lead!._id, 'acknowledge');
    await act(holder, lead!._id, 'resolve', { text: '来电了' });
    await settled();
    for (const home of homes.filter((h) => h !== first)) {
      expect(await told(home)).toContain('说办好了');
    }
    expect(await told(first)).not.toContain('说办好了');
  });

  /** Two lamps of one alley, doors apart: nobody but a person can tell. */
  const doubt = async (alley: string): Promise<{ homes: [Home, Home]; lead: any; joiner: any }> => {
    const all = await homesIn(`/xc/dj/${alley}/`, 10);
    const homes: [Home, Home] = [all[1]!, all[9]!];
    for (const home of homes) {
      await say(home, '我家门口路灯坏了');
      await settled();
    }
    const [lead, joiner] = await Promise.all(homes.map(caseOf));
    return { homes, lead, joiner };
  };
  const suggestionsOf = async (who: Client, id: string): Promise<any[]> =>
    (await who.get(`/cases/${id}`)).body.event?.suggestions ?? [];

  it('is suggested to staff where it is not sure, and made by them', async () => {
    const { homes, lead, joiner } = await doubt('pz/02/xm');
    expect(joiner.state).toBe('assigned');
    const [suggestion] = await suggestionsOf(desk, joiner.id);
    expect(suggestion).toMatchObject({
      joinerId: joiner.id,
      leadId: lead.id,
      sentence: `可能和 ${lead.id} 是同一件事`,
      reasons: expect.arrayContaining(['同一条胡同']),
    });
    expect(await suggestionsOf(desk, lead.id)).toMatchObject([{ other: { id: joiner.id } }]);
    // Households see none of it.
    expect(await suggestionsOf(homes[1].client, joiner.id)).toEqual([]);

    const body = { clientId: newClientId(), action: 'join', caseId: lead.id };
    const answers = await Promise.all(
      [1, 2, 3].map(() => desk.post(`/cases/${joiner.id}/actions`, body)),
    );
    expect(answers.map((x) => x.status)).toEqual([200, 200, 200]);
    expect(await stored(lead.id)).toMatchObject({ reporters: 2 });
    expect(await stored(joiner.id)).toMatchObject({ state: 'joined', leadId: lead.id });
    for (const c of [lead, joiner]) await loadIsTrue(c.holder.id);
    expect(await told(homes[1])).toContain('跟邻居报的是同一件事');
    expect(await suggestionsOf(desk, lead.id)).toEqual([]);
    expect((await desk.get(`/cases/${lead.id}/reporters`)).body.items).toMatchObject([
      { caseId: joiner.id, by: '林晓' },
    ]);
  });

  it('is never suggested again once it was rejected', async () => {
    const { lead, joiner } = await doubt('lg/03/hs');
    const chief = await t.api.as('wang');
    const no = await act(chief, joiner.id, 'notSame', { caseId: lead.id });
    expect(no.status).toBe(200);
    expect(no.body.event).toBeUndefined();
    expect((await act(desk, joiner.id, 'notSame', { caseId: lead.id })).body).toMatchObject({
      code: 'wrongStep',
    });
    expect(await suggestionsOf(desk, joiner.id)).toEqual([]);
    expect(await suggestionsOf(desk, lead.id)).toEqual([]);
    expect(await stored(joiner.id)).toMatchObject({ state: 'assigned' });
  });

  it('takes along whoever had joined a case that joins another', async () => {
    const { lead, joiner } = await doubt('pz/02/ly');
    const third = (await homesIn('/xc/dj/pz/02/ly/', 10))[8];
    await say(third!, '门口路灯不亮');
    await settled();
    const card = await caseOf(third!);
    expect(await stored(card.id)).toMatchObject({ state: 'joined', leadId: joiner.id });
    expect((await act(desk, joiner.id, 'join', { caseId: lead.id })).status).toBe(200);
    expect(await stored(card.id)).toMatchObject({ state: 'joined', leadId: lead.id });
    expect(await stored(lead.id)).toMatchObject({ reporters: 3 });
    expect((await stored(joiner.id))!.reporters).toBeUndefined();
    expect((await desk.get(`/cases/${lead.id}/reporters`)).body.items).toHaveLength(2);
    for (const c of [lead, joiner]) await loadIsTrue(c.holder.id);
  });

  it('is decided by nobody but those who serve both', async () => {
    const { homes, lead, joiner } = await doubt('pz/02/tj');
    const join = { caseId: lead.id };
    expect((await act(homes[1].client, joiner.id, 'join', join)).body.code).toBe('forbidden');
    expect((await act(homes[0].client, joiner.id, 'join', join)).body.code).toBe('forbidden');
    expect((await act(homes[1].client, joiner.id, 'notSame', join)).body.code).toBe('forbidden');
    expect((await homes[0].client.get(`/cases/${lead.id}/reporters`)).status).toBe(403);
    const stranger = await t.api.as('sun');
    expect((await act(stranger, joiner.id, 'join', join)).body.code).toBe('forbidden');
    expect((await act(desk, joiner.id, 'join')).body).toMatchObject({ message: '说清楚是哪一件' });
    expect((await act(desk, joiner.id, 'join', { caseId: joiner.id })).body.code).toBe('invalid');
    expect((await act(desk, joiner.id, 'join', { caseId: 'XC-000000-0000' })).status).toBe(404);
  });

  it('never takes in what is secret, an emergency, or a complaint', async () => {
    const { lead } = await doubt('pz/03/hy');
    const zhao = await t.api.as('zhao');
    const home = { id: 'lg03-hs-7', thread: zhao.me.household.conversationId, client: zhao };
    for (const words of ['胡同长收钱不办事', '煤气味儿很大']) {
      await say(home, words);
      await settled();
      const { _id } = (await t.app.modules.caseModels.cases.findOne({ text: words }).lean())!;
      const refused = await act(desk, _id, 'join', { caseId: lead.id });
      expect(refused.body.message).toBe('保密的和紧急的事要单独办，不能并');
    }
  });

  it('gets an addition, not a second case, when a household says it again', async () => {
    const { homes, leadId } = await cut('dg/02', 3);
    const cards = await Promise.all(homes.map(caseOf));
    const i = cards.findIndex((c) => c.id !== leadId);
    await say(homes[i]!, '停电了，老人屋里黑咕隆咚的');
    await settled();
    const { cases } = t.app.modules.caseModels;
    expect(await cases.countDocuments({ householdId: homes[i]!.id })).toBe(1);
    const c = await stored(cards[i].id);
    expect(c!.timeline.at(-1)).toMatchObject({
      action: 'note',
      text: expect.stringContaining('黑咕隆咚'),
    });
    expect(await told(homes[i]!)).toContain('这事已经在办了');
  });

  it('is told by the next start what a stopped server had not told yet', async () => {
    const { homes, leadId, holder } = await cut('dg/03', 5, '停水了');
    // The node dies between the step and the telling.
    const silent = jest.spyOn(t.app.modules.tidings, 'kick').mockImplementation();
    await act(holder, leadId, 'acknowledge');
    await act(holder, leadId, 'resolve', { text: '来电了' });
    const { tidings } = t.app.modules.caseModels;
    expect(await tidings.countDocuments()).toBe(8);
    // Two nodes begin at once.
    const other = await startTestApp({ dbName: t.db.name, keep: true });
    await Promise.all([t.app.modules.tidings.sweep(), other.app.modules.tidings.sweep()]);
    await other.stop();
    silent.mockRestore();
    expect(await tidings.countDocuments()).toBe(0);
    for (const home of homes) {
      expect((await told(home)).match(/说办好了/g)).toHaveLength(1);
      expect((await told(home)).indexOf('接了，')).toBeLessThan(
        (await told(home)).indexOf('说办好了'),
      );
    }
  });
});
