import type { HelpCard } from '@alley-chief/shared/contract';

/** Kinds of help in a volunteer's words. */
const kindWords: Record<string, string> = {
  phone: '手机上的事',
  doctor: '陪看病',
  errand: '跑腿',
  lift: '搭把力气',
  repair: '修修补补',
  company: '陪说话',
  other: '别的',
};

export interface Choice {
  key: string;
  label: string;
}

/** Within this many metres is near: a few minutes on foot. */
const near = 500;

/** Only choices that would show something else than everything. */
export function choicesFor(cards: readonly HelpCard[]): Choice[] {
  const today = cards.filter(isToday).length;
  const close = cards.filter(isNear).length;
  const kinds = [...new Set(cards.map((card) => card.kind))];
  const some = (n: number) => n > 0 && n < cards.length;
  return [
    ...(some(today) ? [{ key: 'today', label: '今天能去' }] : []),
    ...(some(close) ? [{ key: 'near', label: '离我近' }] : []),
    ...(kinds.length > 1
      ? kinds.map((kind) => ({ key: kind, label: kindWords[kind] ?? kindWords.other ?? kind }))
      : []),
  ];
}

/** The cards a choice leaves, nearest first for 离我近. */
export function chosen(cards: readonly HelpCard[], key: string | undefined): HelpCard[] {
  if (!key) return [...cards];
  if (key === 'today') return cards.filter(isToday);
  if (key === 'near') {
    return cards.filter(isNear).sort((a, b) => (a.distanceMetres ?? 0) - (b.distanceMetres ?? 0));
  }
  return cards.filter((card) => card.kind === key);
}

/** `when` is what the elder said (今天下午, 今晚 7 点): a word, not a date. */
const isToday = (card: HelpCard): boolean => /^今/.test(card.when);
const isNear = (card: HelpCard): boolean =>
  card.distanceMetres !== undefined && card.distanceMetres <= near;
