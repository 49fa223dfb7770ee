import type { ServerFrame } from '@alley-chief/shared/realtime';
import { typingLasts, withCards, withMessages } from './thread';
import type { ThreadState } from './thread';

/** Which conversation a frame belongs to; undefined for frames that concern every one (cards, presence). */
export function conversationOf(frame: ServerFrame): string | undefined {
  switch (frame.t) {
    case 'message':
      return frame.message.conversationId;
    case 'conversation':
      return frame.conversation.id;
    case 'read':
    case 'typing':
      return frame.conversationId;
    default:
      return undefined;
  }
}

/**
 * The next state of a thread after a frame. Pure: the same frames in any order, any number of times, end in
 * the same messages, cards and read marks. Frames of other conversations change nothing.
 * @param now ms; only typing signals look at it.
 */
export function fold(state: ThreadState, frame: ServerFrame, now: number): ThreadState {
  const about = conversationOf(frame);
  if (about !== undefined && about !== state.conversationId) return state;
  switch (frame.t) {
    case 'message': {
      const { from } = frame.message;
      const said = withMessages(withCards(state, frame.cards), [frame.message]);
      return silence(said, from.id ?? from.kind);
    }
    case 'card': {
      // A card without a message only matters where the card already hangs.
      const known = state.cards[`${frame.card.type}:${frame.card.id}`];
      return known ? withCards(state, [frame.card]) : state;
    }
    case 'read':
      return readUpTo(state, frame.personId, frame.seq, frame.name);
    case 'typing':
      return {
        ...state,
        typing: {
          ...state.typing,
          [frame.personId ?? 'bot']: { name: frame.name, until: now + typingLasts },
        },
      };
    case 'presence':
      return state.presence[frame.personId] === frame.online
        ? state
        : { ...state, presence: { ...state.presence, [frame.personId]: frame.online } };
    case 'conversation': {
      const { conversation } = frame;
      const newer = !state.head || conversation.lastSeq >= state.head.lastSeq;
      return conversation.reads.reduce(
        (s, mark) => readUpTo(s, mark.personId, mark.seq, mark.name),
        newer ? { ...state, head: conversation } : state,
      );
    }
    default:
      return state;
  }
}

/** Read marks only ever move forward; a mark without a name keeps the name known before. */
function readUpTo(state: ThreadState, personId: string, seq: number, name: string): ThreadState {
  const known = state.reads[personId];
  const mark = { name: name || known?.name || '', seq: Math.max(seq, known?.seq ?? 0) };
  if (known && known.seq === mark.seq && known.name === mark.name) return state;
  return { ...state, reads: { ...state.reads, [personId]: mark } };
}

/** Whoever said something has stopped typing. */
function silence(state: ThreadState, personId: string): ThreadState {
  if (!state.typing[personId]) return state;
  const typing = { ...state.typing };
  delete typing[personId];
  return { ...state, typing };
}

/** Drops typing signals that ran out. The same state when none did. */
export function withoutOldTyping(state: ThreadState, now: number): ThreadState {
  const entries = Object.entries(state.typing);
  const live = entries.filter(([, one]) => one.until > now);
  return live.length === entries.length ? state : { ...state, typing: Object.fromEntries(live) };
}
