import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { dogs } from './dogs';
import { fire } from './fire';
import { fraud } from './fraud';
import { hazard } from './hazard';
import { lift } from './lift';
import { order } from './order';
import { traffic } from './traffic';

/** How people speak about danger, public order, traffic, lifts, animals and fraud. */
export const safety: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'safety.fire': fire,
  'safety.hazard': hazard,
  'safety.order': order,
  'safety.traffic': traffic,
  'safety.lift': lift,
  'safety.dogs': dogs,
  'safety.fraud': fraud,
};
