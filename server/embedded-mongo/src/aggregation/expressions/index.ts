import { unsupported } from '../../errors';
import { ACCUMULATING } from './accumulating';
import { ARITHMETIC } from './arithmetic';
import { ARRAYS } from './arrays';
import { CONVERSIONS } from './convert';
import { DATES } from './dates';
import { DATE_ARITHMETIC } from './date-arithmetic';
import { FUNCTIONS } from './functions';
import { ITERATION } from './iteration';
import { LOGIC } from './logic';
import { OBJECTS } from './objects';
import type { Operator, Operators } from './operator';
import { REGEXES } from './regexes';
import { ROUNDING } from './rounding';
import { SETS } from './sets';
import { STRINGS } from './strings';
import { TIMESTAMPS } from './timestamps';

/** MongoDB knows these; they are refused by name rather than called unrecognized. */
const REFUSED = ['$function', '$accumulator', '$meta', '$toHashedIndexKey'];

const refuse: Operator = (_argument, _compiler, name) => {
  throw unsupported(name);
};

const ALL: readonly Operators[] = [
  ARITHMETIC,
  FUNCTIONS,
  ROUNDING,
  LOGIC,
  CONVERSIONS,
  ARRAYS,
  ITERATION,
  SETS,
  OBJECTS,
  STRINGS,
  REGEXES,
  DATES,
  DATE_ARITHMETIC,
  TIMESTAMPS,
  ACCUMULATING,
  Object.fromEntries(REFUSED.map((name) => [name, refuse])),
];

/** Every expression operator by name. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  ALL.flatMap((operators) => Object.entries(operators)),
);
