export { familyOf, likenessOf, longestApart, repeats } from './likeness';
export type { Likeness, Report } from './types';
