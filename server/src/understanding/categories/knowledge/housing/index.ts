import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { demolition } from './demolition';
import { estate } from './estate';
import { homestead } from './homestead';
import { illegal } from './illegal';
import { land } from './land';
import { purchase } from './purchase';
import { unsafe } from './unsafe';

/** How people speak about houses, building land, farmland, housing estates and property deeds. */
export const housing: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'housing.homestead': homestead,
  'housing.unsafe': unsafe,
  'housing.illegal': illegal,
  'housing.demolition': demolition,
  'housing.land': land,
  'housing.estate': estate,
  'housing.purchase': purchase,
};
