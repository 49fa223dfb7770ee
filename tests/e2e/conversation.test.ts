import type { Visitor } from './browser';
import { describeInBrowser, Stage } from './stage';

/** A villager and her chief at two windows of their own, as a newcomer would try it. */
describeInBrowser('a conversation in the browser', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  /** How often these words stand in the household's thread, says the server. */
  const timesSaid = async (text: string): Promise<number> => {
    const zhao = await stage.api.as('zhao');
    const id = zhao.me.household.conversationId as string;
    const { body } = await zhao.get(`/conversations/${id}/messages?limit=100`);
    return body.messages.filter((m: { text?: string }) => m.text === text).length;
  };
  const inHerThread = (who: Visitor) => who.press(/^7 号 赵家/);

  it('begins at the door: a newcomer picks who to be', async () => {
    const visitor = await stage.stranger();
    await visitor.press(/赵桂香/);
    await visitor.page.waitForURL(/pages\/chat/);
    await visitor.see('王秀兰');
    expect(visitor.complaints).toEqual([]);
  });

  it('tells who comes, why and by when, and reaches the chief without a reload', async () => {
    const [zhao, wang] = await Promise.all([stage.visitor('zhao'), stage.visitor('wang')]);
    await wang.page.waitForURL(/chief\/inbox/);

    await zhao.say('我家门口路灯坏了三天了');
    const card = zhao.page.locator('.routing').last();
    await zhao.wait(card);
    const told = await card.innerText();
    expect(told).toContain('槐树胡同 7 号');
    expect(told).toMatch(/刘建设/); // who
    expect(told).toMatch(/路灯/); // why
    expect(told).toMatch(/前修好/); // by when

    // The chief, who has touched nothing, sees that a family waits for her, then the whole of it.
    await wang.see('1 户在等您');
    await inHerThread(wang);
    await wang.hears('我家门口路灯坏了三天了');
    await wang.wait(wang.page.locator('.routing'));

    await wang.say('赵婶，我跟刘师傅说了');
    await zhao.hears('赵婶，我跟刘师傅说了', 1_000);
    expect([...zhao.complaints, ...wang.complaints]).toEqual([]);
  });

  it('keeps what is typed without network and sends it once, when there is network', async () => {
    const zhao = await stage.visitor('zhao');
    await zhao.context.setOffline(true);
    await zhao.see('网络不稳，您只管说，连上就发');

    await zhao.say('水管也漏了');
    await zhao.say('在院子里');
    await zhao.hears('在院子里');
    await zhao.see('存着，等网');
    expect(await timesSaid('水管也漏了')).toBe(0);

    await zhao.context.setOffline(false);
    await zhao.wait(zhao.delivered('水管也漏了'));
    await zhao.wait(zhao.delivered('在院子里'));
    await zhao.page.locator('.banner').waitFor({ state: 'detached' });
    expect(await timesSaid('水管也漏了')).toBe(1);
    expect(await timesSaid('在院子里')).toBe(1);
  });

  it('finds its way back by itself after the server was restarted', async () => {
    const [zhao, wang] = await Promise.all([stage.visitor('zhao'), stage.visitor('wang')]);
    await zhao.say('在家没有');
    await inHerThread(wang);
    await wang.hears('在家没有');

    const outage = await stage.interrupt();
    await zhao.say('刚才说到哪儿了');
    await zhao.hears('刚才说到哪儿了');

    await outage.back();
    await wang.hears('刚才说到哪儿了');
    await zhao.wait(zhao.delivered('刚才说到哪儿了'));
    expect(await timesSaid('刚才说到哪儿了')).toBe(1);

    // Not only fetched once: what is said from now on comes by itself again.
    await wang.say('在呢');
    await zhao.hears('在呢');
  });
});
