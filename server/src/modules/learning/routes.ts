import { open, type Implementations } from '../../http/binder';
import type { LearningService } from './service';

export const learningRoutes = (learning: LearningService): Implementations => ({
  'GET /learning': { policy: open(), handle: () => learning.overview() },
  'GET /learning/models': { policy: open(), handle: ({ query }) => learning.list(query) },
  'POST /learning/trainings': {
    policy: open(),
    handle: ({ viewer, body }) => learning.trainings.begin(viewer.name, body.clientId),
  },
  'POST /learning/models/:version/run': {
    policy: open(),
    handle: ({ viewer, params, body }) => learning.run(viewer, params.version, body),
  },
});
