import type { Brick } from '@alley-chief/shared/contract';
import { dayWord, dueDay, epoch } from './clock';
import type { Instant } from './clock';

const chinaOffset = 8 * 3_600_000;

/** Parts of the day as people say them, by the hour they begin. */
const partsOfDay: readonly (readonly [from: number, word: string])[] = [
  [19, '晚上'],
  [13, '下午'],
  [11, '中午'],
  [8, '上午'],
  [5, '早上'],
  [0, '夜里'],
];

/** A time as it is spoken: 下午 6 点, 上午 9 点半, 晚上 8 点 10 分. Never 18:00. */
export function spokenTime(at: Instant): string {
  const d = new Date(epoch(at) + chinaOffset);
  const hours = d.getUTCHours();
  const minutes = d.getUTCMinutes();
  const part = partsOfDay.find(([from]) => hours >= from)?.[1] ?? '';
  const onTheDial = hours === 0 ? 12 : hours > 12 ? hours - 12 : hours;
  const tail = minutes === 0 ? '' : minutes === 30 ? '半' : ` ${minutes} 分`;
  return `${part} ${onTheDial} 点${tail}`;
}

/** 今天下午 6 点 */
export const spokenStamp = (at: Instant, now: number): string =>
  `${dayWord(at, now)}${spokenTime(at)}`;

/** 明天下午 6 点前修好 */
export const spokenDue = (at: Instant, now: number, verb = ''): string =>
  `${dueDay(at, now)}${spokenTime(at)}前${verb}`;

const doing: Record<Brick['key'], string> = {
  discover: '刚收到',
  assign: '正在找人',
  coHandle: '正在办',
  feedback: '等您看看',
  appraise: '等您打分',
};

export interface Progress {
  total: number;
  /** 1-based; equals `total` when everything is done. */
  step: number;
  /** What is going on in that step. */
  doing: string;
  /** 一共 5 步，到第 3 步：正在修 */
  sentence: string;
}

/**
 * The five bricks as a sentence, for elder mode and for screen readers.
 * @param dueVerb what is promised (修好); its first character says what is going on (正在修).
 */
export function progressOf(bricks: readonly Brick[], dueVerb?: string): Progress {
  const total = bricks.length;
  const index = bricks.findIndex((b) => b.state === 'now' || b.state === 'late');
  const current = bricks[index];
  if (!current) {
    const finished = bricks.every((b) => b.state === 'done');
    const step = finished ? total : Math.max(1, bricks.filter((b) => b.state === 'done').length);
    const words = finished ? '都办完了' : '还没开始';
    return { total, step, doing: words, sentence: `一共 ${total} 步，${words}` };
  }
  const words =
    current.state === 'late'
      ? '晚了，正在催'
      : current.key === 'coHandle' && dueVerb?.endsWith('好')
        ? `正在${dueVerb.slice(0, -1)}`
        : doing[current.key];
  return {
    total,
    step: index + 1,
    doing: words,
    sentence: `一共 ${total} 步，到第 ${index + 1} 步：${words}`,
  };
}
