import type { CaseCard, CaseRow } from '@alley-chief/shared/contract';
import { durationWords, epoch } from '../../format';

export type BandKey = CaseRow['band'];

/** Bands of a queue in the order of the clock. */
export const bandLabels: Record<BandKey, string> = {
  overdue: '已超时',
  today: '今天到点',
  tomorrow: '明天',
  later: '以后',
  closed: '办完',
};

export interface Band {
  key: BandKey;
  label: string;
  rows: CaseRow[];
}

/** Rows in their bands. The server's order is kept inside each band; bands without rows are left out. */
export function bandsOf(rows: readonly CaseRow[]): Band[] {
  const keys = Object.keys(bandLabels) as BandKey[];
  return keys
    .map((key) => ({ key, label: bandLabels[key], rows: rows.filter((row) => row.band === key) }))
    .filter((band) => band.rows.length > 0);
}

/**
 * A card that changed, put into the rows that show it. The highest `rev` wins; order and band stay until the
 * list is read again, so that nothing jumps away under a finger. Returns the same array when nothing changed.
 */
export function foldCard(rows: readonly CaseRow[], card: CaseCard): readonly CaseRow[] {
  const stale = (row: CaseRow) => row.card.id === card.id && row.card.rev < card.rev;
  return rows.some(stale) ? rows.map((row) => (stale(row) ? { ...row, card } : row)) : rows;
}

export interface Countdown {
  text: string;
  tone: 'late' | 'soon' | 'plain';
}

/** Under this long to go the words turn wheat. */
const soon = 90 * 60_000;

/** The first column of a queue: 超 23 小时, 18 分钟, or the state where no clock runs. */
export function countdown(card: CaseCard, now: number): Countdown {
  if (!card.dueAt || card.state === 'resolved' || card.rating) {
    return { text: card.status.text, tone: 'plain' };
  }
  const left = epoch(card.dueAt) - now;
  if (left < 0) return { text: `超 ${durationWords(left)}`, tone: 'late' };
  return { text: durationWords(left), tone: left < soon ? 'soon' : 'plain' };
}

/** The stage a matter is in: 处置. */
export function stageWord(card: CaseCard): string {
  const current = card.bricks.find((brick) => brick.state === 'now' || brick.state === 'late');
  const last = [...card.bricks].reverse().find((brick) => brick.state === 'done');
  return (current ?? last ?? card.bricks[0])?.label ?? '';
}

/** 11,269 */
export const thousands = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/**
 * Share of the first in the second with one digit, e.g. 98.3; undefined when there is nothing to divide.
 * 100.0 only when it is all of them.
 */
export function percent(part: number, whole: number): string | undefined {
  if (whole <= 0) return undefined;
  if (part <= 0) return '0';
  const rounded = Math.round((part / whole) * 1000) / 10;
  return (part < whole ? Math.min(rounded, 99.9) : rounded).toFixed(1);
}

/** What a row says besides its place, piece by piece: 照片 1 张, 催过. The place is drawn as the plate. */
export const asides = ({ card, sub }: CaseRow): string[] =>
  sub.split(' · ').filter((piece) => piece && piece !== card.plate.text);
