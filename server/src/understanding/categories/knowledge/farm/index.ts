import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { irrigation } from './irrigation';
import { pest } from './pest';
import { subsidy } from './subsidy';
import { supply } from './supply';

/** How people speak about farming: water, subsidies, pests and farm supplies. */
export const farm: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'farm.irrigation': irrigation,
  'farm.subsidy': subsidy,
  'farm.pest': pest,
  'farm.supply': supply,
};
