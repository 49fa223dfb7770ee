import { newClientId, type Client } from '../support/api';
import { deskSize } from './browser';
import { describeInBrowser, Stage } from './stage';

describeInBrowser('an event of several households', () => {
  let stage: Stage;
  /** Of whom said what, by persona. */
  const cases = new Map<string, string>();

  beforeAll(async () => {
    stage = await Stage.open();
    for (const [name, words] of [
      ['zhao', '停电了'],
      ['zhang', '停电了，屋里黑得很'],
      ['zhou', '我家没电了'],
    ] as const) {
      const who: Client = await stage.api.as(name);
      await who.say(who.me.household.conversationId, words);
      await stage.assistant.idle();
      cases.set(name, (await who.get('/cases')).body.items[0].card.id);
    }
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  const detail = (name: string): string =>
    `/packages/case/detail/index?id=${cases.get(name) ?? ''}`;

  it('tells a household that it is not alone, and names nobody', async () => {
    const zhang = await stage.visitor('zhang', { at: detail('zhang') });
    await zhang.see('和另外 1 户一起办');
    expect(await zhang.words()).not.toContain('赵');
    expect(zhang.complaints).toEqual([]);
  });

  it('shows the duty desk one row with the number, and who else it is', async () => {
    const desk = await stage.visitor('linxiao', {
      at: '/packages/centre/desk/index',
      size: deskSize,
    });
    await desk.see('2 户报了');
    await desk.press(/槐树胡同 7 号/);
    await desk.see('张**');
    expect(await desk.words()).not.toContain('张凤英');
    expect(desk.complaints).toEqual([]);
  });

  it('asks whoever serves about what may be the same, once', async () => {
    const desk = await stage.visitor('linxiao', { at: detail('zhou') });
    await desk.see(`可能和 ${cases.get('zhao') ?? ''} 是同一件事`);
    await desk.press('不是一件');
    await desk.page.getByText('不是一件', { exact: true }).locator('visible=true').last().click();
    await desk.page.getByText('是不是同一件').waitFor({ state: 'detached' });
    expect(desk.complaints).toEqual([]);
  });

  it('lets the chief take a household out, with a reason', async () => {
    const wang = await stage.visitor('wang', { at: detail('zhao') });
    await wang.see('2 户报了同一件事');
    await wang.press('分出来');
    await wang.page.locator('.sheet textarea').fill('张奶奶家是自己的闸坏了');
    await wang.press('分出来单独办');
    await wang.page.getByText('2 户报了同一件事').waitFor({ state: 'detached' });
    const zhang = await stage.api.as('zhang');
    const { card } = (await zhang.get(`/cases/${cases.get('zhang') ?? ''}`)).body;
    expect(card.state).toBe('assigned');
  });

  it('says so when the neighbours cannot be shown, and shows them on the next try', async () => {
    const who = await stage.api.as('linxiao');
    const joined = { clientId: newClientId(), action: 'join', caseId: cases.get('zhao') };
    await who.post(`/cases/${cases.get('zhang') ?? ''}/actions`, joined);
    const wang = await stage.visitor('wang', { at: '/pages/me/index' });
    await wang.page.route('**/reporters?*', (route) =>
      route.fulfill({ status: 500, json: { code: 'internal', message: '这边卡住了，过会儿再试' } }),
    );
    await wang.open(detail('zhao'));
    await wang.see('这边卡住了，过会儿再试');
    await wang.page.unroute('**/reporters?*');
    await wang.press('再试一次');
    await wang.see('张**');
  });
});
