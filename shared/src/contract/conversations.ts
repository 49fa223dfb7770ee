import { z } from 'zod';
import { endpoint } from './endpoint';
import { conversationView, fileView, messagesPage, outgoing } from './messages';
import { id, pageOf, pageQuery } from './primitives';
import { serverFrame } from '../realtime/frames';

const byId = z.object({ id });

export const conversationEndpoints = {
  'GET /conversations': endpoint({
    operationId: 'listConversations',
    summary: 'Own conversations, newest first',
    access: 'signedIn',
    query: pageQuery.extend({ kind: z.enum(['household', 'case']).optional() }),
    reply: pageOf(conversationView),
  }),
  'GET /conversations/:id': endpoint({
    operationId: 'getConversation',
    summary: 'One conversation with unread count and read marks',
    access: 'signedIn',
    params: byId,
    reply: conversationView,
  }),
  'GET /conversations/:id/messages': endpoint({
    operationId: 'listMessages',
    summary: 'History in order of seq; `before` pages back, `after` pages forward',
    access: 'signedIn',
    params: byId,
    query: z.object({
      before: z.coerce.number().int().positive().optional(),
      after: z.coerce.number().int().min(0).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    reply: messagesPage,
  }),
  'POST /conversations/:id/messages': endpoint({
    operationId: 'postMessage',
    summary: 'Say something; repeating a clientId returns the first message again',
    access: 'signedIn',
    params: byId,
    body: outgoing,
    reply: serverFrame,
    status: 201,
    errors: ['textTooLong', 'badFile'],
    perMinute: 120,
  }),
  'POST /conversations/:id/read': endpoint({
    operationId: 'markRead',
    summary: 'Mark read up to a sequence number (only ever moves forward)',
    access: 'signedIn',
    params: byId,
    body: z.object({ seq: z.number().int().min(0) }),
    reply: z.object({ seq: z.number().int() }),
  }),
  'POST /conversations/:id/typing': endpoint({
    operationId: 'signalTyping',
    summary: 'Tell the others that one is typing; kept nowhere',
    access: 'signedIn',
    params: byId,
    reply: z.object({ done: z.literal(true) }),
  }),
  'POST /sync': endpoint({
    operationId: 'sync',
    summary: 'The frames missed since the given cursors, as the WebSocket resume would send them',
    access: 'signedIn',
    body: z.object({ cursors: z.record(id, z.number().int().min(0)) }),
    reply: z.object({ frames: z.array(serverFrame) }),
  }),
  'POST /files': endpoint({
    operationId: 'uploadFile',
    summary: 'Upload one picture (10 MB) or voice clip (3 MB) as multipart field `file`',
    access: 'signedIn',
    raw: 'upload',
    reply: fileView,
    status: 201,
    errors: ['tooLarge', 'badFile', 'badPicture'],
    perMinute: 30,
  }),
  'GET /files/:id': endpoint({
    operationId: 'downloadFile',
    summary:
      'Bytes of a file, for members of a conversation or case that holds it (signed address)',
    access: 'public',
    params: byId,
    query: z.object({ person: id, until: z.coerce.number().int(), sig: z.string().max(100) }),
    raw: 'bytes',
    reply: z.unknown(),
  }),
} as const;
