import type { BSONRegExp } from 'bson';
import { bsonType } from '../bson/types';
import { MongoError } from '../errors';

/** True for a regular expression as decoded from BSON (or a JS one). */
export const isRegex = (value: unknown): boolean =>
  value instanceof RegExp || bsonType(value) === 'BSONRegExp';

const invalid = (message: string) => new MongoError(51091, 'Location51091', message);

/** Pattern and options of `{$regex}` or of a literal regular expression. */
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
  else throw invalid('$regex has to be a string');
  return { pattern, options: typeof options === 'string' ? options : flags };
}

/** A JS regular expression with the same meaning as the PCRE one, as far as JS knows it. */
export function compileRegex(value: unknown, options?: unknown): RegExp {
  const source = regexSource(value, options);
  let { pattern } = source;
  let flags = source.options;
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  if (inline) {
    flags += inline[1];
    pattern = pattern.slice(inline[0].length);
  }
  for (const flag of flags)
    if (!'imsxugl'.includes(flag)) throw invalid(`invalid flag in regex options: ${flag}`);
  if (flags.includes('x')) pattern = pattern.replace(/\\.|\s+|#.*$/gm, keepEscapes);
  const js = ['i', 'm', 's'].filter((flag) => flags.includes(flag)).join('');
  try {
    return new RegExp(pattern, js);
  } catch (error) {
    throw invalid(`Regular expression is invalid: ${(error as Error).message}`);
  }
}

const keepEscapes = (text: string) => (text.startsWith('\\') ? text : '');

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
