import { startTestApp, type TestApp } from '../../support/app';
import { newClientId, type Client } from '../../support/api';
import { articleFields } from '../../support/endpoints';

describe('a question nobody has an answer to', () => {
  let t: TestApp;
  let zhao: Client;
  let zhou: Client;
  let lin: Client;

  const ask = async (who: Client, text: string): Promise<void> => {
    await who.say(who.me.household.conversationId, text);
    await t.app.assistant.idle();
  };
  /** The other way in: somebody read an article and still does not know. */
  const leaveOpen = (question: string) =>
    zhao.post('/articles/id-card/feedback', { clientId: newClientId(), useful: false, question });
  const listed = async (who: Client, state = 'open'): Promise<any> =>
    (await who.get(`/questions?state=${state}&limit=100`)).body;
  const find = async (word: string, state = 'open'): Promise<any> =>
    (await listed(zhou, state)).items.find((q: any) => q.text.includes(word));
  const act = (who: Client, id: string, action: string, clientId = newClientId()) =>
    who.post(`/questions/${id}/actions`, { clientId, action });

  beforeAll(async () => {
    t = await startTestApp();
    [zhao, zhou, lin] = await Promise.all([
      t.api.as('zhao'),
      t.api.as('zhou'),
      t.api.as('linxiao'),
    ]);
  });
  afterAll(() => t.stop());

  it('is noted once, however it is put and whoever asks, without names and numbers', async () => {
    await ask(zhao, '请问旗杆有多高');
    await ask(await t.api.as('zhang'), '想问一下，旗杆多高啊？');
    expect(await find('旗杆')).toMatchObject({ count: 2, areaName: '丁集镇', state: 'open' });
    await leaveOpen('赵桂香的打谷机能借不，电话 13812345678');
    const noted = await find('打谷机');
    expect(noted.text).not.toContain('赵桂香');
    expect(noted.text).not.toContain('1381234');
  });

  it('is not noted when it was answered', async () => {
    const before = (await listed(zhou)).items.length;
    await ask(zhao, '高龄补贴咋领');
    expect((await listed(zhou)).items).toHaveLength(before);
  });

  it('is answered by an article that somebody writes for it', async () => {
    await leaveOpen('请问戏台啥时候能借');
    const question = await find('戏台');
    const body = { clientId: newClientId(), questionId: question.id };
    const draft = (await zhou.post('/articles', body)).body;
    expect(draft).toMatchObject({ state: 'draft', question: question.text });
    expect((await zhou.post('/articles', body)).body.id).toBe(draft.id);
    expect((await find('戏台', 'drafted')).articleId).toBe(draft.id);
    const second = await lin.post('/articles', {
      clientId: newClientId(),
      questionId: question.id,
    });
    expect(second.body.code).toBe('taken');

    const fields = { ...articleFields, title: '戏台咋借', words: '戏台 戏台~借' };
    const step = (who: Client, rev: number, action: string) =>
      who.post(`/articles/${draft.id}/actions`, { clientId: newClientId(), rev, action });
    await zhou.put(`/articles/${draft.id}`, { clientId: newClientId(), rev: 1, fields });
    await step(zhou, 2, 'submit');
    await step(lin, 3, 'publish');
    expect(await find('戏台', 'answered')).toMatchObject({ status: { text: '写好了' } });
    const count = (await find('戏台', 'answered')).count;
    await ask(await t.api.as('sun'), '请问戏台啥时候能借');
    expect((await find('戏台', 'answered')).count).toBe(count);
  });

  it('goes back to the list when its draft is given up', async () => {
    await leaveOpen('请问锣鼓队在哪练');
    const question = await find('锣鼓');
    const draft = (
      await zhou.post('/articles', { clientId: newClientId(), questionId: question.id })
    ).body;
    await zhou.post(`/articles/${draft.id}/actions`, {
      clientId: newClientId(),
      rev: 1,
      action: 'withdraw',
    });
    expect(await find('锣鼓')).toMatchObject({ state: 'open' });
  });

  it('may be put aside, once, and taken up again', async () => {
    await leaveOpen('请问月亮有多远');
    const { id } = await find('月亮');
    const clientId = newClientId();
    expect((await act(zhou, id, 'dismiss', clientId)).body.state).toBe('dismissed');
    expect((await act(zhou, id, 'dismiss', clientId)).status).toBe(200);
    expect((await act(zhou, id, 'dismiss')).body.code).toBe('wrongStep');
    expect((await act(zhou, id, 'reopen')).body.state).toBe('open');
  });

  it('may come from whoever found an article of no use', async () => {
    const rate = (body: object) =>
      zhao.post('/articles/senior-allowance/feedback', { clientId: newClientId(), ...body });
    const clientId = newClientId();
    const useless = { clientId, useful: false, question: '户口在外地的老人能领高龄补贴吗' };
    expect((await rate(useless)).body.useful).toBe(false);
    await rate(useless);
    expect(await find('户口在外地的老人')).toMatchObject({ count: 1 });
    const marks = async () => (await lin.get('/articles/senior-allowance/draft')).body;
    expect(await marks()).toMatchObject({ useful: 0, useless: 1 });
    expect((await rate({ useful: true })).body.useful).toBe(true);
    expect(await marks()).toMatchObject({ useful: 1, useless: 0 });
  });

  it('is listed page by page', async () => {
    const all = (await listed(zhou)).items.map((q: any) => q.id);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await zhou.get(`/questions?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map((q: any) => q.id));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(seen).toEqual(all);
  });

  it('is no business of those who neither write nor review', async () => {
    for (const who of ['zhao', 'wang', 'liming', 'sun']) {
      expect((await (await t.api.as(who)).get('/questions')).status).toBe(403);
    }
  });
});
