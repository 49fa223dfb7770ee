import type { HelpKind, HelpStepDoc } from './model';

interface KindOfHelp {
  title: (name: string) => string;
  /** What the consent is limited to. */
  scope: string;
  minutes: number;
  creditHours: number;
  /** @param ta 她 or 他 */
  steps: (ta: string) => Omit<HelpStepDoc, 'done'>[];
}

const atTheDoor = { text: '到门口，亮志愿者证' };

/** What each kind of help takes: how long, which steps, and what must not happen on the way. */
export const kindsOfHelp: Record<HelpKind, KindOfHelp> = {
  phone: {
    title: (name) => `帮${name}办手机上的事`,
    scope: '手机上的这一件事',
    minutes: 20,
    creditHours: 0.5,
    steps: (ta) => [
      atTheDoor,
      { text: `跟${ta}说清：只办这一件` },
      { text: `用${ta}的手机办，密码${ta}自己按`, warn: `别替${ta}收现金，也别记密码` },
      { text: '办完的凭证给家里人看' },
    ],
  },
  doctor: {
    title: (name) => `陪${name}去看病`,
    scope: '陪着看病、排队、拿药',
    minutes: 120,
    creditHours: 2,
    steps: (ta) => [
      atTheDoor,
      { text: '带上医保卡和平时吃的药' },
      { text: '陪着挂号、看医生', warn: `病历和钱由${ta}自己拿着` },
      { text: '药怎么吃，写大字贴好' },
      { text: '送到家，给家里人说一声' },
    ],
  },
  errand: {
    title: (name) => `替${name}跑个腿`,
    scope: '跑这一趟腿',
    minutes: 40,
    creditHours: 0.5,
    steps: (ta) => [
      atTheDoor,
      { text: '问清买什么、办什么，多少钱' },
      { text: '买好办好，留着小票', warn: `不替${ta}取钱，也不拿存折` },
      { text: '东西和小票当面点清' },
    ],
  },
  lift: {
    title: (name) => `帮${name}抬东西`,
    scope: '抬这一件东西',
    minutes: 30,
    creditHours: 0.5,
    steps: () => [
      atTheDoor,
      { text: '看看有多重，一个人抬不动就喊人', warn: '别硬抬，伤了腰不划算' },
      { text: '抬到地方，放稳' },
    ],
  },
  repair: {
    title: (name) => `帮${name}修东西`,
    scope: '修这一样东西',
    minutes: 60,
    creditHours: 1,
    steps: () => [
      atTheDoor,
      { text: '先看是什么毛病', warn: '电和燃气的毛病别自己动，告诉胡同长' },
      { text: '修好，当面试一试' },
    ],
  },
  company: {
    title: (name) => `陪${name}坐坐，说说话`,
    scope: '上门陪着说话',
    minutes: 60,
    creditHours: 1,
    steps: (ta) => [
      atTheDoor,
      { text: '坐下慢慢聊，听着就好' },
      { text: '看看屋里冷暖、米面够不够', warn: `${ta}不让看的不看` },
      { text: '走之前给家里人说一声' },
    ],
  },
  other: {
    title: (name) => `给${name}搭把手`,
    scope: '说好的这一件事',
    minutes: 30,
    creditHours: 0.5,
    steps: (ta) => [
      atTheDoor,
      { text: `跟${ta}说清：帮什么、帮到哪儿` },
      { text: '动手帮', warn: '不碰存折、密码和现金' },
      { text: '办完当面说一声' },
    ],
  },
};

/** Words that tell a kind; the first kind that matches wins, the narrower ones come first. */
const tell: readonly [HelpKind, RegExp][] = [
  ['doctor', /医院|卫生院|看病|看医生|拿药|取药|量血压|体检|复查|打针/],
  ['phone', /手机|微信|视频|扫码|缴费|交费|医保|认证|充话费|网上/],
  ['lift', /[抬搬挪]/],
  ['repair', /修|坏了|灯泡|漏/],
  ['errand', /跑腿|捎|买|取快递|寄|领一下|代领/],
  ['company', /说说话|说话|聊|作伴|做伴|陪/],
];

/** What kind of help somebody's words ask for. */
export const kindIn = (text: string): HelpKind =>
  tell.find(([, re]) => re.test(text))?.[0] ?? 'other';
