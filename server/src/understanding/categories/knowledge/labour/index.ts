import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { contract } from './contract';
import { injury } from './injury';
import { jobs } from './jobs';
import { wages } from './wages';

/** How people speak about work: its pay, its terms, its injuries, and finding it. */
export const labour: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'labour.wages': wages,
  'labour.jobs': jobs,
  'labour.injury': injury,
  'labour.contract': contract,
};
