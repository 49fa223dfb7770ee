import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { birth } from './birth';
import { clinic } from './clinic';
import { epidemic } from './epidemic';
import { food } from './food';
import { insurance } from './insurance';

/** How people speak about medical insurance, care, epidemics, births and food. */
export const health: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'health.insurance': insurance,
  'health.clinic': clinic,
  'health.epidemic': epidemic,
  'health.birth': birth,
  'health.food': food,
};
