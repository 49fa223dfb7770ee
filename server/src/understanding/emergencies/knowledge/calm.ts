import { calmConcerns } from './calmConcerns';
import { calmLocal } from './calmLocal';
import { calmQuestions } from './calmQuestions';
import { calmTalk } from './calmTalk';

/** Everyday messages of all sorts, nothing alarming in them, one a line. */
export const calm: string = [calmConcerns, calmQuestions, calmTalk, calmLocal].join('\n');
