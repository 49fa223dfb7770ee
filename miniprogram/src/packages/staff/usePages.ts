import { useCallback, useEffect, useRef, useState } from 'react';

/** What every list endpoint answers. */
export interface PageLike {
  items: unknown[];
  nextCursor?: string | undefined;
}

/** Most rows one reading may ask for; the server's own limit. */
const mostAtOnce = 100;

/** A row of such a page. */
export type RowOf<P extends PageLike> = P['items'][number];

interface State<P extends PageLike> {
  /** Which question these rows answer. */
  key: string;
  /** The first page with its counts and titles. */
  head?: P;
  items: readonly RowOf<P>[];
  nextCursor?: string | undefined;
  error?: unknown;
  busy: 'first' | 'more' | 'again' | undefined;
}

export interface Pages<P extends PageLike> {
  head: P | undefined;
  items: readonly RowOf<P>[];
  /** Nothing to show yet. */
  loading: boolean;
  /** Why there is nothing to show, or why what is shown may be old. */
  error: unknown;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  /** Reads again in the background, as many rows as are shown. */
  refresh: () => Promise<void>;
  /** Changes the rows at hand until the next reading. */
  patch: (change: (items: readonly RowOf<P>[]) => readonly RowOf<P>[]) => void;
}

/**
 * A list read page by page.
 * @param key names the question (box, filter, search); a new key starts over. Empty: nothing is asked yet.
 * @param read one page; an answer that comes after the question changed is dropped.
 */
export function usePages<P extends PageLike>(
  key: string,
  read: (page: { cursor?: string; limit: number }) => Promise<P>,
  size = 30,
): Pages<P> {
  const [state, setState] = useState<State<P>>({ key, items: [], busy: 'first' });
  const reading = useRef(read);
  reading.current = read;
  const asked = useRef(0);
  const shown = useRef(state);
  shown.current = state;

  const first = useCallback(
    async (busy: 'first' | 'again') => {
      if (!key) return;
      const ticket = ++asked.current;
      const held = busy === 'again' ? shown.current.items.length : 0;
      setState((s) => (busy === 'first' ? { ...s, busy, error: undefined } : { ...s, busy }));
      try {
        const page = await reading.current({ limit: Math.min(mostAtOnce, Math.max(size, held)) });
        if (ticket !== asked.current) return;
        setState({
          key,
          head: page,
          items: page.items,
          nextCursor: page.nextCursor,
          busy: undefined,
        });
      } catch (error) {
        if (ticket === asked.current) setState((s) => ({ ...s, key, error, busy: undefined }));
      }
    },
    [key, size],
  );

  useEffect(() => {
    setState((s) => ({ key, items: [], busy: 'first', ...(s.head && { head: s.head }) }));
    void first('first');
    return () => void asked.current++;
  }, [key, first]);

  const loadMore = useCallback(async () => {
    const { nextCursor, busy } = shown.current;
    if (!nextCursor || busy) return;
    const ticket = ++asked.current;
    setState((s) => ({ ...s, busy: 'more' }));
    try {
      const page = await reading.current({ cursor: nextCursor, limit: size });
      if (ticket !== asked.current) return;
      setState((s) => ({
        ...s,
        items: [...s.items, ...page.items],
        nextCursor: page.nextCursor,
        error: undefined,
        busy: undefined,
      }));
    } catch (error) {
      if (ticket === asked.current) setState((s) => ({ ...s, error, busy: undefined }));
    }
  }, [size]);

  const patch = useCallback((change: (items: readonly RowOf<P>[]) => readonly RowOf<P>[]) => {
    setState((s) => {
      const items = change(s.items);
      return items === s.items ? s : { ...s, items };
    });
  }, []);

  const refresh = useCallback(
    () => first(shown.current.head && !shown.current.error ? 'again' : 'first'),
    [first],
  );

  const current = state.key === key;
  return {
    head: state.head,
    items: current ? state.items : [],
    loading: !current || (state.busy === 'first' && state.items.length === 0),
    error: current ? state.error : undefined,
    hasMore: current && !!state.nextCursor,
    loadingMore: state.busy === 'more',
    loadMore: () => void loadMore(),
    refresh,
    patch,
  };
}
