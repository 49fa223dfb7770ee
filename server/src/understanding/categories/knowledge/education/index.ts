import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CategoryKnowledge } from '../types';
import { culture } from './culture';
import { entry } from './entry';
import { school } from './school';
import { tutor } from './tutor';

/** How people speak about school, training, culture and sports. */
export const education: Partial<Record<CategoryCode, CategoryKnowledge>> = {
  'education.entry': entry,
  'education.school': school,
  'education.tutor': tutor,
  'education.culture': culture,
};
