import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { finance } from './finance';
import { staff } from './staff';

/** How people speak about those in office and the village's money. */
export const style: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'style.staff': staff,
  'style.finance': finance,
};
