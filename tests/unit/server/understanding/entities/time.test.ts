import fc from 'fast-check';
import { readTimes } from '../../../../../server/src/understanding/entities/time/times';
import { canonical, tidy } from '../../../../../server/src/understanding/language/normalise';

/** Thursday, the 3rd of the 6th month of the farmers' calendar. */
const now = new Date('2026-07-16T10:30:00+08:00');
const read = (said: string, at = now) => {
  const text = tidy(said);
  return readTimes(text, canonical(text), at);
};
const local = (at: Date | undefined) =>
  at && new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const shown = (said: string) =>
  read(said).map(({ text, from, to, since }) => ({
    text,
    ...(from ? { from: local(from) } : {}),
    ...(to ? { to: local(to) } : {}),
    ...(since ? { since: local(since) } : {}),
  }));

describe('a day', () => {
  it.each([
    ['今天', '2026-07-16'],
    ['明儿个', '2026-07-17'],
    ['后天', '2026-07-18'],
    ['大后天', '2026-07-19'],
    ['昨天', '2026-07-15'],
    ['夜儿个', '2026-07-15'],
    ['前天', '2026-07-14'],
    ['大前天', '2026-07-13'],
    ['三天前', '2026-07-13'],
    ['五天后', '2026-07-21'],
    ['两个星期后', '2026-07-30'],
    ['周五', '2026-07-17'],
    ['星期天', '2026-07-19'],
    ['这周二', '2026-07-14'],
    ['上周三', '2026-07-08'],
    ['下周二', '2026-07-21'],
    ['下个星期一', '2026-07-20'],
    ['7月3号', '2026-07-03'],
    ['七月二十号', '2026-07-20'],
    ['12月30号', '2026-12-30'],
    ['2月1日', '2026-02-01'],
    ['下个月5号', '2026-08-05'],
    ['2025年10月1日', '2025-10-01'],
  ])('%s is %s', (said, day) => {
    const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    expect(shown(`${said}有人来过`)).toEqual([
      { text: said, from: `${day} 00:00`, to: `${next} 00:00` },
    ]);
  });

  it.each([
    ['农历初八', '2026-07-21'],
    ['初八', '2026-07-21'],
    ['初一', '2026-07-14'],
    ['农历六月十五', '2026-07-28'],
    ['正月十五', '2026-03-03'],
    ['腊月二十三', '2026-02-10'],
    ['中秋', '2026-09-25'],
    ['端午', '2026-06-19'],
    ['除夕', '2026-02-16'],
  ])('%s of the farmers’ calendar is %s', (said, day) => {
    expect(shown(`${said}那天`)[0]).toMatchObject({ from: `${day} 00:00` });
  });

  it('turns at midnight in China, wherever the server stands', () => {
    const lateEvening = new Date('2026-07-16T23:30:00+08:00');
    expect(local(read('明天', lateEvening)[0]?.from)).toBe('2026-07-17 00:00');
    const afterMidnight = new Date('2026-07-17T00:30:00+08:00');
    expect(local(read('明天', afterMidnight)[0]?.from)).toBe('2026-07-18 00:00');
  });

  it('is the nearest of its name around the turn of the year', () => {
    const newYear = new Date('2027-01-02T09:00:00+08:00');
    expect(local(read('12月30号', newYear)[0]?.from)).toBe('2026-12-30 00:00');
    expect(local(read('腊月二十三', newYear)[0]?.from)).toBe('2027-01-30 00:00');
  });
});

describe('an hour', () => {
  it.each([
    ['后天上午', '2026-07-18 08:00', '2026-07-18 12:00'],
    ['明天晌午', '2026-07-17 11:00', '2026-07-17 14:00'],
    ['昨天后晌', '2026-07-15 13:00', '2026-07-15 18:00'],
    ['今晚', '2026-07-16 18:00', '2026-07-17 00:00'],
    ['昨天夜里', '2026-07-15 20:00', '2026-07-16 06:00'],
    ['明天上午九点到十一点', '2026-07-17 09:00', '2026-07-17 11:00'],
    ['下周二下午两点到四点半', '2026-07-21 14:00', '2026-07-21 16:30'],
  ])('%s is from %s to %s', (said, from, to) => {
    expect(shown(`${said}来过`)).toEqual([{ text: said, from, to }]);
  });

  it.each([
    ['明天上午九点', '2026-07-17 09:00'],
    ['明天下午三点半', '2026-07-17 15:30'],
    ['后天晚上8点一刻', '2026-07-18 20:15'],
    ['昨天晚上十二点', '2026-07-16 00:00'],
    ['昨天夜里两点', '2026-07-16 02:00'],
    ['今天凌晨3点', '2026-07-16 03:00'],
    ['明天中午一点', '2026-07-17 13:00'],
    ['明天15:30', '2026-07-17 15:30'],
    ['明天15：30', '2026-07-17 15:30'],
    ['下午三点', '2026-07-16 15:00'],
    ['周六上午10点20分', '2026-07-18 10:20'],
  ])('%s is %s', (said, from) => {
    expect(shown(`${said}来`)).toMatchObject([{ from }]);
  });

  it.each([
    ['晚上不亮', '晚上'],
    ['三点去的', '三点'],
    ['周二来过', '周二'],
    ['每天下午三点就吵', '下午三点'],
    ['上午九点来过', '上午九点'],
    ['好几天了', '好几天了'],
    ['半天没人理', '半天'],
    ['闰六月初三', '闰六月初三'],
  ])('keeps only the words where it could be another: %s', (said, text) => {
    expect(shown(said)).toContainEqual({ text });
  });

  it('keeps the day of an hour that could be two', () => {
    expect(shown('明天三点')[0]).toMatchObject({
      from: '2026-07-17 00:00',
      to: '2026-07-18 00:00',
    });
  });
});

describe('how long it has been', () => {
  it.each([
    ['坏了三天了', '2026-07-13 00:00'],
    ['都两个星期了还没修', '2026-07-02 00:00'],
    ['停水俩小时', undefined],
    ['停了两个小时了', '2026-07-16 08:30'],
    ['半个月没人清运', '2026-07-01 00:00'],
    ['一年半了', '2025-01-16 00:00'],
    ['欠了三个月没发', '2026-04-16 00:00'],
    ['已经十五天没水', '2026-07-01 00:00'],
    ['从昨天就停水', '2026-07-15 00:00'],
    ['打前天起没电', '2026-07-14 00:00'],
    ['上周三开始堵的', '2026-07-08 00:00'],
    ['三天内给修好', undefined],
    ['三天一次', undefined],
    ['路灯三天两头坏', undefined],
  ])('%s: since %s', (said, since) => {
    expect(shown(said).find((t) => t.since)?.since).toBe(since);
  });

  it.each([
    '俺家三口人',
    '老师讲三点',
    '三号楼',
    '以后儿子回来',
    '上初一的学生',
    '一个人',
    '小年轻',
  ])('is not read into %s', (said) => {
    expect(read(said).filter((t) => t.from ?? t.since)).toEqual([]);
  });
});

describe('whatever is sent', () => {
  const words = fc.constantFrom(
    ...'今天 明 后天 下周 周二 初八 腊月 三十 7月 31号 十二点 半 上午 晚上 到 从 起 三天 了 没 2月30号 99 : 15:30 年'.split(
      ' ',
    ),
  );
  it('gives sound times: words of the message, and no end before its beginning', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(words, { maxLength: 12 }).map((w) => w.join('')),
          fc.string({ unit: 'binary' }),
        ),
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (said, at) => {
          const text = tidy(said);
          for (const t of readTimes(text, canonical(text), at)) {
            expect(text).toContain(t.text);
            expect(Number.isNaN((t.from ?? t.since ?? at).getTime())).toBe(false);
            if (t.from && t.to) expect(t.to.getTime()).toBeGreaterThan(t.from.getTime());
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
