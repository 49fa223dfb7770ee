/** The ground, from the city down to the alley (微网格). */
export const areaKinds = ['city', 'township', 'village', 'community', 'grid', 'alley'] as const;
export type AreaKind = (typeof areaKinds)[number];

/**
 * True when `path` lies in `scope` (or is it). Paths start and end with `/`, one segment a level,
 * so a prefix match is exact: `/xc/a/` never covers `/xc/ab/`.
 */
export const isWithin = (path: string, scope: string): boolean => path.startsWith(scope);

/** `/xc/dj/sz/` -> [`/xc/`, `/xc/dj/`, `/xc/dj/sz/`], widest first. */
export const ancestorPaths = (path: string): string[] => {
  const parts = path.split('/').filter(Boolean);
  return parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}/`);
};

/** The path one level up, or undefined at the top. */
export const parentPath = (path: string): string | undefined => ancestorPaths(path).at(-2);
