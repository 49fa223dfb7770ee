type Refuse = (message: string) => Error;
interface Translated {
  readonly text: string;
  /** Characters of the pattern it stands for. */
  readonly length: number;
}

const SPACE = '\\t\\n\\v\\f\\r ';
const NOT_SPACE = '\\0-\\x08\\x0e-\\x1f!-\\u{10ffff}';
const HORIZONTAL = '\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000';
const VERTICAL = '\\n\\v\\f\\r\\x85\\u2028\\u2029';

/** Content of POSIX classes such as `[:alpha:]`, to stand within a class. */
export const POSIX_CLASSES: Readonly<Record<string, string | undefined>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: SPACE,
  blank: '\\t ',
  punct: '!-\\/:-@\\[-`\\{-~',
  xdigit: '0-9a-fA-F',
  word: '\\w',
  cntrl: '\\0-\\x1f\\x7f',
  print: ' -~',
  graph: '!-~',
};

/** Escapes with the same meaning within and outside of a class. */
const CHARACTERS: Readonly<Record<string, string | undefined>> = {
  n: '\\n',
  r: '\\r',
  t: '\\t',
  f: '\\f',
  e: '\\x1b',
  a: '\\x07',
  d: '\\d',
  D: '\\D',
  w: '\\w',
  W: '\\W',
};

const OUTSIDE: Readonly<Record<string, string | undefined>> = {
  s: `[${SPACE}]`,
  S: `[^${SPACE}]`,
  h: `[${HORIZONTAL}]`,
  H: `[^${HORIZONTAL}]`,
  v: `[${VERTICAL}]`,
  V: `[^${VERTICAL}]`,
  R: `(?:\\r\\n|[${VERTICAL}])`,
  N: '[^\\n]',
  A: '(?<![^])',
  z: '(?![^])',
  Z: '(?=\\n?(?![^]))',
  b: '\\b',
  B: '\\B',
};

const INSIDE: Readonly<Record<string, string | undefined>> = {
  s: SPACE,
  S: NOT_SPACE,
  h: HORIZONTAL,
  v: VERTICAL,
  b: '\\x08',
};

/** What `\` at a place outside of classes means. @throws the error of `refuse` for unknown ones */
export function escape(pattern: string, at: number, refuse: Refuse): Translated {
  const rest = pattern.slice(at + 1);
  if (rest[0] === 'Q') {
    const end = rest.indexOf('\\E', 1);
    const literal = rest.slice(1, end < 0 ? undefined : end);
    return { text: quote(literal), length: end < 0 ? rest.length + 1 : end + 3 };
  }
  if (rest[0] === 'E') return { text: '', length: 2 };
  const reference =
    /^(?:g\{?([1-9]\d*)\}?|([1-9]))(?!\d)/.exec(rest) ??
    /^k(?:<(\w+)>|\{(\w+)\}|'(\w+)')/.exec(rest);
  if (reference) {
    const name = reference[1] ?? reference[2] ?? reference[3]!;
    const text = rest[0] === 'k' ? `\\k<${name}>` : `(?:\\${name})`;
    return { text, length: reference[0].length + 1 };
  }
  const own = OUTSIDE[rest[0] ?? ''];
  return own === undefined ? common(rest, refuse) : { text: own, length: 2 };
}

/** What `\` within a class means. */
export function classEscape(pattern: string, at: number, refuse: Refuse): Translated {
  const rest = pattern.slice(at + 1);
  const own = INSIDE[rest[0] ?? ''];
  return own === undefined ? common(rest, refuse) : { text: own, length: 2 };
}

function common(rest: string, refuse: Refuse): Translated {
  const char = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  if (!rest) throw refuse('\\ at end of pattern');
  const known = CHARACTERS[char];
  if (known !== undefined) return { text: known, length: 2 };
  const code = /^(?:x\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|0([0-7]{0,2}))/.exec(rest);
  if (code) {
    const hex = code[1] ?? code[2] ?? parseInt(code[3] || '0', 8).toString(16);
    return { text: `\\u{${hex}}`, length: code[0].length + 1 };
  }
  const property = /^([pP])(?:\{(\^?)([A-Za-z_&]+)\}|([A-Z]))/.exec(rest);
  if (property) {
    const name = property[3] ?? property[4]!;
    const positive = (property[1] === 'p') !== (property[2] === '^');
    const value = name.length <= 2 ? name : `Script=${name}`;
    return { text: `\\${positive ? 'p' : 'P'}{${value}}`, length: property[0].length + 1 };
  }
  if (/[A-Za-z0-9]/.test(char)) throw refuse(`\\${char} is not supported`);
  return { text: quote(char), length: char.length + 1 };
}

/** Text that stands for itself, also within a class. */
const quote = (text: string) => text.replace(/[\^$\\.*+?()[\]{}|/-]/g, escapeOne);

const escapeOne = (char: string) => (char === '-' ? '\\x2d' : `\\${char}`);
