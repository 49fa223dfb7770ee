import type { LinkState } from '../realtime/link';
import { createStore, useStore } from './store';

/** How this phone stands to the server. */
export const link = createStore<LinkState>('idle');

export type Connection = 'ok' | 'reconnecting' | 'offline';

/** For the banner: `polling` works, only slower, and nobody needs to know. */
export const connectionOf = (state: LinkState): Connection =>
  state === 'offline' ? 'offline' : state === 'connecting' ? 'reconnecting' : 'ok';

export const useConnection = (): Connection => useStore(link, connectionOf);
