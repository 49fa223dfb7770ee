import { canonical } from '../language/normalise';
import { LearnerError, type Input, type Segment, type WordSource } from './types';

/** Words, characters, lead; each is brought to length one before they are put together. */
export const blockCount = 3;
export const blockWeights = [1, 1, 0.5] as const;
const [wordBlock, characterBlock, leadBlock] = [0, 1, 2];

/** What matters stands early; a novel must not cost seconds. */
const textLimit = 4000;
/** The first words say what it is about, at twice the usual say. */
const leadWords = 10;
const leadCharacters = 25;

export interface Reader {
  words: WordSource;
  segment?: Segment;
}

/**
 * Told every feature of a text.
 * @param start where it stands in the text, -1 when it comes from the title
 */
export type Emit = (block: number, hash: number, start: number, end: number) => void;

/** FNV-1a, a code unit at a time. */
const prime = 16777619;
const seeds = [2166136261, 0x9e3779b9, 0x51ab33c1].map((s) => s | 0);
const step = (hash: number, unit: number): number => Math.imul(hash ^ unit, prime);

const letter = /[\p{L}\p{N}]/u;
const isLetter = (point: number): boolean =>
  (point >= 0x4e00 && point <= 0x9fff) ||
  (point < 128
    ? (point >= 48 && point <= 57) || (point >= 97 && point <= 122) || (point >= 65 && point <= 90)
    : letter.test(String.fromCodePoint(point)));

/** Full-width forms made ordinary; as long as before, so that offsets hold. */
const fold = (text: string): string =>
  canonical(
    text
      .slice(0, textLimit)
      .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)),
  );

interface Word {
  text: string;
  start: number;
}

const wordsOf = (text: string, { words, segment }: Reader): Word[] => {
  if (words === 'none') return [];
  if (words === 'segmenter' && !segment) {
    throw new LearnerError('noSegmenter', 'the model was learnt with a segmenter');
  }
  const found: Word[] = [];
  let from = 0;
  for (const word of words === 'spaces' ? text.split(/\s+/) : segment!(text)) {
    if (!letter.test(word)) continue;
    const start = text.indexOf(word, from);
    if (start < 0) continue;
    found.push({ text: word, start });
    from = start + word.length;
  }
  return found;
};

/** Emits characters and pairs of neighbours; a space between segmented words parts no neighbours. */
const characters = (
  text: string,
  limit: number,
  spacesPart: boolean,
  block: number,
  emit: Emit,
): void => {
  const seed = seeds[block]!;
  let before = 0;
  let beforeAt = 0;
  let seen = 0;
  for (let i = 0; i < text.length && seen < limit;) {
    const point = text.codePointAt(i)!;
    const next = i + (point > 0xffff ? 2 : 1);
    if (isLetter(point)) {
      seen++;
      const one = step(seed, point);
      emit(block, one, i, next);
      if (before) emit(block, step(step(step(seed, 7), before), point), beforeAt, next);
      before = point;
      beforeAt = i;
    } else if (spacesPart || point !== 32) before = 0;
    i = next;
  }
};

const emitWord = ({ text, start }: Word, block: number, emit: Emit): void => {
  let hash = step(seeds[block]!, 11);
  for (let i = 0; i < text.length; i++) hash = step(hash, text.charCodeAt(i));
  emit(block, hash, start, start + text.length);
};

/** Takes a text apart: words, characters one and two at a time, and the lead once more. */
export const eachFeature = (input: Input, reader: Reader, emit: Emit): void => {
  const parts = reader.words !== 'spaces';
  const text = fold(input.text);
  const words = wordsOf(text, reader);
  for (const word of words) emitWord(word, wordBlock, emit);
  characters(text, Infinity, parts, characterBlock, emit);

  const title = fold(input.title ?? '');
  if (!letter.test(title)) {
    const end = words[leadWords];
    for (const word of words.slice(0, leadWords)) emitWord(word, leadBlock, emit);
    characters(
      end ? text.slice(0, end.start) : text,
      words.length > 0 ? Infinity : leadCharacters,
      parts,
      leadBlock,
      emit,
    );
    return;
  }
  const unplaced: Emit = (block, hash) => emit(block, hash, -1, -1);
  for (const word of wordsOf(title, reader)) {
    emitWord(word, wordBlock, unplaced);
    emitWord(word, leadBlock, unplaced);
  }
  characters(title, Infinity, parts, characterBlock, unplaced);
  characters(title, Infinity, parts, leadBlock, unplaced);
};
