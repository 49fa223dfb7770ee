import { isWithin } from '@alley-chief/shared/domain';
import type { Article } from '../types';

/** A day as articles count them: `YYYY-MM-DD` in China, which has one time zone and no summer time. */
export const dayOf = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

export type Validity = 'valid' | 'notYet' | 'expired';

export const validityOf = (a: Pick<Article, 'validFrom' | 'validTo'>, today: string): Validity => {
  if (a.validFrom && today < a.validFrom) return 'notYet';
  return a.validTo && today > a.validTo ? 'expired' : 'valid';
};

/** Whether an article holds for somebody who lives in `areaPath`. */
export const holdsIn = (a: Pick<Article, 'region'>, areaPath: string | undefined): boolean =>
  a.region === '/' || (areaPath !== undefined && isWithin(areaPath, a.region));
