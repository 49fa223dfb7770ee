import { policy, type Policy } from '../../http/binder';
import type { ConversationService } from './service';

type ThreadRoute =
  | 'GET /conversations/:id'
  | 'GET /conversations/:id/messages'
  | 'POST /conversations/:id/messages'
  | 'POST /conversations/:id/read'
  | 'POST /conversations/:id/typing';

/** Only members read, write, mark or disturb a thread. A thread that is not there looks the same. */
export const memberOnly = (conversations: ConversationService): Policy<ThreadRoute> =>
  policy<ThreadRoute>('memberOfConversation', ({ params, viewer }) =>
    conversations.isMember(params.id, viewer.personId),
  );
