import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { gas } from './gas';
import { heating } from './heating';
import { network } from './network';
import { power } from './power';
import { water } from './water';

/** How people speak about water, power, gas, heating and communications. */
export const utilities: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'utilities.water': water,
  'utilities.power': power,
  'utilities.gas': gas,
  'utilities.heating': heating,
  'utilities.network': network,
};
