import { useEffect } from 'react';
import type { Me } from '@alley-chief/shared/contract';
import { run, useMe } from '../../stores';

/** The signed-in person, with the connection to the server started. Leads to the sign-in page without one. */
export function usePerson(): Me | undefined {
  useEffect(run, []);
  return useMe();
}
