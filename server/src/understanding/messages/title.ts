import type { Spoken } from '../categories/classifier';
import { takes } from '../intents/turns';
import { withoutFaces } from '../language/normalise';

/** What fits on a card beside the icon. */
export const titleLimit = 14;

const filler =
  /^(?:(?:你好|您好|在吗|请问|麻烦问(?:一下)?|问一?下|想问(?:一?下|问)?|我想|俺想|想|反映(?:一?下|个事|一个事)?|说个事|有个事|那个|这个|就是|就|哎|唉|喂|小同|王婶|顺便|另外|还有|对了|再一个|再就是|也|又|都|能不能|可不可以|麻烦|领导|同志|我跟你说|跟你说|听说|不知道(?:是)?谁家的|不知谁家的|咱们?(?!家)|我们(?!家)|俺们(?!家))[,，、 :：]*)+/u;
const ownPlace =
  /^(?:(?:我|俺|咱)(?:们)?(?:家|院|屋)|家)?(?:门口|门前|屋后|后头|院里|院子里?|家里|屋里|(?<=家)里|(?<=家)这儿?|(?<=家)那儿?|(?<=家)这边|(?<=家)那边)?(?:的|这(?=[^个])|那(?=[^个]))?/u;
const lasting =
  '(?:都|已经|有|快|前后)*(?:\\d+|[一二两三四五六七八九十半好几俩]+)(?:个|多)?(?:多)?(?:半)?(?:天|夜|晚上?|晚|月|年|星期|周|小时|钟头|礼拜)(?:多|了|啦|时间)*';
const howLong = new RegExp(`${lasting}(?:没(?:人|见|个).{0,2})?(?:了)?$`, 'u');
const howLongInside = new RegExp(`${lasting}(?=[没不还也])`, 'u');
const endings = /[啊呀呢吧哩嘞哈哦嗯啦嘛耶 .。!！~～]+$/u;
/** What may go when a clause is too long, one after the other until it fits. */
const spare: readonly RegExp[] = [
  howLongInside,
  /(?:一直|老是|天天|整天|成天|总是|经常|已经|实在|确实|现在|到现在|好长时间了?|又|还是)/u,
  /(?:得很|得厉害|得不行|得不得了|得要命|得慌)(?=了?$)/u,
  /^(?:俺|我|咱)(?:们)?(?:家|村|这|那)?(?:里)?(?:的)?/u,
  /(?<=[在往把占堵到])(?:俺|我|咱)(?:们)?家/u,
  /^.{2,8}?(?=把|往)/u,
];
/** What comes of it, or how it feels: true, but not the matter. */
const consequence =
  /睡不着|不敢|受不了|烦死|吓人|危险|太多了$|咋弄|怎弄|咋办|怎办|招苍蝇|呛得|难受|出行不便|不方便$|说也不听|啥也看不见/u;
const phone = /\d[\d -]{6,}\d/gu;

const clauses = /[^,，。！!？?；;\n]+/gu;

interface Clause {
  text: string;
  start: number;
  inside: readonly Spoken[];
  /** Characters of the words that decided, and whether it says what is wrong. */
  score: number;
}

const length = (text: string): number => [...text].length;

/** Cut so that it can be read: never in the middle of a surrogate pair, at most `titleLimit`. */
const fit = (text: string): string => {
  const chars = [...text];
  if (chars.length <= titleLimit) return text;
  const kept = chars.slice(0, titleLimit - 1).join('');
  return `${kept.replace(/[的了把被和跟在给让向往又也都就还]+$/u, '')}…`;
};

/**
 * A short title in the villager's own words: the clause that says what is broken, without greetings,
 * the own door, faces, numbers and how long it has been; a second clause when both are short. A
 * clause too long loses what it can spare before it is cut. Falls back to `otherwise`.
 * @param spoken where the deciding words stand in `text`
 * @param places places named in it: the card shows them on a plate of their own
 */
export const titleOf = (
  text: string,
  spoken: readonly Spoken[],
  otherwise: string,
  places: readonly string[] = [],
): string => {
  const parts = [...text.matchAll(clauses)].map((m): Clause => {
    const start = m.index;
    const end = start + m[0].length;
    const inside = spoken.filter((s) => s.start >= start && s.end <= end);
    const said = inside.reduce((n, s) => n + s.end - s.start, 0);
    const aside = consequence.test(m[0]) ? -8 : 0;
    return { start, text: m[0], inside, score: said + (saysWrong(m[0]) ? 3 : 0) + aside };
  });
  const best = parts.reduce<Clause | undefined>(
    (a, b) => (!a || b.score > a.score || (a.score <= 0 && a.text.length < 4) ? b : a),
    undefined,
  );
  if (!best) return otherwise;
  const whole = shorten(trim(best.text, places));
  if (length(whole) <= titleLimit && whole.length >= 3) {
    const at = parts.indexOf(best);
    return pair(whole, parts[at + 1], parts[at - 1], places) ?? whole;
  }
  const from = Math.min(...best.inside.map((s) => s.start));
  const to = Math.max(...best.inside.map((s) => s.end));
  if (Number.isFinite(from) && to - from >= 3) {
    const span = text.slice(from, text.charAt(to) === '了' ? to + 1 : to);
    const short = shorten(trim(span, [])) || span;
    if (length(short) <= titleLimit) return short;
  }
  const other = parts
    .filter((p) => p !== best && p.score > 0)
    .map((p) => shorten(trim(p.text, places)))
    .find((t) => t.length >= 4 && length(t) <= titleLimit);
  return other ?? (whole.length >= 2 ? fit(whole) : otherwise);
};

const saysWrong = (text: string): boolean =>
  takes('broken', text) || /没人|不应|不见|不让/u.test(text);

/** 老板跑了，工钱一分没给: two short clauses that both say what is wrong are one title. */
const pair = (
  whole: string,
  after: Clause | undefined,
  before: Clause | undefined,
  places: readonly string[],
): string | undefined => {
  if (length(whole) > 7) return undefined;
  const words = (c: Clause | undefined): string =>
    c && c.score >= 3 && !consequence.test(c.text) ? shorten(trim(c.text, places)) : '';
  const [next, last] = [words(after), words(before)];
  return [next && `${whole}，${next}`, last && `${last}，${whole}`].find(
    (both) => both && length(both) <= titleLimit,
  );
};

const shorten = (text: string): string => {
  let t = text;
  for (const pattern of spare) {
    if (length(t) <= titleLimit) return t;
    const less = t.replace(pattern, '').trim();
    if (less.length >= 4) t = less;
  }
  return t;
};

const trim = (text: string, places: readonly string[]): string => {
  let t = withoutFaces(text).replace(phone, '').trim().replace(filler, '');
  for (const place of places) {
    // 路上有个大坑: what there is needs its where.
    if (t.startsWith(place) && !/^(?:有|没有|都?是|成)/u.test(t.slice(place.length))) {
      t = t
        .slice(place.length)
        .replace(/^[的,， ]*(?:[那这][个条盏家户棵根辆排片座堆段块处口]?)?/u, '');
    }
  }
  const bare = t.replace(ownPlace, '').trim();
  t = bare.length >= 3 ? bare : t.length >= 3 ? t : text.trim();
  t = t.replace(endings, '');
  const lasted = t.replace(howLong, '');
  const now = lasted === t ? t : lasted.replace(/[都已经有]+$/u, '');
  // 两天没出门 is the matter, 坏了三天没人修 is how long.
  return (now.length >= 3 && (saysWrong(now) || !saysWrong(t)) ? now : t).trim();
};
