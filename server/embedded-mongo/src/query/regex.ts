import type { BSONRegExp } from 'bson';
import { bsonType } from '../bson/types';
import { MongoError, badValue } from '../errors';
import { translatePcre } from './pcre';

/** True for a regular expression as decoded from BSON (or a JS one). */
export const isRegex = (value: unknown): boolean =>
  value instanceof RegExp || bsonType(value) === 'BSONRegExp';

/**
 * Pattern and options of `{$regex}` or of a literal regular expression.
 * @throws 51075 when options stand in both places, 51108 for unknown ones, BadValue.
 */
export function regexSource(
  value: unknown,
  options?: unknown,
): { pattern: string; options: string } {
  let pattern: string;
  let flags = '';
  if (value instanceof RegExp) [pattern, flags] = [value.source, value.flags];
  else if (isRegex(value))
    [pattern, flags] = [(value as BSONRegExp).pattern, (value as BSONRegExp).options];
  else if (typeof value === 'string') pattern = value;
  else throw badValue('$regex has to be a string');
  if (options !== undefined && options !== null) {
    if (typeof options !== 'string') throw badValue('$options has to be a string');
    if (flags && options)
      throw new MongoError(51075, 'Location51075', 'options set in both $regex and $options');
    flags ||= options;
  }
  return { pattern, options: flags };
}

/**
 * A JS regular expression of the same meaning as the PCRE one.
 * @throws MongoError 51091 for patterns JS cannot express.
 */
export function compileRegex(value: unknown, options?: unknown): RegExp {
  // Made here before (aggregation hands them around).
  if (value instanceof RegExp && value.flags.includes('u') && options === undefined) return value;
  const source = regexSource(value, options);
  let { pattern, options: flags } = source;
  for (let inline; (inline = /^\(\?([imsx]+)\)/.exec(pattern));) {
    flags += inline[1];
    pattern = pattern.slice(inline[0].length);
  }
  for (const flag of flags)
    if (!'imsxu'.includes(flag))
      throw new MongoError(51108, 'Location51108', `invalid flag in regex options: ${flag}`);
  const translated = translatePcre(pattern, {
    multiline: flags.includes('m'),
    dotAll: flags.includes('s'),
    extended: flags.includes('x'),
  });
  try {
    return new RegExp(translated, flags.includes('i') ? 'iu' : 'u');
  } catch (error) {
    const reason = (error as Error).message.replace(/^.*\/[a-z]*: /s, '');
    throw new MongoError(51091, 'Location51091', `Regular expression is invalid: ${reason}`);
  }
}

/**
 * The literal prefix of an anchored, case-sensitive pattern (`^ab/c` -> `ab/c`), or undefined.
 * Every matching string starts with it, so an index range can replace a scan.
 */
export function regexPrefix(value: unknown, options?: unknown): string | undefined {
  const source = regexSource(value, options);
  if (!source.pattern.startsWith('^') || /[imx]/.test(source.options)) return undefined;
  const { pattern } = source;
  let prefix = '';
  let i = 1;
  for (; i < pattern.length; i++) {
    const char = pattern[i]!;
    if (char === '\\') {
      const escaped = pattern[i + 1];
      if (escaped === undefined || /[a-zA-Z0-9]/.test(escaped)) break;
      prefix += escaped;
      i++;
    } else if ('.*+?()[]{}|^$'.includes(char)) break;
    else prefix += char;
  }
  // A quantifier takes the last character back; an alternative may start differently.
  if (i < pattern.length && '*?{'.includes(pattern[i]!)) prefix = prefix.slice(0, -1);
  if (hasAlternative(pattern)) return undefined;
  return prefix || undefined;
}

function hasAlternative(pattern: string): boolean {
  return /(^|[^\\])(\\\\)*\|/.test(pattern);
}
