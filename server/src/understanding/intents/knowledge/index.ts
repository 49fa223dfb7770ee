import type { Intent } from '../../types';
import { concernAsked } from './concernAsked';
import { concernLivelihood } from './concernLivelihood';
import { concernPlaces } from './concernPlaces';
import { dispute } from './dispute';
import { elderHelp } from './elderHelp';
import { followUp } from './followUp';
import { greeting } from './greeting';
import { person } from './person';
import { questionDuties } from './questionDuties';
import { questionRights } from './questionRights';
import { questionSpoken } from './questionSpoken';
import { secondWishes } from './secondVoice';
import { moreSecondWishes } from './secondVoiceMore';
import { servicePeople } from './servicePeople';
import { serviceSpoken } from './serviceSpoken';
import { serviceTrade } from './serviceTrade';
import { staffComplaint } from './staffComplaint';
import { suggestion } from './suggestion';
import { thanks } from './thanks';
import { unclear } from './unclear';
import { withdraw } from './withdraw';

/** By the second voice: `intent | text`, one a line. */
export const labelledWishes: string = secondWishes + moreSecondWishes;

/** Emergencies are a matter of rules, answers of what was asked last: neither is learnt. */
export type TrainedIntent = Exclude<Intent, 'emergency' | 'answer'>;

/**
 * What people say when they want something, one phrase a line, from which the text model learns
 * intents. All of it is written for this purpose in the speech of a Henan county: spoken runs
 * without punctuation, slips of dictation, short calls and polite letters. The same subjects
 * (lamps, allowances, insurance …) stand under many intents, so that it is what is wanted of
 * them that the model learns, not what is spoken of. Readers trim each line.
 */
export const intentPhrases: Record<TrainedIntent, string> = {
  concern: concernPlaces + concernLivelihood + concernAsked,
  question: questionRights + questionDuties + questionSpoken,
  service: servicePeople + serviceTrade + serviceSpoken,
  dispute,
  elderHelp,
  suggestion,
  staffComplaint,
  person,
  greeting,
  thanks,
  followUp,
  withdraw,
  unclear,
};
