import { useCallback, useRef } from 'react';
import { newClientId } from '../../api';

/**
 * Ids for acts: the same act on the same thing keeps its id while the page lives, so that pressing again after
 * an unknown outcome repeats the request instead of doing it twice. `forget` starts a new act.
 */
export function useActId(): ((act: string) => string) & { forget: (act: string) => void } {
  const ids = useRef(new Map<string, string>());
  const take = useCallback((act: string): string => {
    const id = ids.current.get(act) ?? newClientId();
    ids.current.set(act, id);
    return id;
  }, []);
  const forget = useCallback((act: string) => void ids.current.delete(act), []);
  return Object.assign(take, { forget });
}
