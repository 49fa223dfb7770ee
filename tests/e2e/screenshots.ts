/**
 * `npm run screenshots`: plays an evening in the demo town on the built server and leaves the pictures of
 * the documentation in docs/screenshots. The town's clock is set, so the same pictures come out any day.
 */
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { removeFolder, startServer, temporaryFolder } from '../load/serverProcess';
import { Api, newClientId } from '../support/api';
import { deskSize, launch, Visitor, type VisitorOptions } from './browser';
import { photographs } from './scenery';
import { act, Teller } from './story';

const evening = '2026-07-15T17:40:00+08:00';
const folder = path.resolve('docs/screenshots');
/** Heavier ones make the README slow to open. */
const heaviest = 250 * 1024;

const ahead = Date.parse(evening) - Date.now();
/** Sets the server's clock, and its database's, before anything else runs there. */
const clockSetter = `const Real = Date; globalThis.Date = class Date extends Real {
  constructor(...given) { given.length ? super(...given) : super(Real.now() + ${ahead}) }
  static now() { return Real.now() + ${ahead} } }`;
const setClock = `--import=data:text/javascript,${encodeURIComponent(clockSetter)}`;

/** Everybody who poses, and the album. */
class Evening {
  private readonly posing: Visitor[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  async visitor(options: Partial<VisitorOptions>): Promise<Visitor> {
    const scale = options.size ? 1 : 2;
    const visitor = await Visitor.arrive(this.browser, { url: this.url, ahead, scale, ...options });
    this.posing.push(visitor);
    return visitor;
  }

  async shoot(visitor: Visitor, name: string): Promise<void> {
    const file = path.join(folder, `${name}.png`);
    await visitor.still();
    await visitor.page.screenshot({ path: file, animations: 'disabled' });
    const { size } = await stat(file);
    const weight = `${Math.round(size / 1024)} kB${size > heaviest ? ', TOO HEAVY' : ''}`;
    process.stdout.write(`  docs/screenshots/${name}.png  ${weight}\n`);
  }

  async end(): Promise<void> {
    for (const visitor of this.posing) await visitor.leave();
  }
}

const play = async (browser: Browser, url: string): Promise<void> => {
  const e = new Evening(browser, url);
  const api = new Api(url);
  const [dark, lit] = await photographs(browser);
  const liu = await api.as('liu');

  // The door, on a phone and on a PC.
  await e.shoot(await e.visitor({}), 'login');
  await e.shoot(await e.visitor({ size: deskSize }), 'login-pc');

  // 赵桂香 says that the lamp is out; 刘建设 takes it; her chief says a word.
  const zhao = await e.visitor({ personaId: 'zhao' });
  const wang = await e.visitor({ personaId: 'wang' });
  const house = await Teller.at(api, 'zhao');
  await house.show(dark);
  const { id: lamp } = await house.ask('门口路灯两晚上没亮了，孩子放学回来黑灯瞎火的', 'case');
  await act(liu, lamp, 'acknowledge');
  await wang.open('/packages/chief/household/index?id=lg03-hs-7');
  await wang.say('赵婶，我跟刘师傅说好了，今晚先给您门口挂个灯。');
  await zhao.hears('今晚先给您门口挂个灯');
  await e.shoot(zhao, 'chat-card');

  // The village loses its network for a while.
  await zhao.context.setOffline(true);
  await zhao.say('好，麻烦您了');
  await zhao.say('水管有点漏，在灶台后头');
  await zhao.wait(zhao.page.locator('.msg-pend'));
  await e.shoot(zhao, 'offline');
  await zhao.context.setOffline(false);
  await zhao.wait(zhao.delivered('水管有点漏'));

  // A service in one go: what to bring, when, the ticket.
  const bundle = await house.ask('孩子满月了要上户口', 'bundle');
  for (const { key } of bundle.rows.slice(0, 4))
    await house.client.put(`/services/${bundle.serviceId}/checklist/${key}`, { done: true });
  await zhao.open(`/packages/service/detail/index?id=${bundle.serviceId}`);
  await e.shoot(zhao, 'service-bundle');
  await zhao.open(`/packages/service/slots/index?id=${bundle.serviceId}`);
  await zhao.press(/上午 9 点半/);
  await e.shoot(zhao, 'slots');
  await zhao.press(/^约 /);
  await zhao.page.waitForURL(/service\/booking/);
  await e.shoot(zhao, 'ticket');

  // The lamp is lit again; what is still open, and stars.
  const after = (await liu.upload(lit, 'after.jpg', 'image/jpeg')).body.id;
  await act(liu, lamp, 'resolve', { text: '换了镇流器，灯亮了', fileIds: [after] });
  await zhao.open('/pages/matters/index');
  await e.shoot(zhao, 'my-matters');
  await zhao.open(`/packages/case/rate/index?id=${lamp}`);
  await zhao.press(/^5 星/);
  await zhao.press('来得快');
  await e.shoot(zhao, 'rating');

  // Large print.
  const zhang = await e.visitor({ personaId: 'zhang' });
  const alone = await Teller.at(api, 'zhang');
  await alone.show(dark);
  await alone.ask('门口路灯不亮，晚上不敢出门', 'case');
  await zhang.see(/一共 5 步/);
  await e.shoot(zhang, 'elder-chat');

  // A helping hand is asked for, and offered.
  const ask = (who: Teller, body: object) =>
    who.client.post('/help-requests', { clientId: newClientId(), ...body });
  await ask(alone, {
    kind: 'errand',
    text: '降压药快吃完了，请人去卫生院捎两盒',
    when: '明天上午',
  });
  await ask(house, { kind: 'repair', text: '抬一张床到西屋，要两个人', when: '今晚 7 点' });
  const sun = await e.visitor({ personaId: 'sun', at: '/packages/volunteer/list/index' });
  await e.shoot(sun, 'help-list');

  // Gas: what to do first, who has been told.
  await sun.open('/pages/chat/index');
  await sun.say('厨房一股煤气味，头有点晕');
  await sun.see('拨打 119');
  await e.shoot(sun, 'emergency');

  // The chief: whom to see first, and a family's thread with something unclear in it.
  await house.ask('药店不让刷卡，说是系统不行', 'case');
  await wang.open('/packages/chief/household/index?id=lg03-hs-7');
  await e.shoot(wang, 'chief-thread');
  await alone.ask('我摔了一跤，站不起来', 'emergency');
  await wang.open('/packages/chief/inbox/index');
  await wang.wait(wang.page.locator('.hh-urgent'));
  await e.shoot(wang, 'chief-inbox');

  // The whole town at one desk.
  const desk = await e.visitor({ personaId: 'linxiao', size: deskSize });
  await desk.press(/路灯不亮/);
  await desk.see('为什么分给镇电工班 刘建设');
  await e.shoot(desk, 'duty-desk');

  await Promise.all([house.close(), alone.close()]);
  await e.end();
};

const data = await temporaryFolder();
await mkdir(folder, { recursive: true });
const browser = await launch();
const server = await startServer(data, { env: { NODE_OPTIONS: setClock, RATE_SCALE: '100' } });
try {
  await play(browser, server.url);
} finally {
  await browser.close();
  await server.stop();
  await removeFolder(data);
}
