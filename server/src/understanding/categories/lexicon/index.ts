import { environment } from './environment';
import { land } from './land';
import { people } from './people';
import { publicLife } from './public';
import { roads } from './roads';
import { safety } from './safety';
import type { Lexicon } from './types';
import { utilities } from './utilities';
import { welfare } from './welfare';

export type { Lexicon, Words } from './types';

/** Hand-written: how people here speak about every category. `other.unclear` has no words. */
export const lexicon: Lexicon = {
  ...safety,
  ...environment,
  ...roads,
  ...utilities,
  ...land,
  ...welfare,
  ...people,
  ...publicLife,
};
