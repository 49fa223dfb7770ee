import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * Runs `work` once, `wait` ms after the first of several calls: a burst of changes costs one reading, and a
 * steady stream does not put it off for ever.
 */
export function useLater(work: () => void, wait: number): () => void {
  const latest = useRef(work);
  latest.current = work;
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, wait);
  }, [wait]);
}

/** A value that follows only once it has rested for `wait` ms (what is typed into a search field). */
export function useRested<T>(value: T, wait: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return rested;
}
