import { hasRole, isWithin, type Role, type RoleGrant } from '@alley-chief/shared/domain';

/** The signed-in person of a request, as policies see them. */
export interface Viewer {
  personId: string;
  name: string;
  surname: string;
  callName: string;
  grants: RoleGrant[];
  householdId?: string;
  /** Path of the alley they live in. */
  homePath?: string;
  sessionId: string;
}

/** Holds one of the roles on a ground that covers `areaPath`. */
export const servesArea = (viewer: Viewer, areaPath: string, ...wanted: Role[]): boolean =>
  viewer.grants.some((g) => wanted.includes(g.role) && isWithin(areaPath, g.areaPath));

export const viewerHas = (viewer: Viewer, ...wanted: Role[]): boolean =>
  hasRole(viewer.grants, ...wanted);
