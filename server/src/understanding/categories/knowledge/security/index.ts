import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { allowance } from './allowance';
import { disabled } from './disabled';
import { pension } from './pension';
import { senior } from './senior';
import { veteran } from './veteran';

/** How people speak about relief, pensions and what the old, disabled and veterans are due. */
export const security: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'security.allowance': allowance,
  'security.pension': pension,
  'security.senior': senior,
  'security.disabled': disabled,
  'security.veteran': veteran,
};
