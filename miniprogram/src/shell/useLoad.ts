import { useCallback, useEffect, useRef, useState } from 'react';
import { problemOf } from '../api';
import type { ApiError } from '../api';

export interface Loaded<T> {
  data: T | undefined;
  /** Nothing to show yet. */
  loading: boolean;
  /** Why there is nothing to show, or why what is shown may be old. */
  error: ApiError | undefined;
  /** Reads again; what is shown stays until the answer comes. */
  reload: () => void;
  /** Puts in an answer that came another way (the reply to an act). */
  put: (data: T) => void;
}

/**
 * Something read from the server when a page opens.
 * @param key what is asked; a new key starts over. Empty: nothing is asked yet.
 */
export function useLoad<T>(key: string, read: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string; data?: T; error?: ApiError }>({ key });
  const reading = useRef(read);
  reading.current = read;
  const asked = useRef(0);

  const reload = useCallback(() => {
    if (!key) return;
    const ticket = ++asked.current;
    reading.current().then(
      (data) => ticket === asked.current && setState({ key, data }),
      (error: unknown) =>
        ticket === asked.current &&
        setState((s) => ({ ...(s.key === key ? s : { key }), error: problemOf(error) })),
    );
  }, [key]);

  useEffect(() => {
    reload();
    // An answer that comes after the question changed belongs to nobody.
    return () => void asked.current++;
  }, [reload]);

  const put = useCallback(
    (data: T) => {
      asked.current++;
      setState({ key, data });
    },
    [key],
  );

  const mine = state.key === key ? state : undefined;
  return {
    data: mine?.data,
    loading: !mine?.data && !mine?.error,
    error: mine?.error,
    reload,
    put,
  };
}
