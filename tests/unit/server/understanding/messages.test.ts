import type { UnderstandingInput } from '../../../../server/src/understanding';
import { emergencyGuides } from '../../../../server/src/understanding';
import { first, now, understand } from './understand';

const minutesAgo = (n: number) => new Date(now.getTime() - n * 60_000);
const lamp: UnderstandingInput['openCases'][number] = {
  id: 'case-lamp',
  title: '路灯不亮',
  text: '我家门口路灯坏了',
  category: 'roads.light',
  openedAt: minutesAgo(600),
};
const drain: UnderstandingInput['openCases'][number] = {
  id: 'case-drain',
  title: '排水沟堵了',
  text: '后沟堵了，污水进院',
  category: 'environment.sewage',
  openedAt: minutesAgo(60),
};

describe('with matters open', () => {
  const openCases = [drain, lamp];

  it.each([
    ['那个路灯修了没', 'case-lamp'],
    ['路灯还是不亮', 'case-lamp'],
    ['水沟通了没', 'case-drain'],
    ['咋还没来', 'case-drain'],
    ['今天师傅几点来？要留人不', 'case-drain'],
    ['路灯修好了，谢谢', 'case-lamp'],
  ])('a word about one of them belongs to it: %s', (text, caseId) => {
    expect(first(text, { openCases })).toMatchObject({ intent: 'followUp', caseId });
  });

  it('another matter is a new one, whatever its wording', () => {
    const matter = first('停水了，啥时候来水', { openCases });
    expect(matter.intent).toBe('concern');
    expect(matter.category).toBe('utilities.water');
    expect(matter.caseId).toBeUndefined();
  });

  it.each([
    ['不用了', 'case-drain'],
    ['路灯自己弄好了，不用来了', 'case-lamp'],
  ])('one may be taken back: %s', (text, caseId) => {
    expect(first(text, { openCases })).toMatchObject({ intent: 'withdraw', caseId });
  });

  it('the replies of the emergency card belong to the emergency', () => {
    const fire = { ...lamp, id: 'case-fire', category: 'safety.fire' as const, openedAt: now };
    const [out, inside, nothing] = emergencyGuides.fire.chips;
    for (const chip of [out, inside]) {
      expect(first(chip, { openCases: [fire] })).toMatchObject({
        intent: 'followUp',
        caseId: 'case-fire',
      });
    }
    expect(first(nothing, { openCases: [fire] }).intent).toBe('withdraw');
  });

  it('an emergency is still an emergency', () => {
    expect(first('着火了，快来', { openCases }).intent).toBe('emergency');
  });
});

describe('an answer to what was asked', () => {
  const asked = (slot: 'place' | 'photo' | 'time' | 'what') => ({
    openCases: [lamp],
    pending: { slot, caseId: 'case-lamp' },
  });

  it.each([
    ['place', '槐树胡同7号门口'],
    ['place', '老槐树那根杆子'],
    ['time', '前天晚上'],
    ['photo', '没法拍，手机不会照'],
    ['what', '灯罩掉下来了'],
  ] as const)('%s: %s', (slot, text) => {
    expect(first(text, asked(slot))).toMatchObject({ intent: 'answer', caseId: 'case-lamp' });
  });

  it('does not swallow a new matter', () => {
    expect(first('俺家停水了', asked('place')).category).toBe('utilities.water');
    expect(first('俺家停水了', asked('place')).intent).toBe('concern');
  });

  it('does not swallow a change of mind', () => {
    expect(first('不用了', asked('place'))).toMatchObject({
      intent: 'withdraw',
      caseId: 'case-lamp',
    });
  });
});

describe('several matters in one message', () => {
  it.each([
    ['村西头机井坏了浇不成地，另外路灯也不亮了', ['farm.irrigation', 'roads.light']],
    ['垃圾没人拉。俺家又停电了。', ['environment.garbage', 'utilities.power']],
  ])('are told apart: %s', (text, categories) => {
    expect(understand(text).matters.map((m) => m.category)).toEqual(categories);
  });

  it('may want different things', () => {
    const { matters } = understand('帮我妈交个医保，顺便说一下门口路灯坏了');
    expect(matters.map((m) => m.intent)).toEqual(['service', 'concern']);
  });

  it.each([
    '排水沟堵了，污水进院',
    '隔壁老李家养了一院鸡。臭得没法住。跟他说还骂人。',
    '你好，我家门口路灯坏了，孩子放学不敢走，谢谢',
  ])('one told at length stays one: %s', (text) => {
    expect(understand(text).matters).toHaveLength(1);
  });

  it('puts whoever is in danger first', () => {
    const { matters } = understand('路灯坏了。另外屋里煤气味大得很，快来人');
    expect(matters.map((m) => m.urgency)).toEqual(['emergency', 'normal']);
  });
});

describe('what is read off a message', () => {
  it('finds places by name, by sound and by door', () => {
    const places = (text: string) => first(text).entities.places;
    expect(places('槐树胡同七号门口灯坏了')[0]).toMatchObject({ areaId: 'lg03-hs', doorNo: 7 });
    expect(places('怀树胡同井盖没了')[0]).toMatchObject({ areaId: 'lg03-hs' });
    expect(places('柳沟停电了')[0]).toMatchObject({ areaId: 'lg' });
    expect(places('12号门口有狗')[0]).toMatchObject({ doorNo: 12 });
    expect(places('7月3号下午来过')).toEqual([]);
  });

  it('leaves a name open that two places bear', () => {
    const [place] = first('祠堂胡同路灯坏了').entities.places;
    expect(place?.text).toBe('祠堂胡同');
    expect(place?.areaId).toBeUndefined();
  });

  it('finds phones and amounts, and masks ID numbers', () => {
    const matter = first('包工头欠俺8000块钱，电话13800138000，身份证411681199001011234');
    expect(matter.entities.phones).toEqual(['13800138000']);
    expect(matter.entities.amounts).toEqual([{ text: '8000块钱', yuan: 8000 }]);
    expect(matter.text).not.toContain('19900101');
  });

  it('knows who serves by name and how neighbours call them', () => {
    expect(first('找王婶说句话').entities.people[0]).toMatchObject({ personId: 'wang' });
    expect(first('李明态度太差，还骂人').against).toEqual([
      { text: '李明', personId: 'liming', role: 'gridWorker' },
    ]);
  });

  it('hides the reporter who asks for it', () => {
    expect(first('有人半夜赌博，别说是我说的').confidential).toBe(true);
    expect(first('有人半夜赌博').confidential).toBe(false);
  });

  it('helps the old instead of sending them to a form', () => {
    expect(first('帮我交个医保').intent).toBe('service');
    expect(first('帮我交个医保', { reporter: { elder: true } }).intent).toBe('elderHelp');
  });

  it('asks for at most what is missing', () => {
    expect(first('路灯坏了').missing).toEqual(['place', 'photo']);
    expect(first('路灯坏了', { hasLocation: true }).missing).toEqual(['photo']);
    expect(first('路灯坏了', { hasLocation: true, hasPhoto: true }).missing).toEqual([]);
    expect(first('医保咋交').missing).toEqual([]);
    expect(first('啊这').missing).toEqual(['what']);
  });

  it.each([
    ['井盖没了，孩子差点掉进去', 'urgent'],
    ['全村停水两天了', 'urgent'],
    ['路灯坏了', 'normal'],
  ])('knows what cannot wait: %s', (text, urgency) => {
    expect(first(text).urgency).toBe(urgency);
  });

  it('does not promise to repair what is only wished for', () => {
    expect(first('建议村口装个路灯').category).toBe('other.suggestion');
  });

  it('gives its reasons in the words of the message', () => {
    const text = '俺家门口路登坏了';
    const matter = first(text);
    expect(matter.category).toBe('roads.light');
    for (const { text: words } of matter.evidence) expect(text).toContain(words);
  });

  it('quotes nothing when it does not know', () => {
    expect(first('今晚唱戏唱哪一出').articleIds).toEqual([]);
  });
});
