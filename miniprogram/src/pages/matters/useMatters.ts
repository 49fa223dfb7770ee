import { useEffect, useRef, useState } from 'react';
import type { BookingCard, CaseCard, CaseRow } from '@alley-chief/shared/contract';
import { api } from '../../api';
import { useLoad } from '../../shell/useLoad';
import { useFrames } from '../../stores';

export type MattersTab = 'open' | 'rating' | 'closed';

const pageSize = 20;
/** A burst of frames costs one reading, ms. */
const burst = 600;

/** The household's cases of one tab and its bookings, kept up to date by frames. */
export function useMatters(personId: string | undefined, tab: MattersTab) {
  const key = personId ? `${personId}:${tab}` : '';
  const read = (cursor?: string) =>
    api('GET /cases', {
      query: { box: 'mine', state: tab, limit: pageSize, ...(cursor && { cursor }) },
    });
  const first = useLoad(key, () => read());
  const booked = useLoad(personId ? `bookings:${personId}` : '', () =>
    api('GET /bookings', { query: { limit: 50 } }),
  );
  const [extra, setExtra] = useState<{
    key: string;
    rows: CaseRow[];
    cursor?: string | undefined;
  }>();
  const [cards, setCards] = useState<Record<string, CaseCard>>({});
  const [busy, setBusy] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);

  const reload = () => {
    setExtra(undefined);
    first.reload();
    booked.reload();
  };
  const later = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(reload, burst);
  };
  useFrames((frame) => {
    const news = frame.t === 'card' ? [frame.card] : frame.t === 'message' ? frame.cards : [];
    const cases = news.filter((card): card is CaseCard => card.type === 'case');
    if (cases.length) {
      setCards((known) => ({ ...known, ...Object.fromEntries(cases.map((c) => [c.id, c])) }));
    }
    if (news.some((card) => card.type === 'case' || card.type === 'booking')) later();
  }, later);

  const more = extra?.key === key ? extra : undefined;
  const cursor = more ? more.cursor : first.data?.nextCursor;
  const rows = [...(first.data?.items ?? []), ...(more?.rows ?? [])];
  return {
    loading: first.loading,
    error: first.error,
    counts: first.data?.counts,
    /** Each in its newest state. */
    cases: rows.map((row) => {
      const news = cards[row.card.id];
      return news && news.rev > row.card.rev ? { ...row, card: news } : row;
    }),
    bookings: booked.data?.items ?? ([] as BookingCard[]),
    hasMore: !!cursor,
    reload,
    more: () => {
      if (!cursor || busy) return;
      setBusy(true);
      read(cursor)
        .then((page) =>
          setExtra({ key, rows: [...(more?.rows ?? []), ...page.items], cursor: page.nextCursor }),
        )
        .catch(() => undefined)
        .finally(() => setBusy(false));
    },
  };
}
