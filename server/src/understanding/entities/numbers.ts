const digits: Record<string, number> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const units: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 };

/** Characters numbers are written with; for expressions. */
export const numeral = '(?:\\d+(?:\\.\\d+)?|[〇零一二两三四五六七八九十百千万半]+)';

/**
 * What a number says: 12, 十二, 两百三, 三万五, 1.2万, 半 (a half). The last digit after 百, 千 and 万
 * counts the next lower unit, as it is said.
 * @returns undefined for what is no number, and for 几, which nobody knows
 */
export const numberOf = (said: string): number | undefined => {
  const mixed = /^(\d+(?:\.\d+)?)([十百千万]?)$/u.exec(said.replace(/,/g, ''));
  if (mixed) return tidyFloat(Number(mixed[1]) * (units[mixed[2] ?? ''] ?? 1));
  if (said === '半') return 0.5;
  if (!said || !/^[〇零一二两三四五六七八九十百千万]+$/u.test(said)) return undefined;
  let whole = 0;
  let section = 0;
  let open: number | undefined;
  let last = 0;
  let zero = false;
  for (const c of said) {
    const unit = units[c];
    const digit = digits[c];
    if (unit === 10_000) {
      whole += (section + (open ?? 0)) * unit;
      [section, open, last, zero] = [0, undefined, unit, false];
    } else if (unit) {
      if (open === undefined && (unit !== 10 || (last > 0 && last < 100))) return undefined;
      section += (open ?? 1) * unit;
      [open, last, zero] = [undefined, unit, false];
    } else if (digit === 0) {
      zero = true;
    } else {
      if (open !== undefined) return undefined;
      open = digit;
    }
  }
  // 三万五 is 35000 and 一百二 is 120, but 一百零二 is 102 and 二十五 is 25.
  const short = open !== undefined && !zero && last >= 100 ? last / 10 : 1;
  return whole + section + (open ?? 0) * short;
};

const tidyFloat = (n: number): number => Math.round(n * 1000) / 1000;
