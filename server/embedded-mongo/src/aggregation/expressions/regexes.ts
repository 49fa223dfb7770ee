import { isArray, makeDocument } from '../../bson/types';
import type { Document } from '../../bson/types';
import { compileRegex, isRegex, regexSource } from '../../query/regex';
import { typeName } from '../../query/types-operator';
import { isNullish, located } from '../scope';
import type { Operator, Operators } from './operator';
import { named } from './operator';

/** The regular expression of an operator's arguments, or null. Compiled ones are remembered. */
function expressionOf(regex: unknown, options: unknown, name: string): RegExp | null {
  if (!isNullish(options) && typeof options !== 'string')
    throw located(51106, `${name} needs 'options' to be of type string`);
  if (isNullish(regex)) return null;
  if (typeof regex !== 'string' && !isRegex(regex))
    throw located(51105, `${name} needs 'regex' to be of type string or regex`);
  const source = regexSource(regex, options);
  if (options && isRegex(regex) && regexSource(regex).options)
    throw located(
      51107,
      `${name}: found regex option(s) specified in both 'regex' and 'option' fields`,
    );
  for (const flag of source.options)
    if (!'imsxu'.includes(flag))
      throw located(51108, `${name} invalid flag in regex options: ${source.options}`);
  const key = `${source.options}/${source.pattern}`;
  let compiled = COMPILED.get(key);
  if (!compiled) {
    const plain = compileRegex(regex, options);
    // With `u`, so that characters beyond the basic plane are one character; not every pattern
    // that is valid without it is valid with it.
    try {
      compiled = new RegExp(plain.source, `${plain.flags}ug`);
    } catch {
      compiled = new RegExp(plain.source, `${plain.flags}g`);
    }
    if (COMPILED.size > 200) COMPILED.clear();
    COMPILED.set(key, compiled);
  }
  return compiled;
}
const COMPILED = new Map<string, RegExp>();

function regexOperator(answer: (text: string, regex: RegExp) => unknown, none: unknown): Operator {
  return named(
    {
      required: ['input', 'regex'],
      optional: ['options'],
      codes: { object: 51103, unknown: 31024, missing: { input: 31022, regex: 31023 } },
    },
    ({ input, regex, options }, name) => {
      if (!isNullish(input) && typeof input !== 'string')
        throw located(51104, `${name} needs 'input' to be of type string, not ${typeName(input)}`);
      const compiled = expressionOf(regex, options, name);
      if (isNullish(input) || !compiled) return isArray(none) ? [] : none;
      return answer(input, compiled);
    },
  );
}

/** A match as MongoDB gives it: its position counts characters, not UTF-16 units. */
function describe(text: string, match: RegExpMatchArray): Document {
  return makeDocument({
    match: match[0],
    idx: [...text.slice(0, match.index)].length,
    captures: match.slice(1).map((capture: string | undefined) => capture ?? null),
  });
}

const firstMatch = (text: string, regex: RegExp) => {
  regex.lastIndex = 0;
  return regex.exec(text);
};

export const REGEXES: Operators = {
  $regexMatch: regexOperator((text, regex) => firstMatch(text, regex) !== null, false),
  $regexFind: regexOperator((text, regex) => {
    const match = firstMatch(text, regex);
    return match && describe(text, match);
  }, null),
  $regexFindAll: regexOperator(
    (text, regex) => [...text.matchAll(regex)].map((match) => describe(text, match)),
    [],
  ),
};
