import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { burning } from './burning';
import { garbage } from './garbage';
import { noise } from './noise';
import { pollution } from './pollution';
import { sewage } from './sewage';
import { toilet } from './toilet';

/** How people speak about refuse, drains, noise, smoke and pollution. */
export const environment: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'environment.garbage': garbage,
  'environment.sewage': sewage,
  'environment.noise': noise,
  'environment.burning': burning,
  'environment.toilet': toilet,
  'environment.pollution': pollution,
};
