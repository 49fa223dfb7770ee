import { dialect } from './dialect';
import { slips } from './slips';
import { traditional } from './traditional';
import type { Speech } from './types';

export type { Speech } from './types';

/** What the language itself knows; a city adds its own. */
const common: readonly Speech[] = [{ characters: traditional }, dialect, slips];

/** Replaces without changing the length; see `Speech`. */
export type Reader = (text: string) => string;

/** Thrown when a city's words cannot be taken. `message` is plain Chinese, one line a fault. */
export class SpeechError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'SpeechError';
  }
}

interface Slip {
  from: string;
  to: string;
}

const wordsOf = (line: string): string[] => line.split(/\s+/).filter(Boolean);

/** What is wrong with a lexicon, each fault a sentence; none when it can be taken. */
export const faultsOf = ({ characters = [], slips: lines = [] }: Speech): string[] => [
  ...characters.flatMap(([from, to]) =>
    from.length === to.length
      ? []
      : [`“${from}”和“${to}”字数不一样（${from.length} 和 ${to.length}），要一个字对一个字`],
  ),
  ...lines.flatMap((line) => {
    const [right, ...wrong] = wordsOf(line);
    if (!right) return ['有一行是空的，先写对的词，再写听错、写错的'];
    if (right.length < 2) return [`“${right}”只有一个字，单个的字写在“characters”里`];
    return wrong
      .filter((w) => w.length !== right.length)
      .map((w) => `“${w}”和“${right}”字数不一样（${w.length} 和 ${right.length}），两边要一样长`);
  }),
];

/**
 * One reader out of what the language knows and what a city adds; a city's word wins.
 * @throws SpeechError when something in it is not of equal length
 */
export const createReader = (city: Speech = {}): Reader => {
  const faults = faultsOf(city);
  if (faults.length > 0) throw new SpeechError(faults);
  const books = [...common, city];
  const characters = new Map<string, string>();
  for (const { characters: tables = [] } of books) {
    for (const [from, to] of tables) {
      for (let i = 0; i < from.length; i++) characters.set(from.charAt(i), to.charAt(i));
    }
  }
  const bare: Reader = (text) => {
    let out = '';
    // By code unit on purpose: no character of the tables lies outside the basic plane.
    for (let i = 0; i < text.length; i++) {
      const c = text.charAt(i);
      const lower = c.toLowerCase();
      out += characters.get(c) ?? (lower.length === 1 ? lower : c);
    }
    return out;
  };

  const bySlip = new Map<string, string>();
  for (const { slips: lines = [] } of books) {
    for (const line of lines) {
      const [right = '', ...wrong] = wordsOf(line).map(bare);
      // 天然气 is right, although 然气 alone is a slip of 燃气.
      if (!bySlip.has(right)) bySlip.set(right, right);
      for (const w of wrong) bySlip.set(w, right);
    }
  }
  const shelves = new Map<string, Slip[]>();
  for (const [from, to] of bySlip) {
    const shelf = shelves.get(from.charAt(0)) ?? [];
    shelf.push({ from, to });
    shelves.set(from.charAt(0), shelf);
  }
  for (const shelf of shelves.values()) shelf.sort((a, b) => b.from.length - a.from.length);

  return (text) => {
    const plain = bare(text);
    let out = '';
    for (let i = 0; i < plain.length;) {
      const slip = shelves.get(plain.charAt(i))?.find((s) => plain.startsWith(s.from, i));
      out += slip?.to ?? plain.charAt(i);
      i += slip?.from.length ?? 1;
    }
    return out;
  };
};
