import { startTestApp, type TestApp } from '../../support/app';

describe('where a worker is sent', () => {
  let t: TestApp;
  beforeAll(async () => void (t = await startTestApp()));
  afterAll(() => t.stop());

  /** 赵婶 of 槐树胡同 7 号 says something, unless it is 张奶奶 of 3 号; the case it opens. */
  const caseOf = async (text: string, who = 'zhao') => {
    const resident = await t.api.as(who);
    await resident.say(resident.me.household.conversationId, text);
    await t.app.assistant.idle();
    return (await t.app.modules.caseModels.cases.findOne({ text }).lean())!;
  };
  const alley = '/xc/dj/lg/03/hs/';

  it.each([
    ['a spot of the village, with the village’s name', '村口路灯坏了', '柳沟村口', alley],
    ['a spot of the alley, with the alley’s name', '胡同口垃圾没人拉', '槐树胡同口', alley],
    ['a building of the village', '学校门口有人占道摆摊', '柳沟村学校门口', alley],
    ['beside the own home', '俺家屋后水管漏水了', '槐树胡同 7 号屋后', alley],
    ['the own door', '家里停电了', '槐树胡同 7 号', alley],
    ['another door of the alley', '12号门口下水道堵了', '槐树胡同 12 号', alley],
    ['a landmark of the own alley', '二狗家小卖部对面公厕脏得很', '二狗家小卖部对面', alley],
    ['a landmark of the next alley', '老井台那边烧秸秆了', '老井台', '/xc/dj/lg/03/jt/'],
    [
      'another village, to the last word',
      '沈庄东头老李家门口井盖没了',
      '沈庄东头老李家门口',
      '/xc/dj/sz/',
    ],
    ['an alley heard wrongly', '淮树胡同九号门口噪音太大', '槐树胡同 9 号', alley],
  ])('%s', async (_what, said, plateText, areaPath) => {
    expect(await caseOf(said)).toMatchObject({ plateText, areaPath });
  });

  it('follows the answer to “在哪儿”', async () => {
    const opened = await caseOf('有野狗咬人', 'zhang');
    expect(opened).toMatchObject({ plateText: '槐树胡同 3 号', asking: ['place'] });
    const zhang = await t.api.as('zhang');
    await zhang.say(zhang.me.household.conversationId, '桥头那儿');
    await t.app.assistant.idle();
    expect(await t.app.modules.caseModels.cases.findById(opened._id).lean()).toMatchObject({
      placeText: '桥头那儿',
      plateText: '柳沟村桥头',
    });
  });
});
