import type {
  Card,
  ConversationView,
  MessagesPage,
  MessageView,
} from '@alley-chief/shared/contract';

/** How long (ms) a typing signal lasts when nothing follows. */
export const typingLasts = 6_000;

/**
 * What one phone knows of one conversation. `messages` is a stretch of history without gaps, ending with the
 * newest message known to follow it; what arrives ahead of a gap waits in `ahead` until the gap is filled.
 */
export interface ThreadState {
  readonly conversationId: string;
  readonly head?: ConversationView;
  /** In order of seq, each the one before plus one. */
  readonly messages: readonly MessageView[];
  /** By seq: known, but something between it and `messages` is missing. */
  readonly ahead: Readonly<Record<number, MessageView>>;
  /** Newest state of every card, by `type:id`. */
  readonly cards: Readonly<Record<string, Card>>;
  /** How far each person has read. */
  readonly reads: Readonly<Record<string, { name: string; seq: number }>>;
  /** Who types, by person id (`bot` for 小同), until when (ms). */
  readonly typing: Readonly<Record<string, { name: string; until: number }>>;
  readonly presence: Readonly<Record<string, boolean>>;
  /** A first page has been read: an empty thread is then really empty. */
  readonly loaded: boolean;
  /** Older messages exist than the first one here. */
  readonly hasOlder: boolean;
}

export const emptyThread = (conversationId: string): ThreadState => ({
  conversationId,
  messages: [],
  ahead: {},
  cards: {},
  reads: {},
  typing: {},
  presence: {},
  loaded: false,
  hasOlder: false,
});

export const cardKey = (card: { type: string; id: string }): string => `${card.type}:${card.id}`;

/** The cursor to resume from: everything up to it is held. */
export const cursorOf = (state: ThreadState): number => state.messages.at(-1)?.seq ?? 0;

/** Something is missing between `messages` and what already arrived: ask for it. */
export const hasGap = (state: ThreadState): boolean =>
  state.loaded && Object.keys(state.ahead).length > 0;

/** Puts cards in; the highest rev wins, an equal one is newer news (addresses of its files are renewed). */
export function withCards(state: ThreadState, cards: readonly Card[]): ThreadState {
  const news = cards.filter((card) => (state.cards[cardKey(card)]?.rev ?? -1) <= card.rev);
  if (!news.length) return state;
  return {
    ...state,
    cards: { ...state.cards, ...Object.fromEntries(news.map((card) => [cardKey(card), card])) },
  };
}

/** Puts messages in their places; what is known already stays as it is. */
export function withMessages(state: ThreadState, arrived: readonly MessageView[]): ThreadState {
  const last = cursorOf(state);
  const news = arrived.filter((m) => m.seq > last && !state.ahead[m.seq]);
  if (!news.length) return state;
  const ahead: Record<number, MessageView> = { ...state.ahead };
  for (const message of news) ahead[message.seq] = message;
  return drained({ ...state, ahead });
}

/** Moves what now follows without a gap from `ahead` to `messages`. */
function drained(state: ThreadState): ThreadState {
  if (!state.loaded) return state;
  const ahead: Record<number, MessageView> = { ...state.ahead };
  const joined: MessageView[] = [];
  for (let seq = cursorOf(state) + 1; ; seq++) {
    const next = ahead[seq];
    if (!next) break;
    joined.push(next);
    delete ahead[seq];
  }
  return joined.length ? { ...state, ahead, messages: [...state.messages, ...joined] } : state;
}

/**
 * Takes a page of history: the first one (newest messages), or one that ends right before what is held.
 * A first page that does not touch what is held (a very long absence) starts the stretch anew.
 */
export function withPage(state: ThreadState, page: MessagesPage): ThreadState {
  const carded = withCards(state, page.cards);
  const first = page.messages[0];
  const held = state.messages[0];
  if (!state.loaded || !held || (first && first.seq > cursorOf(state) + 1)) {
    const known = page.messages.at(-1)?.seq ?? 0;
    const ahead = Object.fromEntries(
      Object.entries(carded.ahead).filter(([seq]) => Number(seq) > known),
    );
    return drained({
      ...carded,
      loaded: true,
      messages: page.messages,
      ahead,
      hasOlder: page.hasMore,
    });
  }
  const older = page.messages.filter((m) => m.seq < held.seq);
  const reaches = older.at(-1)?.seq === held.seq - 1;
  const grown = reaches
    ? { ...carded, messages: [...older, ...carded.messages], hasOlder: page.hasMore }
    : carded;
  const atStart = first === undefined && !page.hasMore;
  return withMessages(atStart ? { ...grown, hasOlder: false } : grown, page.messages);
}
