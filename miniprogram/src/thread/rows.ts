import type { Card, MessageView } from '@alley-chief/shared/contract';
import { epoch, needsStamp } from '../format';
import type { Entry } from '../realtime/outbox';
import { cardKey } from '../realtime/thread';
import type { ThreadState } from '../realtime/thread';

/** One line of a thread. Message, card and entry are the very objects of the state: rows compare by them. */
export type Row =
  | { kind: 'stamp'; key: string; at: number }
  | { kind: 'notice'; key: string; message: MessageView }
  | {
      kind: 'message';
      key: string;
      message: MessageView;
      mine: boolean;
      continued: boolean;
      /** Below my newest one: who has read it. */
      note?: string;
    }
  | { kind: 'card'; key: string; message: MessageView; card: Card }
  | { kind: 'unsent'; key: string; entry: Entry; continued: boolean };

/**
 * The lines of a thread, oldest first: messages with times between those far apart, the newest state of each
 * card where it hangs, and below everything what is not sent yet.
 * @param names people known by other means than their words (the chief), by id.
 */
export function rowsOf(
  state: ThreadState,
  unsent: readonly Entry[],
  meId: string,
  names: Readonly<Record<string, string>> = {},
): Row[] {
  const rows: Row[] = [];
  const shown = state.messages.filter(isShown);
  const sent = new Set(shown.map((m) => m.clientId));
  const myLast = [...shown].reverse().find((m) => m.from.id === meId);
  let before: { at: number; who: string } | undefined;

  const stampFor = (at: number, key: string) => {
    if (!needsStamp(at, before?.at)) return;
    rows.push({ kind: 'stamp', key: `t${key}`, at });
    before = undefined;
  };

  for (const message of shown) {
    const at = epoch(message.at);
    if (message.kind === 'notice') {
      rows.push({ kind: 'notice', key: message.id, message });
      before = { at, who: '' };
      continue;
    }
    stampFor(at, message.id);
    const card = message.card && state.cards[cardKey(message.card)];
    if (card) {
      rows.push({ kind: 'card', key: message.id, message, card });
      before = { at, who: '' };
      continue;
    }
    const who = message.from.id ?? message.from.kind;
    const mine = message.from.id === meId;
    const note = message === myLast ? noteFor(state, message.seq, meId, names) : undefined;
    rows.push({
      kind: 'message',
      key: message.id,
      message,
      mine,
      continued: before?.who === who,
      ...(note && { note }),
    });
    before = { at, who };
  }

  for (const entry of unsent) {
    if (entry.conversationId !== state.conversationId || sent.has(entry.clientId)) continue;
    stampFor(entry.at, entry.clientId);
    rows.push({ kind: 'unsent', key: entry.clientId, entry, continued: before?.who === meId });
    before = { at: entry.at, who: meId };
  }
  return rows;
}

/** A message this person may not read stands in the thread as a number only; a card gone is not drawn. */
const isShown = (m: MessageView): boolean =>
  m.kind === 'notice' ? !!m.text : m.kind !== 'card' || !!m.card;

/** 已送到, or who has read up to here: 王秀兰看过了. */
function noteFor(
  state: ThreadState,
  seq: number,
  meId: string,
  names: Readonly<Record<string, string>>,
): string {
  // A read mark may come before its name does; whoever spoke here is known by what they said.
  const nameOf = (id: string) =>
    names[id] ?? state.messages.find((m) => m.from.id === id)?.from.name;
  const readers = Object.entries(state.reads)
    .filter(([id, mark]) => id !== meId && mark.seq >= seq)
    .flatMap(([id, mark]) => nameOf(id) || mark.name || []);
  return readers.length ? `${readers.slice(0, 2).join('、')}看过了` : '已送到';
}
