import { numberOf } from '../numbers';

/** Hours of a day, from and until; until may lie in the next day. */
export interface Hours {
  from: number;
  until: number;
}

/** Parts of the day as they are said here. */
const parts: [pattern: RegExp, hours: Hours][] = [
  [/^凌晨/u, { from: 0, until: 6 }],
  [/^(?:大?清早起?|早上|早起|早晨|一早|早)/u, { from: 5, until: 10 }],
  [/^(?:上午|前晌)/u, { from: 8, until: 12 }],
  [/^(?:中午|晌午)/u, { from: 11, until: 14 }],
  [/^(?:下午|后晌)/u, { from: 13, until: 18 }],
  [/^(?:傍晚|傍黑|擦黑|天黑)/u, { from: 17, until: 20 }],
  [/^(?:晚上|晚间|夜晚|黑家|黑了|晚)/u, { from: 18, until: 24 }],
  [/^(?:半夜(?:三更)?|深更半夜|后半夜)/u, { from: 23, until: 28 }],
  [/^(?:夜里|夜间|夜)/u, { from: 20, until: 30 }],
];
export const partSource =
  '凌晨|大?清早起?|早上|早起|早晨|一早|上午|前晌|中午|晌午|下午|后晌|傍晚|傍黑|擦黑|天黑|晚上|晚间|夜晚|黑家|黑了|半夜(?:三更)?|深更半夜|后半夜|夜里|夜间|(?<=[昨今明])(?:早|晚|夜)';
export const partOf = (said: string): Hours | undefined =>
  parts.find(([pattern]) => pattern.test(said))?.[1];

export const clockSource =
  '\\d{1,2}:[0-5]\\d(?!:)|(?:\\d{1,2}|十[一二]?|[一二两三四五六七八九])点(?:钟|半|一刻|三刻|[一二三四五]?十[一二三四五六七八九]?分?|零?[一二三四五六七八九]分|[0-5]?\\d分?)?';

interface Clock {
  hour: number;
  minutes: number;
  /** Written as machines write it: 15:30. */
  digital: boolean;
}

const clockOf = (said: string): Clock | undefined => {
  const digital = /^(\d{1,2}):(\d{2})$/.exec(said);
  if (digital) return { hour: Number(digital[1]), minutes: Number(digital[2]), digital: true };
  const [, hourName = '', rest = ''] = /^(.+?)点(.*)$/u.exec(said) ?? [];
  const hour = numberOf(hourName);
  if (hour === undefined) return undefined;
  const quarter = { 半: 30, 一刻: 15, 三刻: 45, 钟: 0, '': 0 }[rest];
  const minutes = quarter ?? numberOf(rest.replace(/^零|分$/gu, '')) ?? 0;
  return { hour, minutes, digital: false };
};

/**
 * The hour of a day a clock time means; undefined when it could be morning or evening and nothing
 * said which.
 * @param part the part of the day said before it
 */
export const hourOf = (said: string, part: Hours | undefined): number | undefined => {
  const clock = clockOf(said);
  if (!clock || clock.hour > 24 || clock.minutes > 59) return undefined;
  const at = clock.hour + clock.minutes / 60;
  if (!part) return clock.hour > 12 || (clock.digital && clock.hour >= 7) ? at : undefined;
  if (clock.hour > 12) return at;
  // The reading that falls into the part: 晚上十二点 is midnight, 中午一点 is after noon.
  const near = (hours: number) =>
    hours >= part.from - 1 && hours < part.until + 1 ? hours : undefined;
  return near(at) ?? near(at + 12) ?? near(at + 24);
};
