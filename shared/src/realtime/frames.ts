import { z } from 'zod';
import { card } from '../contract/cards';
import { id, isoTime } from '../contract/primitives';
import { conversationView, messageView, outgoing } from '../contract/messages';

/**
 * Frames from the server. REST carries the same: posting a message answers with its `message` frame
 * and `POST /sync` answers with the frames a client missed.
 */
export const serverFrame = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), personId: id, now: isoTime }),
  /** A message was stored; cards it concerns come in their newest state. Also the acknowledgement. */
  z.object({ t: z.literal('message'), message: messageView, cards: z.array(card) }),
  /** A card changed without a message in a thread the viewer is in (inbox, duty desk). */
  z.object({ t: z.literal('card'), card }),
  z.object({
    t: z.literal('read'),
    conversationId: id,
    personId: id,
    name: z.string(),
    seq: z.number().int(),
  }),
  z.object({
    t: z.literal('typing'),
    conversationId: id,
    personId: id.optional(),
    name: z.string(),
  }),
  z.object({ t: z.literal('presence'), personId: id, online: z.boolean() }),
  /** A conversation's head, sent after a resume. */
  z.object({ t: z.literal('conversation'), conversation: conversationView }),
  /** Everything before this frame has been resumed. */
  z.object({ t: z.literal('resumed'), more: z.boolean() }),
  z.object({
    t: z.literal('error'),
    clientId: z.string().optional(),
    code: z.string(),
    message: z.string(),
  }),
  z.object({ t: z.literal('pong') }),
]);
export type ServerFrame = z.infer<typeof serverFrame>;

/** Frames from a client. The first must be `auth`: browsers and WeChat cannot set headers alike. */
export const clientFrame = z.discriminatedUnion('t', [
  z.object({ t: z.literal('auth'), token: z.string().max(2000) }),
  z.object({ t: z.literal('send'), conversationId: id, message: outgoing }),
  z.object({ t: z.literal('read'), conversationId: id, seq: z.number().int().min(0) }),
  z.object({ t: z.literal('typing'), conversationId: id }),
  /** Highest sequence number held, by conversation. */
  z.object({ t: z.literal('resume'), cursors: z.record(id, z.number().int().min(0)) }),
  z.object({ t: z.literal('ping') }),
]);
export type ClientFrame = z.infer<typeof clientFrame>;
