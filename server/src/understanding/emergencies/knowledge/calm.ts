import { calmConcerns } from './calmConcerns';
import { calmLocal } from './calmLocal';
import { calmPlain } from './calmPlain';
import { calmQuestions } from './calmQuestions';
import { calmTalk } from './calmTalk';

/** Everyday messages of all sorts, nothing alarming in them, one a line. */
export const calm: string = [calmConcerns, calmQuestions, calmTalk, calmLocal, calmPlain].join(
  '\n',
);
