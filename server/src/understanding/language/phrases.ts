/**
 * A phrase book entry. Plain words are found as they stand; `~` bridges up to five characters of the
 * same clause; `(a|b)` and `[ab]` are alternatives as in a regular expression.
 */
export interface Phrase {
  /** False: it cannot be in a text with these characters. */
  mayBeIn(characters: Characters): boolean;
  find(text: string): { start: number; end: number } | undefined;
}

const special = /[~()|[\]?.{}\\^$*+]/;
/** What a gap may run over: no punctuation, so that two clauses are never read as one. */
const gap = '[^,，。!！?？;；\\n]{0,5}?';

/** @throws SyntaxError when the entry is not a valid expression: lexicons are checked at start. */
export const compile = (entry: string): Phrase => {
  if (!special.test(entry)) {
    return {
      mayBeIn: (characters) => characters.hold(entry),
      find: (text) => {
        const start = text.indexOf(entry);
        return start < 0 ? undefined : { start, end: start + entry.length };
      },
    };
  }
  const pattern = new RegExp(entry.replace(/~\??/g, gap), 'u');
  const demands = demandsOf(entry);
  return {
    mayBeIn: (characters) => {
      for (let d = 0; d < demands.length; d++) {
        const words = demands[d]!;
        let held = false;
        for (let w = 0; w < words.length && !held; w++) held = characters.hold(words[w]!);
        if (!held) return false;
      }
      return true;
    },
    find: (text) => {
      const hit = pattern.exec(text);
      return hit?.[0] ? { start: hit.index, end: hit.index + hit[0].length } : undefined;
    },
  };
};

/** Which characters a text has, for asking fast what cannot be in it. */
export class Characters {
  private readonly seen = new Uint8Array(0x10000);
  private last = '';

  of(text: string): this {
    for (let i = 0; i < this.last.length; i++) this.seen[this.last.charCodeAt(i)] = 0;
    for (let i = 0; i < text.length; i++) this.seen[text.charCodeAt(i)] = 1;
    this.last = text;
    return this;
  }

  /** Whether all characters of a word are among them, wherever. */
  hold(word: string): boolean {
    for (let i = 0; i < word.length; i++) if (this.seen[word.charCodeAt(i)] === 0) return false;
    return true;
  }
}

/**
 * Words an entry cannot do without: of each list one must be there. Thousands of expressions are
 * passed over by these before one is tried. What is not understood demands nothing.
 */
export const demandsOf = (entry: string): string[][] => {
  const demands: string[][] = [];
  let literal = '';
  const flush = () => {
    if (literal) demands.push([literal]);
    literal = '';
  };
  for (let i = 0; i < entry.length; i++) {
    const c = entry[i]!;
    const close = c === '(' ? closing(entry, i) : c === '[' ? entry.indexOf(']', i) : i;
    const optional = /[?*{]/.test(entry[close + 1] ?? '');
    if (c === '|') return [];
    if (c === '~') flush();
    else if (c === '(' || c === '[') {
      flush();
      const inside = entry.slice(i + 1, close);
      const alternatives = c === '(' ? inside.split('|') : [...inside];
      if (!optional && alternatives.every((a) => a && !special.test(a) && a !== '-')) {
        demands.push(alternatives);
      }
      i = close;
    } else if (c === '\\') {
      flush();
      i++;
    } else if (c === '{') {
      i = entry.indexOf('}', i);
    } else if (special.test(c)) flush();
    else if (optional) flush();
    else literal += c;
  }
  flush();
  return demands;
};

const closing = (entry: string, from: number): number => {
  let depth = 0;
  for (let i = from; i < entry.length; i++) {
    if (entry[i] === '(') depth++;
    if (entry[i] === ')' && --depth === 0) return i;
  }
  return entry.length;
};

/** Entries are written one after the other with spaces between: a phrase book stays readable. */
export const entriesOf = (list: string): string[] => list.split(/\s+/).filter(Boolean);

/** One expression out of a list of entries, for yes-or-no questions. */
export const anyOf = (list: string): RegExp =>
  new RegExp(entriesOf(list).join('|').replace(/~\??/g, gap), 'u');
