import { calmConcerns } from './calmConcerns';
import { calmQuestions } from './calmQuestions';
import { calmTalk } from './calmTalk';

/** Everyday messages of all sorts, nothing alarming in them, one a line. */
export const calm: string = [calmConcerns, calmQuestions, calmTalk].join('\n');
