/** Personal data as it may be shown to people who do not need it in full (GB/T 35273 practice). */

/** 13812341234 -> 138****1234 */
export const maskPhone = (phone: string): string =>
  phone.length < 7 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;

/** 张桂香 -> 张** */
export const maskName = (name: string): string =>
  name.slice(0, 1) + '*'.repeat(Math.max(1, name.length - 1));

/** As digits are written, typed full-width or read out; x ends one ID number in eleven. */
const digit = '[0-9０-９零〇一二三四五六七八九幺]';
/** People part long numbers with blanks and strokes, never with two. */
const gap = '[ \\-\\u00a0\\u3000]';
const digitsWithGaps = new RegExp(`${digit}(?:${gap}?${digit}){14,}(?:${gap}?[XxＸｘ])?`, 'gu');
const group = new RegExp(`(?:${digit}|[XxＸｘ])+`, 'gu');
/** A mobile number beside another number is no part of it. */
const mobile = /^[1１一幺][3-9３-９三四五六七八九]/u;
/** Provinces as ID numbers begin with them, and what cards begin with: 2026 begins neither. */
const opening =
  /^(?:[1１一幺][1-5１-５一幺二三四五]|[2２二][1-3１-３一幺二三]|[3-6３-６三四五六]|[78７８七八][1-3１-３一幺二三])/u;

const isLong = (digits: number): boolean => digits >= 15 && digits <= 19;

/**
 * Masks the numbers of ID papers and bank cards in free text, however they are written: 15 to 19
 * digits, also full-width, in Chinese or with blanks between. The first six (the district, the bank)
 * and the last four stay; the text keeps its length. Phones stay, because a villager leaves them to
 * be called.
 */
export const maskPapersIn = (text: string): string =>
  text.replace(digitsWithGaps, (run) => {
    const groups = [...run.matchAll(group)].map((m) => ({ at: m.index, text: m[0] }));
    const hidden = new Set<number>();
    let open: typeof groups = [];
    const close = (): void => {
      const places = open.flatMap((g) => [...g.text].map((_, i) => g.at + i));
      const whole = open.map((g) => g.text).join('');
      if (isLong(places.length) && (open.length === 1 || opening.test(whole))) {
        for (const at of places.slice(6, -4)) hidden.add(at);
      }
      open = [];
    };
    for (const g of groups) {
      const alone = isLong(g.text.length) || (g.text.length === 11 && mobile.test(g.text));
      if (alone) close();
      open.push(g);
      if (alone) close();
    }
    close();
    return [...run].map((c, i) => (hidden.has(i) ? '*' : c)).join('');
  });
