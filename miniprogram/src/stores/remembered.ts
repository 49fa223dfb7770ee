import { sessionStore } from '../platform';
import type { ThreadState } from '../realtime/thread';
import { cardKey } from '../realtime/thread';
import { currentMe } from './session';
import { placeThread, threadOf } from './threads';

/** The end of the own household's thread, so that it can be read without network. */
const length = 20;
const keyOf = (personId: string) => `thread:${personId}`;

let pending: ReturnType<typeof setTimeout> | undefined;

/** Remembers the own household's thread a little later: a burst of frames is written once. */
export function rememberThread(personId: string, conversationId: string): void {
  if (conversationId !== currentMe()?.household?.conversationId) return;
  clearTimeout(pending);
  pending = setTimeout(() => {
    const state = threadOf(conversationId);
    if (state?.loaded && currentMe()?.id === personId)
      sessionStore.set(keyOf(personId), shortened(state));
  }, 1_000);
}

export function restoreThread(personId: string): void {
  const kept = sessionStore.get<ThreadState>(keyOf(personId));
  if (kept) placeThread({ ...kept, typing: {}, presence: {}, ahead: {} });
}

export const forgetRemembered = (personId: string): void => {
  clearTimeout(pending);
  sessionStore.remove(keyOf(personId));
};

function shortened(state: ThreadState): ThreadState {
  const messages = state.messages.slice(-length);
  const keys = messages.flatMap((m) => (m.card ? [cardKey(m.card)] : []));
  return {
    ...state,
    messages,
    cards: Object.fromEntries(
      keys.flatMap((key) => (state.cards[key] ? [[key, state.cards[key]]] : [])),
    ),
    hasOlder: state.hasOlder || state.messages.length > length,
  };
}
