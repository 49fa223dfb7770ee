import { calmConcerns } from './calmConcerns';
import { calmLocal } from './calmLocal';
import { calmPlain } from './calmPlain';
import { calmQuestions } from './calmQuestions';
import { calmSecondTalk } from './calmSecondTalk';
import { calmSecondVoice } from './calmSecondVoice';
import { calmTalk } from './calmTalk';

/** Everyday messages of all sorts, nothing alarming in them, one a line. */
export const calm: string = [
  calmConcerns,
  calmQuestions,
  calmTalk,
  calmLocal,
  calmPlain,
  calmSecondVoice,
  calmSecondTalk,
].join('\n');
