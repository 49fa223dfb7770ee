import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { light } from './light';
import { manhole } from './manhole';
import { obstruct } from './obstruct';
import { surface } from './surface';
import { transit } from './transit';
import { trees } from './trees';

/** How people speak about roads, street lamps, greenery and transport. */
export const roads: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'roads.light': light,
  'roads.surface': surface,
  'roads.manhole': manhole,
  'roads.obstruct': obstruct,
  'roads.transit': transit,
  'roads.trees': trees,
};
