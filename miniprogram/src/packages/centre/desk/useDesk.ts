import { useCallback, useEffect, useRef, useState } from 'react';
import type { CaseDetail, Me, QueryIn, Reply } from '@alley-chief/shared/contract';
import { api, problemOf } from '../../../api';
import { useFrames } from '../../../stores';
import { foldCard } from '../../staff/queue';
import { useLater, useRested } from '../../staff/useLater';
import { usePages } from '../../staff/usePages';
import type { Pages } from '../../staff/usePages';
import type { Summary } from './Headline';

export type Filter = NonNullable<QueryIn<'GET /cases'>['filter']>;
type Counts = Reply<'GET /cases'>['counts'];

/** What the queue can be narrowed to, and which count belongs to it. */
export const filters: readonly { key: Filter; label: string; count: keyof Counts }[] = [
  { key: 'all', label: '全部', count: 'open' },
  { key: 'urgent', label: '急', count: 'urgent' },
  { key: 'unclaimed', label: '没人接', count: 'unclaimed' },
  { key: 'undecided', label: '等我定', count: 'undecided' },
  { key: 'overdue', label: '超时', count: 'overdue' },
];

export interface Desk {
  summary: Summary | undefined;
  /** The desk is not this person's. */
  denied: unknown;
  list: Pages<Reply<'GET /cases'>>;
  filter: Filter;
  setFilter: (filter: Filter) => void;
  query: string;
  setQuery: (query: string) => void;
  selected: string | undefined;
  select: (caseId: string | undefined) => void;
  detail: CaseDetail | undefined;
  /** Why the selected case cannot be shown. */
  detailError: unknown;
  /** Takes over the case as an action left it. */
  setDetail: (detail: CaseDetail) => void;
  reloadDetail: () => void;
}

/** Bands change by the clock alone: read again this often even when nothing happens. */
const clockEvery = 60_000;

/** Everything the duty desk shows, kept current by card frames. */
export function useDesk(me: Me | undefined): Desk {
  const [filter, setFilter] = useState<Filter>('all');
  const [query, setQuery] = useState('');
  const [summary, setSummary] = useState<Summary>();
  const [denied, setDenied] = useState<unknown>();
  const [selected, setSelected] = useState<string>();
  const [detail, setDetail] = useState<CaseDetail>();
  const [detailError, setDetailError] = useState<unknown>();
  const words = useRested(query.trim(), 350);
  const refused = useRef(false);
  const wanted = useRef(selected);
  wanted.current = selected;

  const list = usePages(
    me ? `desk:${me.id}:${filter}:${words}` : '',
    ({ cursor, limit }) =>
      api('GET /cases', {
        query: {
          box: 'ground',
          state: 'open',
          filter,
          limit,
          ...(words && { q: words }),
          ...(cursor && { cursor }),
        },
      }),
    60,
  );

  const readSummary = useCallback(async () => {
    if (!me || refused.current) return;
    try {
      setSummary(await api('GET /desk/summary', {}));
    } catch (error) {
      // Otherwise the figures stay as they were, and the list says what is wrong.
      if (problemOf(error).code !== 'forbidden') return;
      refused.current = true;
      setDenied(error);
    }
  }, [me?.id]);

  const readDetail = useCallback(async (id: string) => {
    try {
      const found = await api('GET /cases/:id', { params: { id } });
      if (wanted.current !== id) return;
      setDetailError(undefined);
      setDetail(found);
    } catch (error) {
      if (wanted.current === id) setDetailError(error);
    }
  }, []);

  const refreshList = list.refresh;
  const again = useLater(() => {
    void refreshList();
    void readSummary();
  }, 800);
  const detailAgain = useLater(() => {
    if (wanted.current) void readDetail(wanted.current);
  }, 300);

  useEffect(() => void readSummary(), [readSummary]);
  useEffect(() => {
    const timer = setInterval(again, clockEvery);
    return () => clearInterval(timer);
  }, [again]);

  useFrames((frame) => {
    const cards = frame.t === 'card' ? [frame.card] : frame.t === 'message' ? frame.cards : [];
    for (const card of cards) {
      if (card.type === 'case') {
        list.patch((rows) => foldCard(rows, card));
        setDetail((old) =>
          old?.card.id === card.id && old.card.rev < card.rev ? { ...old, card } : old,
        );
      }
      if (card.id === wanted.current) detailAgain();
    }
    if (cards.length) again();
  }, again);

  const select = useCallback(
    (id: string | undefined) => {
      wanted.current = id;
      setSelected(id);
      setDetail((old) => (old?.card.id === id ? old : undefined));
      setDetailError(undefined);
      if (id) void readDetail(id);
    },
    [readDetail],
  );

  return {
    summary,
    denied,
    list,
    filter,
    setFilter,
    query,
    setQuery,
    selected,
    select,
    detail,
    detailError,
    setDetail: (next) => {
      if (next.card.id === wanted.current) setDetail(next);
      list.patch((rows) => foldCard(rows, next.card));
      again();
    },
    reloadDetail: () => wanted.current && void readDetail(wanted.current),
  };
}
