import { useEffect } from 'react';
import type { Me } from '@alley-chief/shared/contract';
import { tokens } from '../api';
import { startAt } from '../platform';
import { pages } from './pages';
import { run } from './runtime';
import { refreshMe, session } from './session';
import { useStore } from './store';

let refreshed: string | undefined;

/**
 * The signed-in person; leads to the sign-in page when there is none. Every page calls it, so it also starts
 * the connection.
 */
export function useMe(): Me | undefined {
  const person = useStore(session);
  useEffect(() => {
    run();
    if (!tokens.access()) return startAt(pages.login);
    const id = session.get()?.id;
    if (!id || refreshed !== id) {
      refreshed = id;
      void refreshMe();
    }
  }, []);
  return person;
}

/** 长辈版, for Page's `elder`. */
export const useElderMode = (): boolean =>
  useStore(session, (person) => person?.elderMode ?? false);
