import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { care } from './care';
import { left } from './left';
import { meals } from './meals';

/** How people speak about the care of the old and of children left behind. */
export const elder: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'elder.care': care,
  'elder.meals': meals,
  'elder.left': left,
};
