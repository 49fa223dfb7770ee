import type { Care } from '../../../../../server/src/understanding';
import { first } from '../understand';

/** Said by grown-ups of themselves or of somebody near; each is of this kind. */
const careful: [text: string, kind: Care['kind']][] = [
  ['俺男人又打我', 'domesticViolence'],
  ['他一喝酒就打我，我不敢回家', 'domesticViolence'],
  ['俺老公天天打我，日子没法过', 'domesticViolence'],
  ['儿媳妇不给俺娘饭吃，还打骂老人', 'domesticViolence'],
  ['隔壁媳妇叫他男人打得满脸血，别说是我说的', 'domesticViolence'],
  ['对象老跟踪我，说要弄死我', 'domesticViolence'],
  ['我不想活了', 'selfHarm'],
  ['活着真没意思，整夜睡不着', 'selfHarm'],
  ['俺就是个累赘，拖累孩子', 'selfHarm'],
  ['这日子熬不下去了', 'selfHarm'],
  ['孩子在学校老叫几个大孩子打', 'child'],
  ['邻居家孩子天天关在屋里，爹妈不管孩子', 'child'],
  ['俺孙女说老师摸她身体', 'child'],
  ['她后妈不让妮上学，天天干活', 'child'],
];

/** Alarming or sad words about something else. */
const ordinary = [
  '楼上吵得整夜睡不着',
  '他又打我电话催物业费',
  '收麦这几天真累死了，路灯还不亮',
  '系统崩溃了，医保交不上',
  '村里能不能搞个防家暴的讲座',
  '校园欺凌的宣传活动啥时候办',
  '打孩子预防针去哪',
  '俺跟隔壁因为排水吵起来了',
  '家暴判几年',
  '今年麦子没指望了，天旱浇不上',
];

describe('matters that need care', () => {
  it.each(careful)('are recognised and kept for few eyes: %s', (text, kind) => {
    const matter = first(text);
    expect(matter.care).toEqual({ kind, minor: false });
    expect(matter.confidential).toBe(true);
    expect(matter.urgency).not.toBe('normal');
    // No mediator, no form, no questionnaire.
    expect(matter.category).not.toMatch(/^dispute/);
    expect(matter.missing).toEqual([]);
  });

  it.each(ordinary)('are not seen where there are none: %s', (text) => {
    expect(first(text).care).toBeUndefined();
  });

  it('leave the alarm open to all when somebody else is on the roof', () => {
    const matter = first('俺闺女在楼顶要跳楼');
    expect(matter.emergency?.kind).toBe('selfHarm');
    expect(matter.care).toBeUndefined();
    expect(matter.confidential).toBe(false);
  });

  it('know when a child is speaking', () => {
    const said = first('同学老欺负我', { reporter: { elder: false, age: 12 } });
    expect(said.care).toEqual({ kind: 'child', minor: true });
  });

  it('do not hide a burglar from the alley', () => {
    expect(first('有人撬门进俺家了').confidential).toBe(false);
  });
});
