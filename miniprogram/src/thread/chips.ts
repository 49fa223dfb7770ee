import type { MessageView } from '@alley-chief/shared/contract';
import type { ChipItem } from '../components/QuestionChips';
import { cardKey } from '../realtime/thread';
import type { ThreadState } from '../realtime/thread';

/** How far back an open emergency still decides what is offered. */
const emergencyReach = 6;

/** Matters that wait for this person's stars come before any other place to go. */
export function ratingChips(state: ThreadState): readonly ChipItem[] {
  return Object.values(state.cards)
    .filter((card) => card.type === 'case' && card.actions.some((a) => a.action === 'rate'))
    .slice(0, 1)
    .map((card) => ({
      label: '办好了，打个分',
      action: 'rate',
      target: card.id,
      icon: 'star' as const,
      emphasis: true,
    }));
}

/**
 * Suggested replies: those of an open emergency (the facts rescuers need) before those of the newest message.
 * Empty when nobody asked anything, or the answer is already given.
 */
export function chipsOf(state: ThreadState): readonly ChipItem[] {
  const recent = state.messages.slice(-emergencyReach);
  for (const message of [...recent].reverse()) {
    const card = message.card && state.cards[cardKey(message.card)];
    if (card?.type !== 'emergency' || !card.chips.length) continue;
    const open = card.state !== 'closed' && card.state !== 'falseAlarm';
    if (open) return card.chips.map((text) => ({ label: text, text }));
  }
  return [...recent].reverse().find(isSaid)?.chips ?? [];
}

const isSaid = (message: MessageView): boolean => message.kind !== 'notice' || !!message.text;
