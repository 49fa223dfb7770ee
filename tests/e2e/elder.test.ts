import { printSizes, touchables } from './layout';
import { describeInBrowser, Stage } from './stage';

/** 张奶奶 is 81, lives alone, and reads without her glasses. */
describeInBrowser('large print', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  const atHome = async () => {
    const zhang = await stage.visitor('zhang');
    await zhang.page.waitForURL(/pages\/chat/);
    await zhang.settled();
    return zhang;
  };

  it('is large: words of 22 px and more, nothing below 20, and nothing to press under 60', async () => {
    const zhang = await atHome();
    await zhang.say('我家门口的路灯不亮了');
    await zhang.page.locator('.card').last().waitFor();

    const body = await zhang
      .bubble('我家门口的路灯不亮了')
      .evaluate((e) => parseFloat(getComputedStyle(e).fontSize));
    expect(body).toBeGreaterThanOrEqual(22);
    expect((await printSizes(zhang.page)).filter((p) => p.size < 20)).toEqual([]);
    expect((await touchables(zhang.page)).filter((t) => Math.min(t.width, t.height) < 60)).toEqual(
      [],
    );
  });

  it('speaks: whole sentences, a person’s name, times as they are said', async () => {
    const zhang = await atHome();
    await zhang.say('我家门口路灯坏了');
    const card = zhang.page.locator('.card').last();
    await card.waitFor();
    const words = await card.innerText();
    expect(words).toContain('刘建设');
    expect(words).toMatch(/[上下中]午|晚上|早上/);
    expect(words).not.toMatch(/\d{1,2}:\d\d/);
    expect(words).toMatch(/一共 5 步，到第 \d 步/);
    await card.getByRole('button', { name: /念/ }).waitFor();
  });

  it('finds a hand: she asks, a volunteer sees it at once, and she learns who comes', async () => {
    const [zhang, sun] = await Promise.all([
      atHome(),
      stage.visitor('sun', { at: '/packages/volunteer/list/index' }),
    ]);
    await zhang.say('手机上交医保我不会，想找个人帮帮我');
    await sun.see(/张奶奶/);
    await sun.press(/张奶奶/);
    await sun.page.waitForURL(/volunteer\/help/);
    await sun.press('我去');
    await zhang.see(/小满/);
  });
});
