import { maskPapersIn } from '@alley-chief/shared/domain';
import { createReader, type Reader, type Speech } from './speech';

/** Longer messages are read up to here: what matters stands early, and a rule must not cost seconds. */
export const readLimit = 1000;

const unseen = (text: string): string =>
  text.replace(/\p{Surrogate}/gu, '').replace(/[\p{Cc}\p{Cf}]/gu, (c) => (c === '\n' ? '\n' : ''));

/**
 * The message as it may be shown and stored: full-width forms made ordinary, control and zero-width
 * characters and the numbers of papers and cards out, a character said more than twice in a row said
 * twice. Doing it again changes nothing.
 */
export const tidy = (text: string): string => {
  const ordinary = unseen(text.slice(0, readLimit * 2).replace(/[\t\r\f\v\u00a0\u3000]/g, ' '))
    .normalize('NFKC')
    // Some signs are only now spaces.
    .replace(/[^\S\n]/g, ' ')
    // Digits, also those read out, stand as often as they were said.
    .replace(/([^\d\s零〇一二三四五六七八九])\1{2,}/gu, '$1$1')
    .replace(/ {2,}/g, ' ')
    .trim();
  // Before it is cut: half a number would no longer be known for one.
  const cut = maskPapersIn(ordinary).slice(0, readLimit);
  return cut.replace(/[\ud800-\udbff]$/, '').trim();
};

/** Pictures, the names WeChat writes for its own, and faces drawn with signs. */
const faces =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\ufe0f\u20e3]|\[[\p{Script=Han}]{1,4}\]|\([\^>T;=·°oO][_.\-oω∀]?[\^<T;=·°oO]\)|(?<![A-Za-z])(?:QAQ|T_T|orz|Orz|\^_?\^)|[:;]-?[)(](?!\d)/gu;
/** What was said, for where faces have no place. */
export const withoutFaces = (text: string): string => text.replace(faces, '').trim();
const blank = (found: string): string => ' '.repeat(found.length);

/** 幺三八 and 一三八 as they are read out over the telephone; 两 and 十 count, they are no digits. */
const digitsRead = /[零〇一二三四五六七八九幺\d](?:[ -]?[零〇一二三四五六七八九幺\d]){6,}/gu;
const spoken = '零〇一二三四五六七八九幺';
const digits = '001234567891';

const dial: Reader = (text) =>
  text.replace(digitsRead, (run) =>
    run.replace(/[^\d -]/gu, (c) => digits.charAt(spoken.indexOf(c))),
  );

/**
 * Makes the form the rules read: exactly as long as what `tidy` gave, so offsets hold in both.
 * Traditional characters, dialect and slips are replaced, pictures become blanks, numbers read out
 * digit by digit become digits.
 * @param city what a city says besides
 * @throws SpeechError when the city's words are not of equal length
 */
export const createCanonical = (city?: Speech): Reader => {
  const read = createReader(city);
  return (tidied) => dial(read(tidied.replace(faces, blank)));
};

/** As everywhere: without a city's own words. */
export const canonical: Reader = createCanonical();
