import type { Sender } from '@alley-chief/shared/contract';

/** 小同: how the assistant signs what it says. */
export const botSender: Sender = {
  kind: 'bot',
  name: '小同',
  surname: '同',
  title: '自动回复',
  tone: 'bot',
};
