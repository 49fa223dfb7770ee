/**
 * Days of China Standard Time, which has no summer time: a day is the number of days since 1970-01-01
 * there. Own arithmetic, because nothing in here may load a library with state.
 */
const offsetMs = 8 * 3_600_000;
export const dayMs = 86_400_000;
export const hourMs = 3_600_000;

export const dayOf = (at: Date): number => Math.floor((at.getTime() + offsetMs) / dayMs);

/** The instant `hours` after the midnight a day begins with. */
export const instant = (day: number, hours = 0): Date =>
  new Date(day * dayMs - offsetMs + hours * hourMs);

/** 0 is Monday, as weeks are counted here. */
export const weekdayOf = (day: number): number => (day + 3) % 7;

export interface YearMonthDay {
  year: number;
  /** 1..12 */
  month: number;
  day: number;
}

export const partsOf = (day: number): YearMonthDay => {
  const d = new Date(day * dayMs);
  return { year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, day: d.getUTCDate() };
};

/** Undefined for a day the month does not have. Months beyond 1..12 lead into other years. */
export const dayAt = (year: number, month: number, day: number): number | undefined => {
  const found = Math.floor(Date.UTC(year, month - 1, day) / dayMs);
  return partsOf(found).day === day ? found : undefined;
};

const lunarFormat = new Intl.DateTimeFormat('en-u-ca-chinese', {
  timeZone: 'UTC',
  month: 'numeric',
  day: 'numeric',
});

/** Month (1..12; a leap month counts as none) and day of the farmers' calendar. */
const lunarOf = (day: number): { month: number; day: number } => {
  const parts = lunarFormat.formatToParts(new Date(day * dayMs));
  const value = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  return { month: Number(value('month')), day: Number(value('day')) };
};

/**
 * The day nearest to `from` with this date of the farmers' calendar, the coming one of two equally
 * near. Without a month the nearest such day of any month.
 */
export const nearestLunar = (
  from: number,
  wanted: { month?: number; day: number },
): number | undefined => {
  const reach = wanted.month ? 200 : 30;
  for (let distance = 0; distance <= reach; distance++) {
    for (const day of distance ? [from + distance, from - distance] : [from]) {
      const lunar = lunarOf(day);
      if (lunar.day === wanted.day && (!wanted.month || lunar.month === wanted.month)) return day;
    }
  }
  return undefined;
};
