import { open, policy, type Implementations } from '../../http/binder';
import type { InboxService } from './service';

export const inboxRoutes = (inbox: InboxService): Implementations => ({
  'GET /inbox': {
    policy: open(),
    handle: ({ viewer, query }) => inbox.list(viewer, query),
  },
  'GET /households/:id': {
    policy: policy(
      'ownOrServedHousehold',
      async ({ params, viewer }) =>
        viewer.householdId === params.id || inbox.serves(viewer, params.id),
    ),
    handle: ({ params }) => inbox.household(params.id),
  },
});
