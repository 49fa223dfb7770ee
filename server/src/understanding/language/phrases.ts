/**
 * A phrase book entry. Plain words are found as they stand; `~` bridges up to five characters of the
 * same clause; `(a|b)` and `[ab]` are alternatives as in a regular expression.
 */
export interface Phrase {
  find(text: string): { start: number; end: number } | undefined;
}

const special = /[~()|[\]?.{}\\^$*+]/;
/** What a gap may run over: no punctuation, so that two clauses are never read as one. */
const gap = '[^,，。!！?？;；\\n]{0,5}?';

/** @throws SyntaxError when the entry is not a valid expression: lexicons are checked at start. */
export const compile = (entry: string): Phrase => {
  if (!special.test(entry)) {
    return {
      find: (text) => {
        const start = text.indexOf(entry);
        return start < 0 ? undefined : { start, end: start + entry.length };
      },
    };
  }
  const pattern = new RegExp(entry.replace(/~\??/g, gap), 'u');
  return {
    find: (text) => {
      const hit = pattern.exec(text);
      return hit?.[0] ? { start: hit.index, end: hit.index + hit[0].length } : undefined;
    },
  };
};

/** Entries are written one after the other with spaces between: a phrase book stays readable. */
export const entriesOf = (list: string): string[] => list.split(/\s+/).filter(Boolean);

/** One expression out of a list of entries, for yes-or-no questions. */
export const anyOf = (list: string): RegExp =>
  new RegExp(entriesOf(list).join('|').replace(/~\??/g, gap), 'u');
