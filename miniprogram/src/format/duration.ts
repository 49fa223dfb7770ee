import { epoch } from './clock';
import type { Instant } from './clock';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A length of time in words, two units at most and never false precision:
 * 不到 1 分钟, 18 分钟, 1 小时 8 分, 38 小时, 3 天.
 */
export function durationWords(length: number): string {
  const span = Math.abs(length);
  if (span < minute) return '不到 1 分钟';
  if (span < hour) return `${Math.floor(span / minute)} 分钟`;
  // Hours up to two days: "1 天" would hide most of the second one.
  if (span < 2 * day) {
    const hours = Math.floor(span / hour);
    const rest = Math.floor((span % hour) / minute);
    // Minutes only matter while few hours are left.
    return rest > 0 && hours < 3 ? `${hours} 小时 ${rest} 分` : `${hours} 小时`;
  }
  return `${Math.floor(span / day)} 天`;
}

/** 还有 23 小时, or 超时 2 小时 once it is late. */
export function timeLeft(due: Instant, now: number): string {
  const left = epoch(due) - now;
  // A space stands between a word and a figure only: 还有 23 小时, 还有不到 1 分钟.
  return `${left >= 0 ? '还有' : '超时'} ${durationWords(left)}`.replace(' 不到', '不到');
}

/** How long a household has waited: 刚来, 等 12 分, 等 1 小时, 等 2 天. */
export function waited(since: Instant, now: number): string {
  const span = now - epoch(since);
  if (span < minute) return '刚来';
  if (span < hour) return `等 ${Math.floor(span / minute)} 分`;
  return span < day ? `等 ${Math.floor(span / hour)} 小时` : `等 ${Math.floor(span / day)} 天`;
}

/** 300 米, 1.1 公里. */
export const distanceWords = (metres: number): string =>
  metres < 1000
    ? `${Math.max(10, Math.round(metres / 10) * 10)} 米`
    : `${(metres / 1000).toFixed(1).replace(/\.0$/, '')} 公里`;

/** 300 米，走 4 分钟: at an unhurried 75 metres a minute; beyond two kilometres nobody walks. */
export const walkWords = (metres: number): string =>
  metres > 2000
    ? distanceWords(metres)
    : `${distanceWords(metres)}，走 ${Math.max(1, Math.round(metres / 75))} 分钟`;

/** Length of a voice clip: 8″, 1′05″. */
export function clipLength(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  const rest = whole % 60;
  return whole < 60 ? `${whole}″` : `${Math.floor(whole / 60)}′${String(rest).padStart(2, '0')}″`;
}
