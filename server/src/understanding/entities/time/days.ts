import { numberOf } from '../numbers';
import { dayAt, nearestLunar, partsOf, weekdayOf } from './calendar';

/** Days from the first to before the second. */
export interface Days {
  from: number;
  until: number;
}

const one = (day: number | undefined): Days | undefined =>
  day === undefined ? undefined : { from: day, until: day + 1 };

const nearest = (today: number, days: readonly (number | undefined)[]): number | undefined =>
  days.filter((d) => d !== undefined).sort((a, b) => Math.abs(a - today) - Math.abs(b - today))[0];

const count = '[一二两三四五六七八九十\\d]{1,3}';
const relative: Record<string, number> = {
  大前: -3,
  前: -2,
  昨: -1,
  夜: -1,
  今: 0,
  明: 1,
  后: 2,
  大后: 3,
};
const weekdays = '一二三四五六日天';
const feasts: Record<string, [month: number, day: number]> = {
  大年初一: [1, 1],
  春节: [1, 1],
  元宵节: [1, 15],
  端午: [5, 5],
  中秋: [8, 15],
  重阳: [9, 9],
  腊八: [12, 8],
  小年: [12, 23],
};
const months: Record<string, number> = { 正: 1, 冬: 11, 腊: 12 };

interface Reader {
  /** A part of one expression; its named groups belong to this reader. */
  source: string;
  read: (said: string, today: number) => Days | undefined;
}

const readers: Reader[] = [
  {
    source: `(?:大前|前|昨|今|明|大后|后)天|(?<![以之目往提])(?:前|昨|今|明)(?:儿个|儿(?![子女媳童])|个(?![月星礼周人]))|后儿个|(?:昨|今|明)(?=早|晚|夜)|(?<![半每熬连])夜(?:儿个|儿(?![子女媳童])|个(?![月星礼周人]))`,
    read: (said, today) => one(today + relative[/^(?:大[前后]|.)/u.exec(said)![0]]!),
  },
  {
    source: `(?<!每个?|逢)(?:这|本|上上|上|下下|下)?个?(?:周|星期|礼拜)[一二三四五六日天](?!天|个|月|年)`,
    read: (said, today) => {
      const [, which = '', name = ''] = /^(这|本|上上|上|下下|下)?.*(.)$/u.exec(said)!;
      const weekday = name === '天' ? 6 : weekdays.indexOf(name);
      const monday = today - weekdayOf(today);
      const weeks = { 上上: -2, 上: -1, 下: 1, 下下: 2 }[which] ?? 0;
      // Without 这 or 下, a weekday that has gone by may be the last or the next one.
      if (!which && weekday < weekdayOf(today)) return undefined;
      return one(monday + weeks * 7 + weekday);
    },
  },
  {
    source: `(?:这|上|下)?个?周末|(?:这|本|上|下)(?:个?(?:周|星期|礼拜))(?![一二三四五六日天末])`,
    read: (said, today) => {
      const monday =
        today - weekdayOf(today) + (/^上/u.test(said) ? -7 : /^下/u.test(said) ? 7 : 0);
      return said.endsWith('末')
        ? { from: monday + 5, until: monday + 7 }
        : { from: monday, until: monday + 7 };
    },
  },
  {
    source: `(?:这|本|上|下)个?月(?:\\d{1,2}[号日])?`,
    read: (said, today) => {
      const { year, month } = partsOf(today);
      const meant = month + (/^上/u.test(said) ? -1 : /^下/u.test(said) ? 1 : 0);
      const day = /(\d+)/.exec(said)?.[1];
      if (day) return one(dayAt(year, meant, Number(day)));
      return { from: dayAt(year, meant, 1)!, until: dayAt(year, meant + 1, 1)! };
    },
  },
  {
    source: `(?:农历|阴历|旧历|古历|老历)?(?:闰?(?:[正冬腊]|十?[一二三四五六七八九十])月)(?:初[一二三四五六七八九十]|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十)(?!多|几|天|岁|个|块|号|日)|(?:农历|阴历|旧历|古历|老历)(?:初[一二三四五六七八九十]|二?十[一二三四五六七八九]?|三十)|(?<![上读念升])初[一二三四五六七八九十](?![中级学班升年])`,
    read: (said, today) => {
      const bare = said.replace(/^(?:农历|阴历|旧历|古历|老历)/u, '');
      // A leap month is not told apart by the calendar here: better none than the wrong one.
      if (bare.startsWith('闰')) return undefined;
      const [, name, dayName = ''] = /^(?:(.{1,2})月)?(.+)$/u.exec(bare)!;
      const day = numberOf(dayName.replace('初', '').replace('廿', '二十'));
      const month = name ? (months[name] ?? numberOf(name)) : undefined;
      return day ? one(nearestLunar(today, { day, ...(month ? { month } : {}) })) : undefined;
    },
  },
  {
    source: `大年初一|春节|元宵节|端午|中秋|重阳|腊八|小年(?![轻龄纪])|大年三十|年三十|除夕`,
    read: (said, today) => {
      const feast = feasts[said];
      const newYear = feast ? undefined : nearestLunar(today + 1, { month: 1, day: 1 });
      return feast
        ? one(nearestLunar(today, { month: feast[0], day: feast[1] }))
        : one(newYear && newYear - 1);
    },
  },
  {
    source: `(?:\\d{4}年)?(?:\\d{1,2}|十?[一二三四五六七八九十])月(?:\\d{1,2}[号日]?|[二三]?十?[一二三四五六七八九十][号日])`,
    read: (said, today) => {
      const [, y, ...named] = /^(?:(\d{4})年)?(.{1,2})月(.+?)[号日]?$/u.exec(said)!;
      const [m = 0, d = 0] = named.map((n) => numberOf(n ?? '') ?? 0);
      if (y) return one(dayAt(Number(y), m, d));
      const { year } = partsOf(today);
      return one(
        nearest(
          today,
          [year - 1, year, year + 1].map((candidate) => dayAt(candidate, m, d)),
        ),
      );
    },
  },
  {
    source: `(?:前|去|今|明)年|\\d{4}年|(?<![\\d.])(?:1[0-2]|[1-9])月(?![\\d份])`,
    read: (said, today) => {
      const { year } = partsOf(today);
      if (said.endsWith('月')) {
        const month = Number.parseInt(said, 10);
        const from = nearest(
          today,
          [year - 1, year, year + 1].map((candidate) => dayAt(candidate, month, 1)),
        )!;
        const start = partsOf(from);
        return { from, until: dayAt(start.year, start.month + 1, 1)! };
      }
      const meant = { 前: -2, 去: -1, 今: 0, 明: 1 }[said.charAt(0)];
      const y = meant === undefined ? Number.parseInt(said, 10) : year + meant;
      return { from: dayAt(y, 1, 1)!, until: dayAt(y + 1, 1, 1)! };
    },
  },
  {
    // 3号 alone is a door sooner than a day.
    source: `\\d{1,2}[号日](?=早|上午|中午|下午|晚|凌晨|那天)`,
    read: (said, today) => {
      const { year, month } = partsOf(today);
      const near = [month - 1, month, month + 1].map((m) =>
        dayAt(year, m, Number.parseInt(said, 10)),
      );
      return one(nearest(today, near));
    },
  },
  {
    source: `${count}(?:天|日)(?:以后|之后|后(?!晌)|以前|之前|前(?!晌))|${count}个?(?:星期|礼拜|周)(?:以后|之后|后|以前|之前|前)`,
    read: (said, today) => {
      const n = numberOf(/^[\d一二两三四五六七八九十]+/u.exec(said)![0]);
      const days = /天|日/u.test(said) ? 1 : 7;
      return n === undefined ? undefined : one(today + (said.includes('前') ? -n : n) * days);
    },
  },
];

/** Every way of naming a day, as one alternative of an expression. */
export const daySource = readers.map((r) => r.source).join('|');
const whole = readers.map(({ source, read }) => ({
  pattern: new RegExp(`^(?:${source})`, 'u'),
  read,
}));

/**
 * The days an expression names, counted from `today`.
 * @param context the text from the expression on: what follows may be looked at
 */
export const daysNamed = (said: string, context: string, today: number): Days | undefined => {
  for (const { pattern, read } of whole) {
    if (pattern.exec(context)?.[0] === said) return read(said, today);
  }
  return undefined;
};
