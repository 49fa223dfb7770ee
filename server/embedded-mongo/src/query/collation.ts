import { isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import { showDocument } from '../bson/show';
import { MongoError, badValue, typeMismatch, unknownField, unsupported } from '../errors';

/** Compares two strings by the rules of a language; 0 means equal to the query. */
export interface Collation {
  (a: string, b: string): number;
  /** What it was made from, to be sent to another thread. */
  readonly spec: Document;
}

const FIELDS: Readonly<Record<string, 'string' | 'boolean' | 'number'>> = {
  locale: 'string',
  caseLevel: 'boolean',
  caseFirst: 'string',
  strength: 'number',
  numericOrdering: 'boolean',
  alternate: 'string',
  maxVariable: 'string',
  normalization: 'boolean',
  backwards: 'boolean',
  version: 'string',
};

/** Making a collator takes longer than most queries; clients use few of them. */
const KNOWN = new Map<string, Collation>();
const MAX_KNOWN = 100;

/**
 * Reads the `collation` option of a command.
 * @returns undefined for the simple (binary) collation
 * @throws MongoError for malformed ones, BadValue for those ICU knows but JS cannot express.
 */
export function parseCollation(spec: unknown): Collation | undefined {
  if (spec === undefined || spec === null) return undefined;
  if (!isDocument(spec)) throw typeMismatch("BSON field 'collation' is the wrong type");
  if (!Object.keys(spec).length) return undefined;
  checkFields(spec);
  if (spec.locale === 'simple') {
    if (Object.keys(spec).length > 1)
      throw badValue(
        `If locale is simple, no other fields should be present in: ${showDocument(spec)}`,
      );
    return undefined;
  }
  const name = JSON.stringify(spec);
  let collation = KNOWN.get(name);
  if (!collation) {
    collation = makeCollation(spec);
    if (KNOWN.size >= MAX_KNOWN) KNOWN.clear();
    KNOWN.set(name, collation);
  }
  return collation;
}

function checkFields(spec: Document): void {
  for (const key of Object.keys(spec)) {
    const type = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
    if (!type) throw unknownField('collation', key);
    const fits = type === 'number' ? isNumber(spec[key]) : typeof spec[key] === type;
    if (!fits)
      throw typeMismatch(
        `BSON field 'collation.${key}' is the wrong type, expected type '${type}'`,
      );
  }
  if (spec.locale === undefined)
    throw new MongoError(
      40414,
      'Location40414',
      "BSON field 'collation.locale' is missing but a required field",
    );
}

function makeCollation(spec: Document): Collation {
  const options: Intl.CollatorOptions = {
    usage: 'sort',
    sensitivity: sensitivity(spec),
    caseFirst: choice(spec, 'caseFirst', { off: 'false', upper: 'upper', lower: 'lower' }),
    numeric: spec.numericOrdering === true,
    ignorePunctuation:
      choice(spec, 'alternate', { 'non-ignorable': 'no', shifted: 'yes' }) === 'yes',
  };
  if (spec.backwards === true) throw unsupported('the collation option backwards');
  if (options.ignorePunctuation && spec.maxVariable === 'space')
    throw unsupported("the collation option maxVariable: 'space'");
  const locale = String(spec.locale);
  if (locale.includes('@')) throw unsupported(`the collation locale '${locale}'`);
  const tag = locale.replaceAll('_', '-');
  if (!isLocale(tag)) throw badValue(`Field 'locale' is invalid in: ${showDocument(spec)}`);
  const { compare } = new Intl.Collator(tag, options);
  return Object.assign((a: string, b: string) => compare(a, b), { spec });
}

function isLocale(tag: string): boolean {
  try {
    return Intl.Collator.supportedLocalesOf([tag]).length === 1;
  } catch {
    return false;
  }
}

function choice<const T extends string>(
  spec: Document,
  name: string,
  choices: Record<string, T>,
): T {
  const values = Object.keys(choices);
  const given = (spec[name] ?? values[0]) as string;
  const chosen = Object.hasOwn(choices, given) ? choices[given] : undefined;
  if (!chosen)
    throw badValue(
      `Enumeration value '${given}' for field 'collation.${name}' is not a valid value.`,
    );
  return chosen;
}

function sensitivity(spec: Document): Intl.CollatorOptions['sensitivity'] {
  const strength = spec.strength === undefined ? 3 : toDouble(spec.strength);
  const byCase = spec.caseLevel === true;
  if (strength === 1) return byCase ? 'case' : 'base';
  if (strength === 2 && !byCase) return 'accent';
  if (strength === 3 && !byCase) return 'variant';
  if (![1, 2, 3, 4, 5].includes(strength))
    throw badValue(
      `Enumeration value '${strength}' for field 'collation.strength' is not a valid value.`,
    );
  throw unsupported(`the collation strength ${strength}${byCase ? ' with caseLevel' : ''}`);
}
