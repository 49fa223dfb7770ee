import { deskSize, type Visitor } from './browser';
import { cutWords, sticksOut } from './layout';
import { describeInBrowser, Stage } from './stage';
import { tellStory, type Story } from './story';

interface AppConfig {
  pages: string[];
  subPackages: { root: string; pages: string[] }[];
}

/** The pages as the mini program itself announces them. */
const announced = (): string[] => {
  Object.assign(globalThis, { defineAppConfig: (config: AppConfig) => config });
  const { default: app } = jest.requireActual<{ default: AppConfig }>(
    '../../miniprogram/src/app.config',
  );
  return [...app.pages, ...app.subPackages.flatMap((p) => p.pages.map((x) => `${p.root}/${x}`))];
};

interface Screen {
  /** Who opens it; nobody signed in without one. */
  who?: string;
  /** Parameters of its address. */
  of?: (story: Story) => string;
  /** What must be there to read. */
  shows: RegExp;
}

/** One visit for every page. A page without a line here fails. */
const screens: Record<string, Screen> = {
  'pages/login/index': { shows: /胡同长[\s\S]*赵桂香/ },
  'pages/chat/index': { who: 'zhao', shows: /路灯坏了三天了/ },
  'pages/services/index': { who: 'zhao', shows: /新生儿出生/ },
  'pages/matters/index': { who: 'zhao', shows: /路灯/ },
  'pages/me/index': { who: 'zhao', shows: /赵桂香/ },
  'packages/case/detail/index': { who: 'zhao', of: (s) => `id=${s.lamp.id}`, shows: /刘建设/ },
  'packages/case/rate/index': { who: 'zhao', of: (s) => `id=${s.done.id}`, shows: /打个分/ },
  'packages/service/detail/index': {
    who: 'zhao',
    of: (s) => `id=${s.bundle.serviceId}`,
    shows: /新生儿/,
  },
  'packages/service/slots/index': {
    who: 'zhao',
    of: (s) => `id=${s.bundle.serviceId}`,
    shows: /窗/,
  },
  'packages/service/booking/index': {
    who: 'zhao',
    of: (s) => `id=${s.booking.id}`,
    shows: /B 001/,
  },
  'packages/chief/inbox/index': { who: 'wang', shows: /赵家/ },
  'packages/chief/household/index': {
    who: 'wang',
    of: () => 'id=lg03-hs-7',
    shows: /路灯坏了三天了/,
  },
  'packages/chief/landmarks/index': { who: 'wang', shows: /二狗家小卖部[\s\S]*老槐树底下/ },
  'packages/grid/queue/index': { who: 'liu', shows: /路灯/ },
  'packages/volunteer/list/index': { who: 'sun', shows: /张奶奶/ },
  'packages/volunteer/help/index': { who: 'sun', of: (s) => `id=${s.help.id}`, shows: /降压药/ },
  'packages/centre/desk/index': { who: 'linxiao', shows: /路灯/ },
  'packages/centre/learning/index': { who: 'linxiao', shows: /学过的版本[\s\S]*正在用/ },
  'packages/knowledge/article/index': {
    who: 'zhao',
    of: () => 'id=senior-allowance',
    shows: /高龄补贴咋领[\s\S]*样例政策/,
  },
  'packages/knowledge/list/index': { who: 'linxiao', shows: /没答上的[\s\S]*样例/ },
  'packages/knowledge/review/index': {
    who: 'linxiao',
    of: () => 'id=senior-allowance',
    shows: /大家会咋问[\s\S]*发布过 1 版/,
  },
  'packages/knowledge/edit/index': {
    who: 'linxiao',
    of: () => 'id=senior-allowance',
    shows: /小同会咋答[\s\S]*高龄补贴咋领/,
  },
};

describeInBrowser('every screen', () => {
  let stage: Stage;
  let story: Story;

  beforeAll(async () => {
    stage = await Stage.open();
    story = await tellStory(stage.api);
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  const visit = (path: string, more = {}): Promise<Visitor> => {
    const { who, of } = screens[path]!;
    const at = `/${path}${of ? `?${of(story)}` : ''}`;
    return who ? stage.visitor(who, { at, ...more }) : stage.stranger({ at, ...more });
  };
  const looksRight = async (visitor: Visitor, shows: RegExp): Promise<void> => {
    await visitor.shows(shows);
    expect(await sticksOut(visitor.page)).toEqual([]);
    expect(await cutWords(visitor.page)).toEqual([]);
    expect(visitor.complaints).toEqual([]);
  };

  it('has a visit, and no visit goes nowhere', () => {
    expect(Object.keys(screens).sort()).toEqual(announced().sort());
  });

  it.each(Object.keys(screens))(
    '%s opens on a phone, in its width, without complaint',
    async (path) => {
      await looksRight(await visit(path), screens[path]!.shows);
    },
  );

  it.each(['pages/login/index', 'packages/centre/desk/index'])(
    '%s uses the width of a PC',
    async (path) => {
      const visitor = await visit(path, { size: deskSize });
      await looksRight(visitor, screens[path]!.shows);
      const width = await visitor.page
        .locator('.page-col')
        .locator('visible=true')
        .evaluate((e) => e.clientWidth);
      expect(width).toBeGreaterThan(1000);
    },
  );

  it.each(['pages/matters/index', 'packages/chief/inbox/index'])(
    'leads whoever is not signed in from %s to the door',
    async (path) => {
      const visitor = await stage.stranger({ at: `/${path}` });
      await visitor.shows(/赵桂香[\s\S]*王秀兰/);
    },
  );

  it('says that nothing is there yet, instead of an empty page', async () => {
    const zhang = await stage.visitor('zhang', { at: '/pages/matters/index' });
    await zhang.page.locator('.empty').locator('visible=true').waitFor();
    expect(zhang.complaints).toEqual([]);
  });

  it('tells what names of spots are for while there is none, and takes the first', async () => {
    const wang = await stage.visitor('wang', { at: '/pages/me/index' });
    await wang.page.route('**/landmarks?*', (route) => route.fulfill({ json: { items: [] } }));
    await wang.press(/^地名/);
    await wang.see('还没记地名');
    await wang.page.unroute('**/landmarks?*');
    await wang.press('加个地名');
    const field = (label: string) => wang.page.getByLabel(label).locator('input');
    await field('大伙儿咋叫').fill('老磨盘');
    await field('别的叫法').fill('磨盘那儿 大磨盘');
    await wang.press('记下');
    await wang.shows(/老磨盘[\s\S]*也叫磨盘那儿、大磨盘/);
    expect(wang.complaints).toEqual([]);
  });

  it('says that there is no network, on any page, and stops saying so', async () => {
    const wang = await visit('packages/chief/inbox/index');
    await wang.context.setOffline(true);
    await wang.see(/网络不稳/);
    await wang.context.setOffline(false);
    await wang.page.locator('.banner').waitFor({ state: 'detached' });
  });

  it('says that a page could not be shown, and shows it when it is tried again', async () => {
    const wang = await stage.visitor('wang', { at: '/pages/me/index' });
    await wang.page.route('**/inbox?*', (route) =>
      route.fulfill({ status: 500, json: { code: 'internal', message: '这边卡住了，过会儿再试' } }),
    );
    await wang.open('/packages/chief/inbox/index');
    await wang.see('这一页没打开');
    await wang.see('这边卡住了，过会儿再试');
    await wang.page.unroute('**/inbox?*');
    await wang.press('再试一次');
    await wang.shows(screens['packages/chief/inbox/index']!.shows);
  });

  it('does not show what is not this person’s to see', async () => {
    const sun = await stage.visitor('sun', {
      at: `/packages/case/detail/index?id=${story.lamp.id}`,
    });
    await sun.see('这里不归您看');
    expect(await sun.words()).not.toContain('路灯');
  });
});
