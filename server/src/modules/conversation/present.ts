import type { ConversationView, FileView, MessageView } from '@alley-chief/shared/contract';
import { botSender } from './bot';
import type { ConversationDoc, MessageDoc } from './model';

/** A message as any member sees it; only the file's address differs by viewer. */
export const presentMessage = (m: MessageDoc, file?: FileView): MessageView => ({
  id: m._id,
  conversationId: m.conversationId,
  seq: m.seq,
  clientId: m.clientId,
  from: m.from,
  kind: m.kind,
  text: m.text,
  file: file && m.seconds ? { ...file, seconds: m.seconds } : file,
  location: m.location,
  card: m.card,
  chips: m.chips,
  at: m.at.toISOString(),
});

/** Whether this person may read the message. */
export const isVisible = (m: MessageDoc, personId: string): boolean =>
  !m.visibleTo || m.visibleTo.includes(personId);

/** What stands in a thread for somebody who may not read a message: its number and nothing else. */
export const veil = (m: MessageDoc): MessageDoc => ({
  _id: m._id,
  conversationId: m.conversationId,
  seq: m.seq,
  from: botSender,
  kind: 'notice',
  at: m.at,
});

/** What a list shows of the last message. */
export const previewOf = (m: MessageDoc): string => {
  switch (m.kind) {
    case 'image':
      return m.text ? `[照片] ${m.text}` : '[照片]';
    case 'voice':
      return m.text ? `语音 ${m.text}` : `语音 ${Math.round(m.seconds ?? 0)}″`;
    case 'location':
      return `[位置] ${m.location?.name ?? ''}`.trim();
    case 'card':
      return m.text ?? '[卡片]';
    default:
      return m.text ?? '';
  }
};

export const presentConversation = (
  c: ConversationDoc,
  personId: string,
  names: Map<string, { name: string }>,
  unread: number,
): ConversationView => ({
  id: c._id,
  kind: c.kind,
  householdId: c.householdId,
  caseId: c.caseId,
  title: c.title,
  subtitle: c.subtitle,
  plate: c.plate,
  lastSeq: c.lastSeq,
  lastText: c.lastFromId === personId && c.lastText ? `您：${c.lastText}` : c.lastText,
  lastAt: c.lastAt?.toISOString(),
  unread,
  reads: Object.entries(c.reads).map(([id, seq]) => ({
    personId: id,
    name: names.get(id)?.name ?? '',
    seq,
  })),
});
