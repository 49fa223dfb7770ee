import { z } from 'zod';
import { clientId, id, isoTime, maxText, point } from './primitives';
import { card } from './cards';

/** A stored file as a member sees it. The address carries its own short-lived signature. */
export const fileView = z.object({
  id,
  kind: z.enum(['image', 'voice']),
  contentType: z.string(),
  /** Bytes. */
  size: z.number().int(),
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  /** Voice length. */
  seconds: z.number().optional(),
  url: z.string(),
});
export type FileView = z.infer<typeof fileView>;

export const sender = z.object({
  kind: z.enum(['person', 'bot']),
  id: id.optional(),
  name: z.string(),
  surname: z.string(),
  /** Plain role: 胡同长, 网格员, empty for family. */
  title: z.string(),
  tone: z.enum(['chief', 'household', 'worker', 'volunteer', 'bot']),
});
export type Sender = z.infer<typeof sender>;

/** A suggested reply. Tapping sends `text`, or carries out `action` on `target`. */
export const chip = z.object({
  label: z.string(),
  text: z.string().optional(),
  action: z.string().optional(),
  target: z.string().optional(),
  emphasis: z.boolean().optional(),
});
export type Chip = z.infer<typeof chip>;

export const messageView = z.object({
  id,
  conversationId: id,
  /** 1, 2, 3 … without gaps in each conversation; the cursor of everything. */
  seq: z.number().int().positive(),
  clientId: z.string().optional(),
  from: sender,
  kind: z.enum(['text', 'image', 'voice', 'location', 'card', 'notice']),
  text: z.string().optional(),
  file: fileView.optional(),
  location: point.extend({ name: z.string().optional() }).optional(),
  /** Names the card; its content travels beside the message, see `cards`. */
  card: z.object({ type: z.string(), id }).optional(),
  chips: z.array(chip).optional(),
  at: isoTime,
});
export type MessageView = z.infer<typeof messageView>;

/** What a client may say. */
export const outgoing = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    clientId,
    text: z
      .string()
      .trim()
      .min(1, '还没写内容')
      .max(maxText, `一次最多说 ${maxText} 个字，分几次发吧`),
  }),
  z.object({
    kind: z.literal('image'),
    clientId,
    fileId: id,
    text: z.string().trim().max(maxText).optional(),
  }),
  z.object({
    kind: z.literal('voice'),
    clientId,
    fileId: id,
    seconds: z.number().min(0.1).max(60),
    /** What the phone heard, when it could. */
    transcript: z.string().trim().max(maxText).optional(),
  }),
  z.object({
    kind: z.literal('location'),
    clientId,
    point,
    name: z.string().trim().max(80).optional(),
  }),
]);
export type Outgoing = z.infer<typeof outgoing>;

export const readMark = z.object({ personId: id, name: z.string(), seq: z.number().int() });

export const conversationView = z.object({
  id,
  kind: z.enum(['household', 'case']),
  householdId: id.optional(),
  caseId: id.optional(),
  title: z.string(),
  subtitle: z.string(),
  plate: z.string().optional(),
  lastSeq: z.number().int(),
  lastText: z.string(),
  lastAt: isoTime.optional(),
  unread: z.number().int(),
  /** How far each member has read. */
  reads: z.array(readMark),
});
export type ConversationView = z.infer<typeof conversationView>;

/** A stretch of history with the current state of every card in it. */
export const messagesPage = z.object({
  messages: z.array(messageView),
  cards: z.array(card),
  hasMore: z.boolean(),
});
export type MessagesPage = z.infer<typeof messagesPage>;
