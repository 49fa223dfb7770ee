import { hasRole, isWithin, type Role } from '@alley-chief/shared/domain';
import type { Viewer } from '../http/viewer';
import { maySee } from '../modules/case/actors';
import type { CaseDoc } from '../modules/case/model';

type Concern = (doc: Record<string, unknown>, viewer: Viewer) => boolean;

const deskRoles: Role[] = ['dispatcher', 'admin', 'gridLeader', 'gridSupervisor', 'alleyChief'];

/**
 * Whose lists a changed card belongs in, beside the thread it hangs in. Residents are left out: they
 * get their cards with the messages of their own thread.
 */
export const concerns: Record<string, Concern> = {
  case: (doc, viewer) => {
    const c = doc as unknown as CaseDoc;
    // Asked of everybody online at every change: what is quick and mostly false comes first.
    const touches =
      c.holder.personId === viewer.personId ||
      hasRole(viewer.grants, ...deskRoles) ||
      c.excluded.includes(viewer.personId) ||
      c.watchers.includes(viewer.personId);
    return touches && maySee(c, viewer);
  },
  help: (doc, viewer) =>
    viewer.grants.some(
      (g) => g.role === 'volunteer' && isWithin(doc['areaPath'] as string, g.areaPath),
    ),
};
