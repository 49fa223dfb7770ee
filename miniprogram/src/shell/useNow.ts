import { useEffect, useState } from 'react';

/** The time in ms, renewed every `every` ms while the page lives: waits and countdowns move by themselves. */
export function useNow(every = 30_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
