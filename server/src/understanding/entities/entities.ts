import type { Entities, Knowledge } from '../types';
import { readAmounts } from './money';
import { createPeopleReader } from './people';
import { readPhones } from './phones';
import { createPlaceReader } from './places';
import { readTimes } from './time/times';

/** What must be known besides the words. */
export interface Circumstances {
  now: Date;
  /** Path of the alley the reporter lives in. */
  areaPath?: string;
}

/** Reads places, times, numbers and people; `text` as written, `plain` its canonical form. */
export type EntityReader = (text: string, plain: string, around: Circumstances) => Entities;

/**
 * Built once from the names of the ground and of those who serve.
 * @param read makes names canonical, as the text is
 */
export const createEntityReader = (
  knowledge: Knowledge,
  read: (name: string) => string,
): EntityReader => {
  const placesIn = createPlaceReader(knowledge, read);
  const peopleIn = createPeopleReader(knowledge, read);
  return (text, plain, { now, areaPath }) => ({
    places: placesIn(text, plain, areaPath),
    times: readTimes(text, plain, now),
    phones: readPhones(plain),
    amounts: readAmounts(text, plain),
    people: peopleIn(text, plain, areaPath),
  });
};
