import { open, type Implementations } from '../../http/binder';
import type { DeskService } from './service';

export const deskRoutes = (desk: DeskService): Implementations => ({
  'GET /desk/summary': { policy: open(), handle: ({ viewer }) => desk.summary(viewer) },
});
