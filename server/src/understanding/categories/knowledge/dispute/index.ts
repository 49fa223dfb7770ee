import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { boundary } from './boundary';
import { family } from './family';
import { money } from './money';
import { neighbour } from './neighbour';

/** How people speak about quarrels: with neighbours, at home, about ground, about money. */
export const dispute: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'dispute.neighbour': neighbour,
  'dispute.family': family,
  'dispute.boundary': boundary,
  'dispute.money': money,
};
