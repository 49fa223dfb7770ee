import { MongoError } from '../errors';
import { classEscape, escape, POSIX_CLASSES } from './pcre-escapes';

const invalid = (message: string) =>
  new MongoError(51091, 'Location51091', `Regular expression is invalid: ${message}`);

/** The options that change how a pattern reads; `i` is left to JS. */
interface Mode {
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly extended: boolean;
}

/** End of the text; JS's own anchors also know other line ends than `\n`. */
const AT_END = '(?![^])';
const BEFORE_LAST_NEWLINE = `(?=\\n?${AT_END})`;

/**
 * Translates a PCRE pattern to a JS one of the same meaning, to be compiled with the `u` flag:
 * code points instead of UTF-16 units, `.` and `$` by `\n` alone, `\s` and POSIX classes in ASCII.
 * @throws MongoError 51091 for what JS cannot do (atomic groups, recursion, possessive quantifiers,
 *   options for a part of the pattern): it is never taken for something else.
 */
export function translatePcre(pattern: string, mode: Mode): string {
  let out = '';
  let i = 0;
  while (i < pattern.length) {
    const char = pattern[i]!;
    switch (char) {
      case '\\': {
        const { text, length } = escape(pattern, i, invalid);
        out += text;
        i += length;
        continue;
      }
      case '[': {
        const { text, length } = bracket(pattern, i);
        out += text;
        i += length;
        continue;
      }
      case '(': {
        const { text, length } = group(pattern, i);
        out += text;
        i += length;
        continue;
      }
      case '.':
        out += mode.dotAll ? '[^]' : '[^\\n]';
        break;
      case '^':
        out += mode.multiline ? '(?<![^\\n])' : '^';
        break;
      case '$':
        out += mode.multiline ? '(?![^\\n])' : BEFORE_LAST_NEWLINE;
        break;
      case '*':
      case '+':
      case '?':
        refusePossessive(pattern, i + 1);
        out += char;
        break;
      case '{': {
        const counts = /^\{\d+(,\d*)?\}/.exec(pattern.slice(i))?.[0];
        if (counts) refusePossessive(pattern, i + counts.length);
        out += counts ?? '\\{';
        i += (counts?.length ?? 1) - 1;
        break;
      }
      case '}':
      case ']':
        out += `\\${char}`;
        break;
      case '#':
        if (!mode.extended) out += char;
        else while (i < pattern.length && pattern[i] !== '\n') i++;
        break;
      default:
        if (!mode.extended || !/\s/.test(char)) out += char;
    }
    i++;
  }
  return out;
}

function refusePossessive(pattern: string, at: number): void {
  if (pattern[at] === '+') throw invalid('possessive quantifiers are not supported');
}

/** The opening of a group, up to its content; a comment is left out as a whole. */
function group(pattern: string, at: number): { text: string; length: number } {
  const rest = pattern.slice(at);
  if (rest.startsWith('(*')) throw invalid('verbs are not supported');
  if (!rest.startsWith('(?')) return { text: '(', length: 1 };
  const plain = /^\(\?(?::|=|!|<=|<!)/.exec(rest);
  if (plain) return { text: plain[0], length: plain[0].length };
  const named = /^\(\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(rest);
  if (named) return { text: `(?<${named[1] ?? named[2]!}>`, length: named[0].length };
  const back = /^\(\?P=([A-Za-z_]\w*)\)/.exec(rest);
  if (back) return { text: `\\k<${back[1]!}>`, length: back[0].length };
  const comment = /^\(\?#[^)]*\)/.exec(rest);
  if (comment) return { text: '', length: comment[0].length };
  throw invalid(`'${rest.slice(0, 4)}' is not supported`);
}

/** A character class. */
function bracket(pattern: string, at: number): { text: string; length: number } {
  let i = at + 1;
  let text = '[';
  if (pattern[i] === '^') {
    text += '^';
    i++;
  }
  if (pattern[i] === ']') {
    text += '\\]';
    i++;
  }
  for (; i < pattern.length; i++) {
    const char = pattern[i]!;
    if (char === ']') return { text: `${text}]`, length: i + 1 - at };
    const posix = /^\[:(\^?)(\w+):\]/.exec(pattern.slice(i, i + 16));
    if (posix) {
      const content = posix[1] ? undefined : POSIX_CLASSES[posix[2]!];
      if (content === undefined) throw invalid(`'${posix[0]}' is not supported`);
      text += content;
      i += posix[0].length - 1;
    } else if (char === '\\') {
      const escaped = classEscape(pattern, i, invalid);
      text += escaped.text;
      i += escaped.length - 1;
    } else text += char === '[' ? '\\[' : char;
  }
  throw invalid('missing terminating ] for character class');
}
