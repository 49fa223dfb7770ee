import type { Spoken } from '../categories/classifier';

/** What fits on a card beside the icon. */
export const titleLimit = 14;

const filler =
  /^(?:(?:你好|您好|在吗|请问|麻烦问(?:一下)?|问一?下|想问(?:一?下|问)?|我想|俺想|想|反映(?:一?下|个事|一个事)?|说个事|有个事|那个|这个|就是|就|哎|唉|喂|小同|王婶|顺便|另外|还有|对了|再一个|再就是|也|又|都|能不能|可不可以|麻烦|领导|同志|我跟你说|跟你说|听说|咱们?(?!家)|我们(?!家)|俺们(?!家))[,，、 :：]*)+/u;
const ownPlace =
  /^(?:(?:我|俺|咱)(?:们)?(?:家|院|屋)|家)?(?:门口|门前|屋后|后头|院里|院子里?|家里|屋里|(?<=家)里|(?<=家)这儿?|(?<=家)那儿?|(?<=家)这边|(?<=家)那边)?(?:的|这(?=[^个])|那(?=[^个]))?/u;
const howLong =
  /(?:都|已经|有)?(?:\d+|[一二两三四五六七八九十半好几]+)(?:个|多)?(?:多)?(?:天|夜|晚上?|晚|月|年|星期|周|小时|钟头|礼拜)(?:多|了|啦|没.{0,3})*(?:了)?$/u;
const endings = /[啊呀呢吧哩嘞哈哦嗯啦嘛耶 .。!！~～]+$/u;

const clauses = /[^,，。！!？?；;\n]+/gu;

/** Cut so that it can be read: never in the middle of a surrogate pair, at most `titleLimit`. */
const fit = (text: string): string => {
  const chars = [...text];
  return chars.length <= titleLimit ? text : `${chars.slice(0, titleLimit - 1).join('')}…`;
};

/**
 * A short title in the villager's own words: the clause that says most, without greetings, the own
 * door and how long it has been. Falls back to `otherwise`.
 * @param spoken where the deciding words stand in `text`
 * @param places places named in it: the card shows them on a plate of their own
 */
export const titleOf = (
  text: string,
  spoken: readonly Spoken[],
  otherwise: string,
  places: readonly string[] = [],
): string => {
  const parts = [...text.matchAll(clauses)].map((m) => {
    const start = m.index;
    const end = start + m[0].length;
    const inside = spoken.filter((s) => s.start >= start && s.end <= end);
    return { start, text: m[0], inside, said: inside.reduce((n, s) => n + s.end - s.start, 0) };
  });
  const best = parts.reduce<(typeof parts)[number] | undefined>(
    (a, b) => (!a || b.said > a.said || (a.said === 0 && a.text.length < 4) ? b : a),
    undefined,
  );
  if (!best) return otherwise;
  const whole = trim(best.text, places);
  if ([...whole].length <= titleLimit && whole.length >= 3) return whole;
  const from = Math.min(...best.inside.map((s) => s.start));
  const to = Math.max(...best.inside.map((s) => s.end));
  if (Number.isFinite(from) && to - from >= 3) {
    const span = text.slice(from, text.charAt(to) === '了' ? to + 1 : to);
    return fit(trim(span, []) || span);
  }
  return whole.length >= 2 ? fit(whole) : otherwise;
};

const trim = (text: string, places: readonly string[]): string => {
  let t = text.trim().replace(filler, '');
  for (const place of places) {
    if (t.startsWith(place)) t = t.slice(place.length).replace(/^[的那这,， ]+/u, '');
  }
  const bare = t.replace(ownPlace, '').trim();
  t = bare.length >= 3 ? bare : t.length >= 3 ? t : text.trim();
  t = t.replace(endings, '');
  const now = t.replace(howLong, '').replace(/[都已经有]+$/u, '');
  return (now.length >= 3 ? now : t).trim();
};
