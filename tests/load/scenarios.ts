import type { ServerFrame } from '@alley-chief/shared/realtime';
import type { Home } from './crowd';

/** One kind of thing people do, measured until its last consequence is on somebody's screen. */
export interface Scenario {
  key: string;
  label: string;
  /** Share of the bare route that is aimed at. */
  aim?: number;
  /** What is said the nth time in this home. */
  text(n: number): string;
  token(home: Home): string;
  /** The frame on the household's phone after which nothing is left to do. */
  done(text: string): (f: ServerFrame) => boolean;
}

const resident = (h: Home): string => h.token;

const botSaid = (f: ServerFrame): boolean =>
  f.t === 'message' && f.message.from.kind === 'bot' && f.message.kind === 'text';

const cardCame = (f: ServerFrame): boolean =>
  f.t === 'message' && f.message.kind === 'card' && f.cards.some((c) => c.type === 'case');

/** Different matters for different hands: a whole town does not call one electrician at once. */
export const concernTexts = [
  '我家门口路灯坏了三天了',
  '村口那个井盖没了，怕摔着人',
  '隔壁又把水往俺家院里排，说不通',
  '家里水管没水了，停了一天',
  '门口垃圾堆了三天没人收',
  '路上有个大坑，骑车差点摔了',
  '地里机井没电，浇不成地',
  '邻居家半夜放音响吵得睡不着',
  '老板拖欠工资三个月不给',
  '门口臭水沟堵了，往外漫',
  '树枝压着电线了，怪吓人',
  '网断了两天，打电话也没人来',
  '小卖部卖过期东西',
  '有人在地里烧秸秆，呛人',
  '公厕坏了没人管',
];

export const concern = (texts: readonly string[]): Scenario => ({
  key: 'concern',
  label: '说一件新的事，到卡片出来',
  aim: 0.35,
  text: (n) => texts[n % texts.length] ?? '',
  token: resident,
  done: () => cardCame,
});

export const openingText = '村口那个井盖没了';

export const followUp: Scenario = {
  key: 'followUp',
  label: '追问在办的事，到回话',
  aim: 0.6,
  text: () => '那个井盖修了没',
  token: resident,
  done: () => botSaid,
};

export const smallTalk: Scenario = {
  key: 'smallTalk',
  label: '家常话（谢谢），到回话',
  aim: 0.6,
  text: () => '谢谢',
  token: resident,
  done: () => botSaid,
};

export const chiefSays: Scenario = {
  key: 'chiefSays',
  label: '胡同长回一句，到住户屏幕',
  text: () => '好，我去看看',
  token: (h) => h.chiefToken,
  done: (text) => (f) => f.t === 'message' && f.message.text === text,
};
