import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { certificate } from './certificate';
import { suggestion } from './suggestion';
import { unclear } from './unclear';

/** How people speak about papers and ideas, and what says nothing yet. */
export const other: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'other.certificate': certificate,
  'other.suggestion': suggestion,
  'other.unclear': unclear,
};
