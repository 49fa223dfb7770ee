import type { Me, Tokens } from '@alley-chief/shared/contract';
import { api, onSignedOut, tokens } from '../api';
import { sessionStore, startAt } from '../platform';
import { pages } from './pages';
import { createStore } from './store';
import type { Store } from './store';

const key = 'me';

/** Who is signed in here. Remembered, so that the first screen needs no network. */
const me = createStore<Me | undefined>(tokens.access() ? sessionStore.get<Me>(key) : undefined);

export const session: Pick<Store<Me | undefined>, 'get' | 'watch'> = me;
export const currentMe = me.get;

function remember(next: Me | undefined): void {
  if (next) sessionStore.set(key, next);
  else sessionStore.remove(key);
  me.set(next);
}

/** Where a person starts. */
export const homeOf = (person: Pick<Me, 'home'>): string =>
  ({
    chat: pages.chat,
    inbox: pages.inbox,
    queue: pages.queue,
    help: pages.helpList,
    desk: pages.desk,
  })[person.home];

export function enter(signedIn: Tokens & { me: Me }): void {
  tokens.put(signedIn);
  remember(signedIn.me);
}

/** Leaves on this phone at once; the server is told when it can be reached. */
export async function signOut(): Promise<void> {
  const told = api('POST /auth/sign-out').catch(() => undefined);
  await Promise.race([told, new Promise((done) => setTimeout(done, 1_500))]);
  tokens.clear();
  remember(undefined);
  startAt(pages.login);
}

onSignedOut(() => {
  remember(undefined);
  startAt(pages.login);
});

/** Reads the signed-in person anew (roles, chief, household). Keeps what is known when offline. */
export async function refreshMe(): Promise<void> {
  if (!tokens.access()) return;
  try {
    remember(await api('GET /me'));
  } catch {
    // Signed out is handled above; without network the remembered person stays.
  }
}

export async function setElderMode(elderMode: boolean): Promise<void> {
  const before = me.get();
  if (!before) return;
  remember({ ...before, elderMode });
  try {
    remember(await api('PATCH /me', { body: { elderMode } }));
  } catch (error) {
    remember(before);
    throw error;
  }
}
