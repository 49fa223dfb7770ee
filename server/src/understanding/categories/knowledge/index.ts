import type { CategoryCode } from '@alley-chief/shared/domain';
import { dispute } from './dispute';
import { education } from './education';
import { elder } from './elder';
import { environment } from './environment';
import { farm } from './farm';
import { health } from './health';
import { housing } from './housing';
import { labour } from './labour';
import { market } from './market';
import { other } from './other';
import { roads } from './roads';
import { safety } from './safety';
import { security } from './security';
import { style } from './style';
import type { CategoryKnowledge } from './types';
import { utilities } from './utilities';

export type { CategoryKnowledge } from './types';

/** What the product knows of every category before anybody has taught it anything. */
export const categoryKnowledge: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  ...safety,
  ...environment,
  ...roads,
  ...utilities,
  ...housing,
  ...farm,
  ...security,
  ...health,
  ...education,
  ...dispute,
  ...market,
  ...labour,
  ...elder,
  ...style,
  ...other,
};
