import type { Brick } from '@alley-chief/shared/contract';
import {
  clipLength,
  dayWord,
  dueWords,
  durationWords,
  missedDueWords,
  needsStamp,
  progressOf,
  shortStamp,
  spokenDue,
  spokenTime,
  stamp,
  ticketTime,
  timeLeft,
  waited,
  walkWords,
} from '../../../miniprogram/src/format';
import { base64 } from '../../../miniprogram/src/components/Icon/base64';

const minute = 60_000;
const hour = 60 * minute;
/** A moment in the village (UTC+8), whatever clock the machine keeps. */
const at = (local: string) => Date.parse(`${local}:00+08:00`);
/** Wednesday. */
const now = at('2026-07-15T18:12');

describe('days', () => {
  it.each([
    ['2026-07-15T00:00', '今天'],
    ['2026-07-15T23:59', '今天'],
    ['2026-07-14T23:59', '昨天'],
    ['2026-07-16T00:00', '明天'],
    ['2026-07-17T09:00', '后天'],
    ['2026-07-21T09:00', '周二'],
    ['2026-07-22T09:00', '7 月 22 日'],
    ['2027-01-03T09:00', '2027 年 1 月 3 日'],
  ])('%s is called %s', (local, word) => expect(dayWord(at(local), now)).toBe(word));

  it('gives a list the narrowest form that is still clear', () => {
    expect(shortStamp(at('2026-07-15T18:01'), now)).toBe('18:01');
    expect(shortStamp(at('2026-07-14T20:11'), now)).toBe('昨天 20:11');
    expect(shortStamp(at('2026-07-03T20:11'), now)).toBe('7 月 3 日');
  });

  it('puts a time between messages more than five minutes apart', () => {
    expect(needsStamp(now, undefined)).toBe(true);
    expect(needsStamp(now, now - 5 * minute)).toBe(false);
    expect(needsStamp(now, now - 5 * minute - 1)).toBe(true);
  });

  it('prints on a ticket no word that changes overnight', () => {
    expect(ticketTime(at('2026-07-16T09:30'))).toBe('7 月 16 日 周四 09:30');
  });
});

describe('promises', () => {
  it('says by when, and what', () => {
    expect(dueWords(at('2026-07-16T18:00'), now, '修好')).toBe('明天 18:00 前修好');
  });

  it('lets midnight belong to the day that ends', () => {
    expect(dueWords(at('2026-07-16T00:00'), now)).toBe('今天 24:00 前');
    expect(spokenDue(at('2026-07-16T00:00'), now)).toBe('今天夜里 12 点前');
    expect(stamp(at('2026-07-16T00:00'), now)).toBe('明天 00:00');
  });

  it('says what was missed', () => {
    expect(missedDueWords(at('2026-07-15T17:30'), now, '通开')).toBe('该 17:30 前通开');
    expect(missedDueWords(at('2026-07-14T18:00'), now)).toBe('该昨天 18:00 前');
    expect(missedDueWords(at('2026-07-03T18:00'), now)).toBe('该 7 月 3 日 18:00 前');
  });

  it('turns from time left to time over at the very moment', () => {
    expect(timeLeft(now + 23 * hour + 48 * minute, now)).toBe('还有 23 小时');
    expect(timeLeft(now, now)).toBe('还有不到 1 分钟');
    expect(timeLeft(now - 2 * hour, now)).toBe('超时 2 小时');
  });
});

describe('lengths', () => {
  it.each([
    [30_000, '不到 1 分钟'],
    [18 * minute, '18 分钟'],
    [68 * minute, '1 小时 8 分'],
    [3 * hour + 5 * minute, '3 小时'],
    [38 * hour, '38 小时'],
    [48 * hour, '2 天'],
  ])('%d ms is %s', (length, words) => expect(durationWords(length)).toBe(words));

  it('tells how long a household has waited', () => {
    expect(waited(now - 20_000, now)).toBe('刚来');
    expect(waited(now - 12 * minute, now)).toBe('等 12 分');
    expect(waited(now - 7 * hour, now)).toBe('等 7 小时');
    expect(waited(now - 50 * hour, now)).toBe('等 2 天');
  });

  it('tells a way in metres and minutes, and beyond walking in kilometres', () => {
    expect(walkWords(304)).toBe('300 米，走 4 分钟');
    expect(walkWords(5230)).toBe('5.2 公里');
  });

  it('writes the length of a clip', () => {
    expect(clipLength(0.7)).toBe('1″');
    expect(clipLength(65)).toBe('1′05″');
  });
});

describe('elder mode', () => {
  it.each([
    ['18:00', '下午 6 点'],
    ['09:30', '上午 9 点半'],
    ['20:10', '晚上 8 点 10 分'],
    ['12:00', '中午 12 点'],
    ['05:45', '早上 5 点 45 分'],
    ['00:30', '夜里 12 点半'],
  ])('speaks %s as %s', (clock, words) =>
    expect(spokenTime(at(`2026-07-15T${clock}`))).toBe(words),
  );

  const bricks = (...states: Brick['state'][]): Brick[] =>
    (['discover', 'assign', 'coHandle', 'feedback', 'appraise'] as const).map((key, i) => ({
      key,
      label: key,
      state: states[i] ?? 'todo',
    }));

  it('tells progress as a sentence in the word of the promise', () => {
    const half = bricks('done', 'done', 'now');
    expect(progressOf(half, '修好').sentence).toBe('一共 5 步，到第 3 步：正在修');
    expect(progressOf(half, '答复').sentence).toBe('一共 5 步，到第 3 步：正在办');
  });

  it('says plainly when it is late, and when it is over', () => {
    expect(progressOf(bricks('done', 'late')).sentence).toBe('一共 5 步，到第 2 步：晚了，正在催');
    const over = bricks('done', 'done', 'done', 'done', 'done');
    expect(progressOf(over).sentence).toBe('一共 5 步，都办完了');
  });
});

describe('icons', () => {
  it.each(['', 'a', 'ab', 'abc', '<svg viewBox="0 0 24 24"/>'])(
    'encode %j as every decoder expects',
    (text) => expect(Buffer.from(base64(text), 'base64').toString()).toBe(text),
  );
});
