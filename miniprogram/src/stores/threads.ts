import { useCallback, useEffect, useState } from 'react';
import type { Card } from '@alley-chief/shared/contract';
import type { ServerFrame } from '@alley-chief/shared/realtime';
import { api, problemOf } from '../api';
import type { ApiError } from '../api';
import { conversationOf, fold, withoutOldTyping } from '../realtime/fold';
import {
  cursorOf,
  emptyThread,
  hasGap,
  typingLasts,
  withCards,
  withPage,
} from '../realtime/thread';
import type { ThreadState } from '../realtime/thread';
import { createStore, useStore } from './store';

const threads = createStore<Readonly<Record<string, ThreadState>>>({});

/** How many messages one reading of history brings. */
const pageSize = 30;

export const threadOf = (id: string): ThreadState | undefined => threads.get()[id];

function change(id: string, next: (state: ThreadState) => ThreadState): void {
  threads.set((all) => {
    const before = all[id] ?? emptyThread(id);
    const after = next(before);
    return after === before ? all : { ...all, [id]: after };
  });
}

/** Folds a frame into the threads at hand. Answers true when something is missing and should be asked for. */
export function foldFrame(frame: ServerFrame): boolean {
  const now = Date.now();
  const about = conversationOf(frame);
  for (const id of about === undefined ? Object.keys(threads.get()) : [about]) {
    // Frames of threads nobody opened yet are left to the page that opens them.
    if (threads.get()[id]) change(id, (state) => fold(state, frame, now));
  }
  if (frame.t === 'typing' && about) {
    setTimeout(() => change(about, (s) => withoutOldTyping(s, Date.now())), typingLasts + 50);
  }
  const touched = about === undefined ? undefined : threads.get()[about];
  return frame.t === 'message' && !!touched && hasGap(touched);
}

/** Cards that came with a reply rather than a frame. */
export const foldCards = (id: string, cards: readonly Card[]): void =>
  change(id, (state) => withCards(state, cards));

/** Highest seq held, by conversation: where a resume starts. */
export const cursors = (): Record<string, number> =>
  Object.fromEntries(
    Object.values(threads.get())
      .filter((state) => state.loaded)
      .map((state) => [state.conversationId, cursorOf(state)]),
  );

export const forgetThreads = (): void => threads.set({});

/** Puts a remembered thread in place before the network answers. */
export const placeThread = (state: ThreadState): void =>
  threads.set((all) =>
    all[state.conversationId] ? all : { ...all, [state.conversationId]: state },
  );

async function readNewest(id: string): Promise<void> {
  const [head, page] = await Promise.all([
    api('GET /conversations/:id', { params: { id } }),
    api('GET /conversations/:id/messages', { params: { id }, query: { limit: pageSize } }),
  ]);
  change(id, (state) =>
    fold(withPage(state, page), { t: 'conversation', conversation: head }, Date.now()),
  );
}

export interface ThreadAtHand {
  state: ThreadState | undefined;
  loading: boolean;
  /** Nothing could be shown. */
  error: ApiError | undefined;
  retry: () => void;
  /** Reads older messages; resolves when they are in. */
  older: () => Promise<void>;
}

const noThread = undefined;

/** A conversation to look at: reads its newest page at first, then lives by frames. */
export function useThread(id: string | undefined): ThreadAtHand {
  const state = useStore(threads, (all) => (id ? all[id] : noThread));
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);

  const read = useCallback(() => {
    if (!id) return;
    change(id, (s) => ({ ...s }));
    setBusy(true);
    setError(undefined);
    readNewest(id)
      .catch((e: unknown) => setError(problemOf(e)))
      .finally(() => setBusy(false));
  }, [id]);
  useEffect(read, [read]);

  const older = useCallback(async () => {
    const before = id && threadOf(id)?.hasOlder ? threadOf(id)?.messages[0]?.seq : undefined;
    if (!id || !before) return;
    const page = await api('GET /conversations/:id/messages', {
      params: { id },
      query: { before, limit: pageSize },
    });
    change(id, (s) => withPage(s, page));
  }, [id]);

  const shown = !!state?.loaded;
  return {
    state,
    loading: !shown && (busy || !error),
    error: shown ? undefined : error,
    retry: read,
    older,
  };
}
