import type { Card, CardAction } from '@alley-chief/shared/contract';

/** Acts the phone carries out by itself; everything else is a step the server takes. */
export type OwnAct =
  | { do: 'call'; phone: string }
  | { do: 'photo' }
  | {
      do: 'open';
      what: 'case' | 'service' | 'slots' | 'booking' | 'help' | 'article';
      id: string;
      booking?: string;
    };

/** What a card's button means for the phone; undefined when it is a step for the server. */
export function ownAct(action: CardAction, card?: Card): OwnAct | undefined {
  if (action.action === 'call') {
    const phone = action.phone ?? action.target;
    return phone ? { do: 'call', phone } : undefined;
  }
  if (action.action === 'photo') return { do: 'photo' };
  const [verb, what] = action.action.split(':');
  if (verb !== 'open' || !isOpenable(what)) return undefined;
  return {
    do: 'open',
    what,
    id: action.target ?? card?.id ?? '',
    // 改时间: the slots are looked at in order to move this booking.
    ...(what === 'slots' && card?.type === 'booking' && { booking: card.id }),
  };
}

const openable = ['case', 'service', 'slots', 'booking', 'help', 'article'] as const;
const isOpenable = (what: string | undefined): what is (typeof openable)[number] =>
  (openable as readonly (string | undefined)[]).includes(what);

/** Asked before, because it ends something. */
export const questions: Record<string, { title: string; text?: string; yes: string }> = {
  withdraw: { title: '这件事不用办了？', text: '撤回了还能再说', yes: '对，不用了' },
  dismiss: { title: '这句不算一件事？', text: '住户会看到您看过了', yes: '对，不算' },
  join: { title: '并到一起办？', text: '住户会收到一句话，进展一起告诉', yes: '是同一件' },
  notSame: { title: '不是一件事？', text: '这两件以后不再提示', yes: '不是一件' },
  cancel: { title: '这次不去了？', text: '号退回去，让别人约', yes: '不去了' },
  release: { title: '这次帮不了了？', text: '会再找别人', yes: '帮不了' },
};

/** What an action still needs from the person, once what was given with the tap is counted. */
export function stillNeeded(action: CardAction, given: Given): Need[] {
  // What a matter is about is chosen from the list of matters, which the contract's needs do not know.
  const chooses = action.action === 'decide' || action.action === 'reclassify';
  const needs: Need[] = [...(chooses ? (['category'] as const) : []), ...action.needs];
  return needs.filter((need) => !has(need, given));
}

export type Need = CardAction['needs'][number] | 'category';

/** What was written, chosen or photographed for an act. */
export interface Given {
  text?: string;
  fileIds?: string[];
  stars?: number;
  tags?: string[];
  personId?: string;
  category?: string;
  /** For `join` and `notSame`: the other case. */
  caseId?: string;
  step?: number;
}

function has(need: Need, given: Given): boolean {
  switch (need) {
    case 'text':
    case 'reason':
    case 'result':
      return !!given.text;
    case 'photo':
      return !!given.fileIds?.length;
    case 'stars':
      return given.stars !== undefined;
    case 'person':
      return !!given.personId;
    case 'category':
      return !!given.category;
  }
}
