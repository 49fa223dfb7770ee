import { newClientId, type Answer, type Client } from '../../support/api';
import { startTestApp, type TestApp } from '../../support/app';

describe('the names of spots', () => {
  let t: TestApp;
  let wang: Client;
  beforeAll(async () => {
    t = await startTestApp();
    wang = await t.api.as('wang');
  });
  afterAll(() => t.stop());

  const add = (who: Client, name: string, more: object = {}): Promise<Answer> =>
    who.post('/landmarks', { clientId: newClientId(), name, ...more });
  const names = async (who: Client): Promise<string[]> =>
    (await who.get('/landmarks')).body.items.map((l: { name: string }) => l.name);
  /** Where the case opened by saying this is, as a worker reads it. */
  const placeOf = async (text: string): Promise<{ areaPath: string; plateText: string }> => {
    const zhao = await t.api.as('zhao');
    await zhao.say(zhao.me.household.conversationId, text);
    await t.app.assistant.idle();
    return (await t.app.modules.caseModels.cases.findOne({ text }).lean())!;
  };

  it('are those of the own ground: an alley for its chief, all its alleys for the grid worker', async () => {
    expect(await names(wang)).toContain('老槐树底下');
    expect(await names(wang)).not.toContain('老井台');
    expect(await names(await t.api.as('liming'))).toEqual(
      expect.arrayContaining(['老槐树底下', '老井台']),
    );
  });

  it('are found by the next message, under any of their names', async () => {
    expect(await placeOf('石狮子那边路灯坏了')).not.toMatchObject({
      plateText: expect.stringContaining('石狮子'),
    });
    const added = await add(wang, '大石狮子', { aliases: ['石狮子'] });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ name: '大石狮子', areaName: '槐树胡同', addedBy: '王婶' });
    expect(await placeOf('石狮子那边井盖没了')).toMatchObject({
      areaPath: '/xc/dj/lg/03/hs/',
      plateText: expect.stringContaining('石狮子'),
    });
  });

  it('come once, however often they are sent', async () => {
    const body = { clientId: newClientId(), name: '戏台子' };
    const [first, again] = [
      await wang.post('/landmarks', body),
      await wang.post('/landmarks', body),
    ];
    expect(again.status).toBe(201);
    expect(again.body.id).toBe(first.body.id);
    expect((await names(wang)).filter((n) => n === '戏台子')).toHaveLength(1);
  });

  it('are not given twice in one alley', async () => {
    await add(wang, '红砖墙');
    const { status, body } = await add(wang, '红砖墙');
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'conflict', message: '“红砖墙”已经记过了' });
  });

  it.each([
    ['of one character', { name: '坑' }, '地名至少两个字'],
    ['that are everybody’s', { name: '门口' }, '“门口”谁家都有，写细点，像“老槐树底下”'],
    [
      'whose alias is everybody’s',
      { name: '石碾子', aliases: ['俺家门口'] },
      '“俺家门口”谁家都有，写细点，像“老槐树底下”',
    ],
    ['with signs in them', { name: '坑<b>' }, '地名里只写字和数字'],
  ])('are refused when %s', async (_what, body, message) => {
    const answer = await wang.post('/landmarks', { clientId: newClientId(), ...body });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(message);
  });

  it('are nobody else’s to add', async () => {
    expect((await add(wang, '邻村的井', { areaId: 'lg03-jt' })).status).toBe(403);
    expect((await add(await t.api.as('liming'), '邻胡同的井', { areaId: 'lg03-jt' })).status).toBe(
      201,
    );
  });

  it('go, and who took them off is kept; the name is free again', async () => {
    const { body } = await add(wang, '旧粮仓');
    expect((await wang.delete(`/landmarks/${body.id}`)).status).toBe(200);
    expect((await wang.delete(`/landmarks/${body.id}`)).status).toBe(404);
    expect(await names(wang)).not.toContain('旧粮仓');
    expect(await t.app.modules.directoryModels.landmarks.findById(body.id).lean()).toMatchObject({
      addedById: 'wang',
      removedById: 'wang',
      removedAt: t.clock.now(),
    });
    expect((await add(wang, '旧粮仓')).status).toBe(201);
  });

  it('of another alley cannot be taken off', async () => {
    expect((await wang.delete('/landmarks/k-lg03-jt-0')).status).toBe(404);
    expect(await names(await t.api.as('liming'))).toContain('老井台');
  });

  it('page', async () => {
    const all = await names(wang);
    const first = (await wang.get('/landmarks?limit=2')).body;
    const rest = (await wang.get(`/landmarks?limit=100&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...rest.items].map((l) => l.name)).toEqual(all);
    expect(rest.nextCursor).toBeUndefined();
  });
});
