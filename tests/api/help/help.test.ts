import { startTestApp, type TestApp } from '../../support/app';
import { newClientId, type Client } from '../../support/api';
import { as, saidAbout } from '../booking/neighbours';

/** 吴奶奶 lives alone at 槐树胡同 6 号; 孙小满 is a volunteer of the village, 王秀兰 the alley's chief. */
const wu = 'p0214';

describe('a helping hand', () => {
  let app: TestApp;
  let elder: Client;
  let sun: Client;
  let wang: Client;

  const ask = async (who: Client, body: object = {}) =>
    who.post('/help-requests', {
      clientId: newClientId(),
      kind: 'phone',
      text: '不会用手机交医保，怕过了月底',
      when: '今天上午',
      ...body,
    });
  const act = (who: Client, id: string, action: string, more: object = {}) =>
    who.post(`/help-requests/${id}/actions`, { clientId: newClientId(), action, ...more });
  const see = async (who: Client, id: string) => (await who.get(`/help-requests/${id}`)).body;
  const box = async (who: Client, name: string) =>
    (await who.get(`/help-requests?box=${name}&limit=100`)).body;
  const ids = (page: { items: { id: string }[] }) => page.items.map((i) => i.id);
  /** A request that 孙小满 has accepted and done. */
  const doneBySun = async (body: object = {}): Promise<string> => {
    const { id } = (await ask(elder, body)).body;
    await act(sun, id, 'accept');
    await act(sun, id, 'done');
    return id;
  };

  beforeAll(async () => {
    app = await startTestApp();
    [elder, sun, wang] = await Promise.all([as(app, wu), as(app, 'sun'), as(app, 'wang')]);
  });
  afterAll(() => app.stop());

  it('is asked for once, however often the asking is repeated, and hangs in the thread', async () => {
    const clientId = newClientId();
    const replies = await Promise.all([1, 2, 3].map(() => ask(elder, { clientId })));
    expect(replies.map((r) => r.status)).toEqual([201, 201, 201]);
    expect(new Set(replies.map((r) => r.body.id)).size).toBe(1);
    expect(replies[0]!.body).toMatchObject({
      type: 'help',
      state: 'open',
      viewer: 'elder',
      title: '帮吴奶奶办手机上的事',
      plate: { text: '槐树胡同 6 号', tone: 'solid' },
      status: { text: '正在找人' },
    });
    const said = await saidAbout(app, 'help', replies[0]!.body.id);
    expect(said.map((m) => [m.kind, m.from.kind])).toEqual([['card', 'bot']]);
  });

  it('is offered to the village’s volunteers and to no other; they learn plate and need, not the person', async () => {
    const { id } = (await ask(elder, { text: '帮我交医保，我电话 17000001234' })).body;
    const offered = await see(sun, id);
    expect(offered).toMatchObject({
      viewer: 'volunteer',
      plate: { text: '槐树胡同 6 号', tone: 'outline' },
      note: '帮我交医保，我电话 170****1234',
      elder: { name: '吴奶奶', callName: '吴奶奶' },
      actions: [{ action: 'accept', label: '我去' }],
    });
    expect(offered.distanceMetres).toBeGreaterThan(0);
    const { phone } = (await see(elder, id)).elder;
    expect(phone).toMatch(/^1\d{10}$/);
    expect(JSON.stringify(offered)).not.toContain('吴素珍');
    expect(JSON.stringify(offered)).not.toContain(phone);
    expect(JSON.stringify(offered)).not.toContain(wu);
    expect(ids(await box(sun, 'open'))).toContain(id);

    const elsewhere = await as(app, 'p0311');
    expect(ids(await box(elsewhere, 'open'))).not.toContain(id);
    expect((await elsewhere.get(`/help-requests/${id}`)).status).toBe(403);
    expect((await act(elsewhere, id, 'accept')).status).toBe(403);
    const zhao = await as(app, 'zhao');
    expect((await box(zhao, 'open')).items).toEqual([]);
    expect((await zhao.get(`/help-requests/${id}`)).status).toBe(403);
    expect((await app.api.nobody.get(`/help-requests/${id}`)).status).toBe(401);
  });

  it('is accepted by exactly one of ten who want to at once, on two nodes', async () => {
    const { people } = app.app.modules.directoryModels;
    const found = await people
      .find({ householdId: /^lg0/, relation: '户主', _id: { $nin: [wu, 'wang', 'sun'] } })
      .sort({ _id: 1 })
      .limit(10)
      .lean();
    const granted = { role: 'volunteer', areaPath: '/xc/dj/lg/' } as const;
    const chosen = found.map((p) => p._id);
    await people.updateMany({ _id: { $in: chosen } }, { $push: { roles: granted } });
    app.app.modules.directory.invalidate();
    const other = await startTestApp({ dbName: app.db.name, clock: app.clock, keep: true });
    const ten = await Promise.all(chosen.map((id, i) => as(i % 2 ? app : other, id)));

    const { id } = (await ask(elder)).body;
    const replies = await Promise.all(ten.map((who) => act(who, id, 'accept')));
    const winners = replies.flatMap((r, i) => (r.status === 200 ? [i] : []));
    expect(winners).toHaveLength(1);
    expect(replies.filter((r) => r.body.code === 'taken')).toHaveLength(9);
    const winner = winners[0]!;
    expect(ids(await box(ten[winner]!, 'mine'))).toContain(id);
    // Whoever came too late is told no more than that somebody goes.
    const late = await see(ten[(winner + 1) % 10]!, id);
    expect(late).toMatchObject({ note: '', status: { text: '有人去了' }, actions: [] });
    expect(late.volunteer).toBeUndefined();
    const accepted = (await saidAbout(app, 'help', id)).filter((m) => m.kind === 'notice');
    expect(accepted).toHaveLength(1);
    await other.stop();
  });

  it('shows who accepts the name and phone, with a consent that ends with the day', async () => {
    const { id } = (await ask(elder)).body;
    const clientId = newClientId();
    const accept = () => act(sun, id, 'accept', { clientId });
    const { status, body } = await accept();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'accepted',
      viewer: 'volunteer',
      elder: { name: '吴素珍', phone: expect.stringMatching(/^1\d{10}$/) },
      elderAge: 78,
      plate: { tone: 'solid' },
      consent: {
        scope: '手机上的这一件事',
        until: '2026-07-15T16:00:00.000Z',
        proof: expect.stringContaining('住户在对话里同意'),
      },
    });
    expect((await accept()).body.rev).toBe(body.rev);
    expect((await see(elder, id)).volunteer).toMatchObject({ name: '孙小满', title: '志愿者' });

    // Gone again once it is over.
    await act(sun, id, 'done');
    await act(elder, id, 'confirm');
    expect((await see(sun, id)).elder.phone).toBeUndefined();
  });

  it('goes step by step, each said in the thread once', async () => {
    const { id } = (await ask(elder)).body;
    expect((await act(sun, id, 'step', { step: 0 })).status).toBe(403);
    await act(sun, id, 'accept');
    const { body } = await act(sun, id, 'step', { step: 0 });
    expect(body.steps.map((s: { done: boolean }) => s.done)).toEqual([true, false, false, false]);
    expect(body.steps.some((s: { warn?: string }) => s.warn?.includes('密码'))).toBe(true);
    await act(sun, id, 'step', { step: 0 });
    expect((await act(sun, id, 'step', { step: 9 })).status).toBe(400);
    expect((await act(elder, id, 'step', { step: 1 })).status).toBe(403);
    const steps = (await saidAbout(app, 'help', id)).filter((m) =>
      m.text?.startsWith('搭把手 1/4'),
    );
    expect(steps).toHaveLength(1);
  });

  it('goes back to the list when the volunteer cannot come, and another may accept', async () => {
    const { id } = (await ask(elder)).body;
    await act(sun, id, 'accept');
    await act(sun, id, 'step', { step: 0 });
    const clientId = newClientId();
    expect((await act(sun, id, 'release', { clientId })).body.state).toBe('open');
    expect((await act(sun, id, 'release', { clientId })).status).toBe(200);
    const open = await see(elder, id);
    expect(open.steps.every((s: { done: boolean }) => !s.done)).toBe(true);
    expect(open.consent).toBeUndefined();
    expect(open.volunteer).toBeUndefined();
    const other = await as(app, 'p0296');
    expect((await act(other, id, 'accept')).body.state).toBe('accepted');
    expect((await act(sun, id, 'done')).status).toBe(403);
  });

  it('counts hours only once the household has confirmed, exactly once', async () => {
    const before = (await box(sun, 'mine')).creditHours;
    const id = await doneBySun({ kind: 'doctor', text: '陪我去卫生院量血压' });
    expect((await box(sun, 'mine')).creditHours).toBe(before);
    expect((await act(sun, id, 'confirm')).status).toBe(403);
    const replies = await Promise.all([1, 2, 3].map(() => act(elder, id, 'confirm')));
    expect(replies.map((r) => r.status).sort()).toEqual([200, 409, 409]);
    expect((await box(sun, 'open')).creditHours).toBe(before + 2);
  });

  it('is rated once, by the household; rating what is done confirms it', async () => {
    const id = await doneBySun();
    expect((await act(elder, id, 'rate')).status).toBe(400);
    expect((await act(elder, id, 'rate', { stars: 6 })).status).toBe(400);
    expect((await act(sun, id, 'rate', { stars: 5 })).status).toBe(403);
    const rated = await act(elder, id, 'rate', { stars: 5, text: '这孩子耐心' });
    expect(rated.body).toMatchObject({
      state: 'confirmed',
      rating: { stars: 5, text: '这孩子耐心' },
      actions: [],
    });
    expect((await act(elder, id, 'rate', { stars: 1 })).body.code).toBe('wrongStep');
    expect((await see(sun, id)).rating.stars).toBe(5);
  });

  it('can be called off by the household until it is confirmed, and then nobody can go', async () => {
    const { id } = (await ask(elder)).body;
    expect((await act(sun, id, 'cancel')).status).toBe(403);
    expect((await act(elder, id, 'cancel')).body).toMatchObject({
      state: 'cancelled',
      actions: [],
    });
    expect((await act(sun, id, 'accept')).body.code).toBe('wrongStep');
    expect((await act(elder, id, 'cancel')).body.code).toBe('wrongStep');
    expect(ids(await box(sun, 'open'))).not.toContain(id);
    const confirmed = await doneBySun();
    await act(elder, confirmed, 'confirm');
    expect((await act(elder, confirmed, 'cancel')).body.code).toBe('wrongStep');
  });

  it('may be asked for by family and by the alley’s chief, by nobody else', async () => {
    const husband = await as(app, 'p0216');
    const family = await ask(husband, {
      forPersonId: 'zhao',
      kind: 'errand',
      text: '帮她捎瓶酱油',
    });
    expect(family.status).toBe(201);
    expect(family.body).toMatchObject({ viewer: 'family', title: '替赵婶跑个腿' });
    const zhao = await as(app, 'zhao');
    expect(ids(await box(zhao, 'ours'))).toContain(family.body.id);
    expect((await see(zhao, family.body.id)).viewer).toBe('elder');

    const byChief = await ask(wang, { forPersonId: wu });
    expect(byChief.body).toMatchObject({ viewer: 'chief', title: '帮吴奶奶办手机上的事' });
    await act(sun, byChief.body.id, 'accept');
    expect((await see(sun, byChief.body.id)).consent.proof).toContain('胡同长代提');
    expect((await act(wang, byChief.body.id, 'confirm')).status).toBe(403);
    expect((await act(wang, byChief.body.id, 'cancel')).body.state).toBe('cancelled');

    expect((await ask(zhao, { forPersonId: wu })).status).toBe(403);
    expect((await ask(sun, { forPersonId: wu })).status).toBe(403);
    expect((await ask(zhao, { forPersonId: 'nobody' })).status).toBe(404);
    // Who lives nowhere here has no thread to ask in.
    expect((await ask(await as(app, 'linxiao'))).status).toBe(400);
  });

  it('earns nobody hours at home', async () => {
    const volunteer = await as(app, 'p0235');
    const father = await as(app, 'p0233');
    const { id } = (await ask(father)).body;
    expect(ids(await box(volunteer, 'open'))).not.toContain(id);
    expect((await act(volunteer, id, 'accept')).status).toBe(403);
    expect((await see(volunteer, id)).viewer).toBe('family');
  });

  it('tells its kind from the words when none is given, and pages its lists', async () => {
    const kinds = await Promise.all(
      ['陪我去卫生院拿药', '帮我把床抬到西屋', '一个人闷，想找人说说话', '屋里灯泡坏了'].map(
        async (text) => (await ask(elder, { kind: undefined, text })).body.kind,
      ),
    );
    expect(kinds).toEqual(['doctor', 'lift', 'company', 'repair']);
    const all = ids(await box(elder, 'ours'));
    const paged: string[] = [];
    let cursor = '';
    do {
      const { body } = await elder.get(
        `/help-requests?box=ours&limit=3${cursor && `&cursor=${cursor}`}`,
      );
      paged.push(...ids(body));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(paged).toEqual(all);
    expect(new Set(paged).size).toBe(paged.length);
  });
});
