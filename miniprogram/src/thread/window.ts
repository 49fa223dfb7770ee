/**
 * Which rows of a long thread are mounted. A phone draws some sixty rows without effort; a thread of years has
 * thousands. Named by row keys, not numbers: rows come and go at both ends.
 */
export interface RowWindow {
  /** First mounted row; undefined: as many before the last as fit. */
  readonly first?: string;
  /** Last mounted row; undefined: the newest, whichever that is. */
  readonly last?: string;
}

export const mostRows = 60;
const step = 24;

/** At the newest row, following it. */
export const atEnd: RowWindow = {};

interface Keyed {
  readonly key: string;
  readonly kind?: string;
}

/**
 * The first row from `index` on that stays when older ones come in: the time above the very first row goes away
 * once the message before it is known.
 */
export const lasting = <T extends Keyed>(rows: readonly T[], index: number): T | undefined =>
  rows.slice(index).find((row) => row.kind !== 'stamp');

/** The mounted stretch: from (inclusive), to (exclusive). */
export function stretchOf(rows: readonly Keyed[], window: RowWindow): [from: number, to: number] {
  const found = window.last === undefined ? -1 : indexOf(rows, window.last);
  const to = found < 0 ? rows.length : found + 1;
  const first = window.first === undefined ? -1 : indexOf(rows, window.first);
  const from = first < 0 || first >= to ? Math.max(0, to - mostRows) : first;
  // A row is never without the time that stands above it.
  return [rows[from - 1]?.kind === 'stamp' ? from - 1 : from, to];
}

/** Further up: older rows in, and at most sixty kept. The same window when there is nothing above. */
export function older(rows: readonly Keyed[], window: RowWindow): RowWindow {
  const [from, to] = stretchOf(rows, window);
  if (from === 0) return window;
  return named(rows, Math.max(0, from - step), to, 'older');
}

/** Further down. Follows the newest again once it is reached. */
export function newer(rows: readonly Keyed[], window: RowWindow): RowWindow {
  const [from, to] = stretchOf(rows, window);
  if (to === rows.length) return window.last === undefined ? window : { ...firstOf(window) };
  return named(rows, from, Math.min(rows.length, to + step), 'newer');
}

/** A stretch with a certain row at its top. */
export function startingAt(rows: readonly Keyed[], key: string): RowWindow {
  const at = indexOf(rows, key);
  if (at < 0) return atEnd;
  return named(rows, Math.max(0, at - 2), Math.min(rows.length, at - 2 + mostRows), 'older');
}

function named(
  rows: readonly Keyed[],
  from: number,
  to: number,
  towards: 'older' | 'newer',
): RowWindow {
  const start = towards === 'newer' ? Math.max(from, to - mostRows) : from;
  const end = towards === 'older' ? Math.min(to, start + mostRows) : to;
  const first = lasting(rows, start)?.key;
  const last = end < rows.length ? rows[end - 1]?.key : undefined;
  return { ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
}

const firstOf = (window: RowWindow): RowWindow =>
  window.first === undefined ? {} : { first: window.first };

const indexOf = (rows: readonly Keyed[], key: string): number =>
  rows.findIndex((row) => row.key === key);
