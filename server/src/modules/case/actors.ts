import type { CaseActor } from '@alley-chief/shared/domain';
import { servesArea, type Viewer } from '../../http/viewer';
import type { CaseDoc } from './model';

/**
 * What a person is to a case. Nothing at all = may not see it.
 * A confidential case is known to its reporter, whoever holds it, and the duty desk; a person it is
 * about is nobody to it, whatever roles they hold.
 */
export const actorsOf = (c: CaseDoc, viewer: Viewer): CaseActor[] => {
  if (c.against.includes(viewer.personId)) return [];
  const actors: CaseActor[] = [];
  if (c.reporterId === viewer.personId) actors.push('reporter');
  if (c.holder.personId === viewer.personId) actors.push('holder');
  if (servesArea(viewer, c.areaPath, 'dispatcher', 'admin')) actors.push('desk');
  if (c.confidential) return actors;
  if (c.householdId && c.householdId === viewer.householdId) actors.push('household');
  if (servesArea(viewer, c.areaPath, 'alleyChief')) actors.push('chief');
  if (servesArea(viewer, c.areaPath, 'gridLeader', 'gridSupervisor')) actors.push('leader');
  return actors;
};

/** Also those who were told, or had it before, may read. */
export const maySee = (c: CaseDoc, viewer: Viewer): boolean =>
  actorsOf(c, viewer).length > 0 ||
  (!c.against.includes(viewer.personId) &&
    (c.watchers.includes(viewer.personId) ||
      (!c.confidential && c.excluded.includes(viewer.personId))));
