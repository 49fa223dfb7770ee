import type { ArticleFields } from '@alley-chief/shared/contract';
import {
  ancestorPaths,
  categories,
  categoryCodes,
  isWithin,
  type CategoryCode,
  type Role,
  type RoleGrant,
} from '@alley-chief/shared/domain';
import type { Viewer } from '../../http/viewer';
import type { Responsibility } from '../../routing/types';
import type { ArticleDoc } from './model';

const stations: Role[] = ['dispatcher', 'admin'];
const leaders: Role[] = ['gridLeader', 'gridSupervisor'];
const reviewers: Role[] = ['gridSupervisor', 'dispatcher', 'admin'];

/** Everywhere: only the station that answers for the whole installation writes or reviews that. */
const everywhere = '/';

const writerGrants = (viewer: Viewer): RoleGrant[] =>
  viewer.grants.filter((g) => [...stations, ...leaders, 'unitStaff'].includes(g.role));

const covers = (g: RoleGrant, region: string): boolean =>
  region === everywhere ? stations.includes(g.role) : isWithin(region, g.areaPath);

/** Categories the duty list gives a unit. */
const dutiesOf = (unitId: string | undefined, duties: readonly Responsibility[]): CategoryCode[] =>
  duties.flatMap((d) =>
    d.handler.role === 'unitStaff' && 'unitId' in d.handler && d.handler.unitId === unitId
      ? [d.category]
      : [],
  );

/**
 * Stations and leaders write for their ground; a unit writes about its own duties on its ground. A
 * category not chosen yet binds nobody.
 */
export const mayWrite = (
  viewer: Viewer,
  { region, category }: Pick<ArticleFields, 'region' | 'category'>,
  duties: readonly Responsibility[],
): boolean =>
  writerGrants(viewer).some(
    (g) =>
      covers(g, region) &&
      (g.role !== 'unitStaff' ||
        category === '' ||
        dutiesOf(g.unitId, duties).some((c) => c === category)),
  );

/** Stations and supervisors of the ground, never whoever wrote on it. */
export const mayReview = (viewer: Viewer, doc: Pick<ArticleDoc, 'fields' | 'editors'>): boolean =>
  !doc.editors.includes(viewer.personId) && mayTakeBack(viewer, doc.fields.region);

/** Taking a text out of use harms less than leaving a wrong one: reviewers may do it alone. */
export const mayTakeBack = (viewer: Viewer, region: string): boolean =>
  viewer.grants.some((g) => reviewers.includes(g.role) && covers(g, region));

/** What holds on one's ground, around it or everywhere may be read in the making. */
export const mayKnow = (viewer: Viewer, region: string): boolean =>
  writerGrants(viewer).some((g) => isWithin(region, g.areaPath) || isWithin(g.areaPath, region));

/** The same as a filter on the field that holds the path. */
export const knownTo = (viewer: Viewer, field: string): Record<string, unknown> => ({
  $or: writerGrants(viewer).flatMap((g) => [
    { [field]: { $gte: g.areaPath, $lt: `${g.areaPath}\uffff` } },
    { [field]: { $in: [everywhere, ...ancestorPaths(g.areaPath)] } },
  ]),
});

/** The ground a new article starts on. */
export const homeRegion = (viewer: Viewer): string => writerGrants(viewer)[0]?.areaPath ?? '';

/** What the viewer may choose, given the areas there are. */
export const choicesOf = (
  viewer: Viewer,
  areas: readonly { path: string; name: string; kind: string }[],
  duties: readonly Responsibility[],
): { regions: { path: string; name: string }[]; categories: { code: string; name: string }[] } => {
  const grants = writerGrants(viewer);
  // Alleys and grids have no policies of their own.
  const regions = areas
    .filter((a) => ['city', 'township', 'village', 'community'].includes(a.kind))
    .filter((a) => grants.some((g) => covers(g, a.path)))
    .map(({ path, name }) => ({ path, name }))
    .sort((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
  const bound = grants.every((g) => g.role === 'unitStaff');
  const codes = bound ? grants.flatMap((g) => dutiesOf(g.unitId, duties)) : categoryCodes;
  return {
    regions: grants.some((g) => stations.includes(g.role))
      ? [{ path: everywhere, name: '到处都管用' }, ...regions]
      : regions,
    categories: [...new Set(codes)].map((code) => ({ code, name: categories[code].name })),
  };
};
