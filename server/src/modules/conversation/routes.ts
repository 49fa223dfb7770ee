import { open, type Implementations } from '../../http/binder';
import type { Viewer } from '../../http/viewer';
import { memberOnly } from './policy';
import type { ConversationService } from './service';

export const conversationRoutes = (
  conversations: ConversationService,
  onTyping: (conversationId: string, viewer: Viewer) => void,
): Implementations => {
  const members = memberOnly(conversations);
  return {
    'GET /conversations': {
      policy: open(),
      handle: ({ viewer, query }) => conversations.list(viewer.personId, query),
    },
    'GET /conversations/:id': {
      policy: members,
      handle: ({ params, viewer }) => conversations.get(params.id, viewer.personId),
    },
    'GET /conversations/:id/messages': {
      policy: members,
      handle: ({ params, viewer, query }) =>
        conversations.reading.history(params.id, viewer, query),
    },
    'POST /conversations/:id/messages': {
      policy: members,
      handle: async ({ params, viewer, body }) =>
        conversations.reading.frameOf(await conversations.post(params.id, viewer, body), viewer),
    },
    'POST /conversations/:id/read': {
      policy: members,
      handle: async ({ params, viewer, body }) => ({
        seq: await conversations.markRead(params.id, viewer.personId, body.seq),
      }),
    },
    'POST /conversations/:id/typing': {
      policy: members,
      handle: ({ params, viewer }) => {
        onTyping(params.id, viewer);
        return Promise.resolve({ done: true as const });
      },
    },
    'POST /sync': {
      policy: open(),
      handle: async ({ viewer, body }) => ({
        frames: await conversations.reading.missed(viewer, body.cursors),
      }),
    },
  };
};
