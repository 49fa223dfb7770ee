/** Words for times, lengths and progress. Pure functions of (instant, now); no clock, no locale. */
export {
  clockTime,
  dateWords,
  dayDistance,
  dayWord,
  dueWords,
  epoch,
  missedDueWords,
  needsStamp,
  shortStamp,
  stamp,
  ticketTime,
  weekday,
} from './clock';
export type { Instant } from './clock';
export { clipLength, distanceWords, durationWords, timeLeft, waited, walkWords } from './duration';
export { progressOf, spokenDue, spokenStamp, spokenTime } from './elder';
export type { Progress } from './elder';
export { cardAloud } from './aloud';
