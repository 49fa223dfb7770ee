import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { consumer } from './consumer';
import { delivery } from './delivery';
import { price } from './price';
import { tourism } from './tourism';
import { vendor } from './vendor';

/** How people speak about buying, prices, trade, parcels, travel and lodging. */
export const market: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'market.consumer': consumer,
  'market.price': price,
  'market.vendor': vendor,
  'market.delivery': delivery,
  'market.tourism': tourism,
};
