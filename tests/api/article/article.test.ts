import { startTestApp, type TestApp } from '../../support/app';
import { newClientId, type Client } from '../../support/api';
import { as } from '../booking/neighbours';
import { adminOf, articleFields } from '../../support/endpoints';

/** 周海峰 leads 柳沟, 林晓 sits at the duty desk, 刘建设 is of the 镇电工班; 赵桂香 lives in 柳沟. */
describe('an article', () => {
  let t: TestApp;
  let zhou: Client;
  let lin: Client;
  let zhao: Client;
  /** Heads of other households of 柳沟. */
  let neighbours: string[];

  const begin = async (who: Client, body: object = {}) =>
    (await who.post('/articles', { clientId: newClientId(), ...body })).body;
  const save = (who: Client, doc: any, fields: object = articleFields, clientId = newClientId()) =>
    who.put(`/articles/${doc.id}`, { clientId, rev: doc.rev, fields });
  const act = (who: Client, doc: any, action: string, more: object = {}) =>
    who.post(`/articles/${doc.id}/actions`, {
      clientId: newClientId(),
      rev: doc.rev,
      action,
      ...more,
    });
  const draftOf = async (who: Client, id: string) => (await who.get(`/articles/${id}/draft`)).body;
  /** Written by the leader and handed in. */
  const handedIn = async (fields: object = articleFields) => {
    const saved = (await save(zhou, await begin(zhou), fields)).body;
    return (await act(zhou, saved, 'submit')).body;
  };
  const published = async (fields: object = articleFields) =>
    (await act(lin, await handedIn(fields), 'publish')).body;
  /** What 小同 says to a question of somebody who has nothing else open: a card, if it dares to. */
  const answered = async (text: string): Promise<any> => {
    const who = await as(t, neighbours.pop()!);
    const thread = who.me.household.conversationId;
    const { message } = (await who.say(thread, text)).body;
    await t.app.assistant.idle();
    const { messages, cards } = (
      await who.get(`/conversations/${thread}/messages?after=${message.seq}`)
    ).body;
    return {
      card: cards.find((c: any) => c.type === 'answer'),
      words: messages.map((m: any) => m.text).join('\n'),
    };
  };

  beforeAll(async () => {
    t = await startTestApp();
    [zhou, lin, zhao] = await Promise.all([
      t.api.as('zhou'),
      t.api.as('linxiao'),
      t.api.as('zhao'),
    ]);
    const people = await t.app.modules.directoryModels.people
      .find({ householdId: /^lg0/, relation: '户主', _id: /^p/ })
      .limit(12)
      .lean();
    neighbours = people.map((p) => p._id);
  });
  afterAll(() => t.stop());

  it('is there from the first start, marked as a sample, with source and days', async () => {
    const { body } = await zhao.get('/articles/senior-allowance');
    expect(body).toMatchObject({
      title: '高龄补贴咋领',
      sample: true,
      valid: true,
      sourceDate: '2026-01-01',
      status: { text: '在用' },
    });
    expect(body.paragraphs.length).toBeGreaterThan(1);
    const list = (await lin.get('/articles?limit=100')).body;
    expect(list.counts.published).toBeGreaterThanOrEqual(60);
  });

  it('is written, handed in, reviewed by somebody else, and quoted from then on', async () => {
    const begun = await begin(zhou);
    expect(begun).toMatchObject({ state: 'draft', fields: { region: '/xc/dj/lg/' } });
    expect(begun.problems.length).toBeGreaterThan(0);
    const refused = await act(zhou, begun, 'submit');
    expect(refused.status).toBe(400);
    expect(refused.body.message).toBe('还没写标题');
    const saved = (await save(zhou, begun)).body;
    expect(saved.problems).toEqual([]);
    const submitted = (await act(zhou, saved, 'submit')).body;
    expect(submitted.state).toBe('inReview');
    expect(submitted.actions.map((a: any) => a.action)).not.toContain('publish');
    expect((await act(zhou, submitted, 'publish')).status).toBe(403);
    expect((await zhao.get(`/articles/${begun.id}`)).status).toBe(404);
    expect((await act(lin, submitted, 'sendBack')).status).toBe(400);
    const back = (await act(lin, submitted, 'sendBack', { reason: '写上哪天歇' })).body;
    expect(back).toMatchObject({ state: 'sentBack', sentBack: { reason: '写上哪天歇' } });
    const again = (await act(zhou, await draftOf(zhou, begun.id), 'submit')).body;
    const done = (await act(lin, again, 'publish')).body;
    expect(done).toMatchObject({ state: 'published', version: 1, status: { text: '在用' } });
    expect(done.history.map((h: any) => [h.by, h.what]).reverse()).toEqual([
      ['周海峰', '起草'],
      ['周海峰', '修改'],
      ['周海峰', '送审'],
      ['林晓', '退回去改'],
      ['周海峰', '送审'],
      ['林晓', '审过，发布'],
    ]);
    const { card } = await answered('请问村里澡堂几点开门');
    expect(card).toMatchObject({
      title: '村里澡堂几点开门',
      passage: '每天下午 2 点到晚上 8 点，周一歇。',
      source: '柳沟村委会',
      sourceDate: '2026-07-01',
      actions: [{ action: 'open:article', target: begun.id }],
    });
    await act(lin, done, 'withdraw', { reason: '试一下' });
  });

  it('keeps what was published while a new version is written, and every version', async () => {
    const first = await published({ ...articleFields, title: '村里图书室几点开门' });
    const edited = (await save(zhou, first, { ...articleFields, title: '图书室开门的钟点' })).body;
    expect(edited).toMatchObject({ state: 'draft', live: { title: '村里图书室几点开门' } });
    expect((await zhao.get(`/articles/${first.id}`)).body.title).toBe('村里图书室几点开门');
    const second = (await act(lin, (await act(zhou, edited, 'submit')).body, 'publish')).body;
    expect(second.version).toBe(2);
    expect((await zhao.get(`/articles/${first.id}`)).body.title).toBe('图书室开门的钟点');
    const kept = await t.db
      .collection('articleVersions')
      .find({ articleId: first.id })
      .sort({ n: 1 })
      .toArray();
    expect(kept.map((v) => v['fields'].title)).toEqual(['村里图书室几点开门', '图书室开门的钟点']);
  });

  it('is never reviewed by one of those who wrote it', async () => {
    const saved = (await save(zhou, await begin(zhou))).body;
    const both = (await save(lin, saved, { ...articleFields, title: '澡堂的钟点' })).body;
    const submitted = (await act(zhou, both, 'submit')).body;
    expect((await act(lin, submitted, 'publish')).status).toBe(403);
    expect((await act(lin, submitted, 'sendBack', { reason: '不行' })).status).toBe(403);
    const admin = await adminOf(t);
    expect((await act(admin, submitted, 'publish')).body.state).toBe('published');
  });

  it('is written within the own ground and the duties of the own unit only', async () => {
    const begun = await begin(zhou);
    for (const region of ['/', '/xc/', '/xc/dj/', '/xc/dj/sz/']) {
      expect((await save(zhou, begun, { ...articleFields, region })).status).toBe(403);
    }
    const liu = await t.api.as('liu');
    const lamp = await begin(liu);
    const own = { ...articleFields, region: '/xc/dj/', category: 'roads.light' };
    expect((await save(liu, lamp, { ...own, category: 'security.senior' })).status).toBe(403);
    expect((await save(liu, lamp, own)).status).toBe(200);
    expect((await zhou.post('/articles/import', {})).status).toBe(403);
    const samples = await draftOf(zhou, 'senior-allowance');
    expect((await save(zhou, samples, samples.fields)).status).toBe(403);
    expect(samples.actions).toEqual([]);
  });

  it('takes each act once, and none that was decided on an older state', async () => {
    const clientId = newClientId();
    const begun = await Promise.all([1, 2, 3].map(() => begin(zhou, { clientId })));
    expect(new Set(begun.map((b) => b.id)).size).toBe(1);
    const key = newClientId();
    const saves = await Promise.all([1, 2].map(() => save(zhou, begun[0], articleFields, key)));
    expect(saves.filter((s) => s.status === 200).length).toBeGreaterThanOrEqual(1);
    const repeated = await save(zhou, begun[0], articleFields, key);
    expect(repeated.body.rev).toBe(2);
    expect((await save(zhou, begun[0])).body.code).toBe('conflict');
    const submitted = (await act(zhou, repeated.body, 'submit')).body;
    expect((await save(zhou, submitted)).body.code).toBe('wrongStep');
    const once = { clientId: newClientId() };
    const publishes = [
      await act(lin, submitted, 'publish', once),
      await act(lin, submitted, 'publish', once),
    ];
    expect(publishes.map((p) => [p.status, p.body.version])).toEqual([
      [200, 1],
      [200, 1],
    ]);
    expect(publishes[1]!.body.history.filter((h: any) => h.what === '审过，发布')).toHaveLength(1);
  });

  it('is quoted to its last day and no longer, and only where it holds', async () => {
    const fields = { ...articleFields, title: '村里旗杆有多高', words: '旗杆 旗杆~高' };
    const doc = await published({ ...fields, validTo: '2026-07-16' });
    expect((await answered('请问村里旗杆有多高')).card?.title).toBe('村里旗杆有多高');
    t.clock.set('2026-07-16T16:00:00.000Z');
    const late = await answered('请问村里旗杆有多高');
    expect(late.card).toBeUndefined();
    expect(late.words).toContain('不确定');
    const reader = await as(t, 'zhao');
    expect((await reader.get(`/articles/${doc.id}`)).body).toMatchObject({
      valid: false,
      status: { text: '过期了' },
    });
    const expired = (await (await as(t, 'linxiao')).get('/articles?state=expired')).body;
    expect(expired.items.map((a: any) => a.id)).toEqual([doc.id]);
    expect(expired.counts.expired).toBe(1);
    t.clock.set('2026-07-15T04:00:00.000Z');
  });

  it('is no longer shown or quoted once withdrawn', async () => {
    const doc = await published({
      ...articleFields,
      title: '村里磨面几点开',
      words: '磨面 磨面机',
    });
    expect((await answered('请问村里磨面几点开')).card).toBeDefined();
    expect((await act(zhou, doc, 'withdraw')).status).toBe(403);
    await act(lin, doc, 'withdraw', { reason: '机器卖了' });
    expect((await answered('请问村里磨面几点开')).card).toBeUndefined();
    expect((await zhao.get(`/articles/${doc.id}`)).body).toMatchObject({
      valid: false,
      paragraphs: [],
      status: { text: '撤下了' },
    });
  });

  it('is learnt by other nodes without a restart', async () => {
    const other = await startTestApp({ dbName: t.db.name, clock: t.clock, keep: true });
    const { understander } = other.app.modules;
    let learnt = (): void => undefined;
    const refresh = understander.refresh.bind(understander);
    understander.refresh = () => refresh().finally(() => learnt());
    const doc = await published({
      ...articleFields,
      title: '村里浴池钥匙在谁家',
      words: '浴池钥匙',
    });
    await new Promise<void>((resolve) => {
      learnt = () => understander.article(doc.id) && resolve();
      learnt();
    });
    expect(understander.article(doc.id)?.title).toBe('村里浴池钥匙在谁家');
    await other.stop();
  });

  it('is found page by page, by state and by words', async () => {
    const seen = new Set<string>();
    let cursor = '';
    do {
      const { body } = await lin.get(`/articles?limit=40${cursor && `&cursor=${cursor}`}`);
      for (const { id } of body.items) {
        expect(seen).not.toContain(id);
        seen.add(id);
      }
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(seen.size).toBeGreaterThanOrEqual(93);
    const found = (await lin.get(`/articles?q=${encodeURIComponent('叶酸')}`)).body.items;
    expect(found.map((a: any) => a.id)).toEqual(['pregnancy-checks']);
    const pension = (await lin.get('/articles?category=security.pension')).body.items;
    expect(new Set(pension.map((a: any) => a.categoryName))).toEqual(new Set(['养老保险']));
  });

  it('can be tried before it is published', async () => {
    const ask = async (fields: object, question: string) =>
      (await zhou.post('/articles/preview', { fields, question })).body;
    const fields = { ...articleFields, words: '滑冰 滑冰场', title: '滑冰场几点开' };
    expect(await ask(fields, '滑冰场啥时候能去')).toMatchObject({
      sure: true,
      own: true,
      answer: { passage: '每天下午 2 点到晚上 8 点，周一歇。' },
    });
    expect(await ask(fields, '高龄补贴咋领')).toMatchObject({
      own: false,
      answer: { title: '高龄补贴咋领' },
    });
    expect(await ask(fields, '月亮上有啥')).toEqual({ problems: [], sure: false, own: false });
    const bad = await ask({ ...fields, validTo: '2026-13-01', body: '' }, '滑冰场');
    expect(bad.problems.map((p: any) => p.field)).toEqual(['validTo', 'body']);
  });

  it('may come as a file, is told its bad lines, and is reviewed like any other', async () => {
    const good = (title: string) =>
      `---\ntitle: ${title}\ncategory: other.suggestion\nregion: /xc/\nsource: 市里文件\nwords: 门牌\n---\n门牌的事找派出所。`;
    const body = {
      clientId: newClientId(),
      files: [
        { name: 'door-plate.md', text: good('门牌咋申请') },
        { name: 'broken.md', text: good('') },
        { name: 'elsewhere.md', text: good('外地的').replace('/xc/', '/zz/') },
      ],
    };
    const { body: first } = await lin.post('/articles/import', body);
    expect(first.stored).toEqual(['door-plate']);
    expect(first.errors).toEqual([
      { file: 'broken.md', line: 2, message: '还没写标题' },
      { file: 'elsewhere.md', line: 1, message: expect.stringContaining('不归您') },
    ]);
    expect((await lin.post('/articles/import', body)).body).toEqual(first);
    const doc = await draftOf(lin, 'door-plate');
    expect(doc).toMatchObject({ state: 'inReview', rev: 1 });
    expect((await act(lin, doc, 'publish')).status).toBe(403);
  });
});
