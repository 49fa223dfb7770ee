import { open, type Implementations } from '../../http/binder';
import { ofAHousehold } from './policy';
import type { ServiceService } from './service';

export const serviceRoutes = (services: ServiceService): Implementations => ({
  'GET /services': {
    policy: open(),
    handle: ({ query }) => services.search(query),
  },
  'GET /services/:id': {
    policy: open(),
    handle: ({ params, viewer }) => services.card(params.id, viewer.householdId),
  },
  'PUT /services/:id/checklist/:material': {
    policy: ofAHousehold,
    handle: ({ params, body, viewer }) =>
      services.tick(params.id, params.material, viewer.householdId!, body.done),
  },
});
