import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { consumer } from './consumer';
import { price } from './price';
import { tourism } from './tourism';
import { vendor } from './vendor';

/** How people speak about buying, prices, trade, travel and lodging. */
export const market: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'market.consumer': consumer,
  'market.price': price,
  'market.vendor': vendor,
  'market.tourism': tourism,
};
