import { groupOf, type CategoryCode } from '@alley-chief/shared/domain';

/** A run of the message, by offsets into it. */
export interface Segment {
  start: number;
  end: number;
}

/** What a run speaks for by itself. */
export interface Topic {
  key: string;
  category?: CategoryCode;
  /** 0..1 */
  strength: number;
}

type Boundary = 'connector' | 'sentence' | 'comma';
interface Atom extends Segment {
  before: Boundary;
}

const connector =
  /(?:另外|顺便|还有(?=[^没人多几吗一]|一(?:个|件)事|个)|再一个|再就是|再者|对了|还想问|还想说|再问|第二个?事|二来|还有一?(?:个|件)事)/u;
const boundaries = new RegExp(
  `(?<c>[,，、。 ]?${connector.source})|(?<s>[。！!？?；;\\n]+)|(?<k>[,，])`,
  'gu',
);
/** A clause that begins a second matter without a connector says so with one of these. */
const also = /也|还|又|再/u;
/** These are told at length: their parts are not matters of their own. */
const stories = new Set(['dispute', 'style', 'elder']);
const most = 5;

const atomsOf = (text: string): Atom[] => {
  const atoms: Atom[] = [];
  let start = 0;
  let before: Boundary = 'comma';
  for (const m of text.matchAll(boundaries)) {
    if (m.index > start) atoms.push({ start, end: m.index, before });
    // The connector itself stays with what it opens, so that no word is lost.
    start = m.groups?.c ? m.index : m.index + m[0].length;
    before = m.groups?.c ? 'connector' : m.groups?.s ? 'sentence' : 'comma';
  }
  if (start < text.length) atoms.push({ start, end: text.length, before });
  return atoms.filter((a) => text.slice(a.start, a.end).trim() !== '');
};

const areDifferent = (a: Topic, b: Topic, boundary: Boundary, text: string): boolean => {
  if (a.key === b.key) return false;
  if (boundary === 'connector') return true;
  const group = (t: Topic) => (t.category ? groupOf(t.category) : t.key);
  if (group(a) === group(b) || stories.has(group(a)) || stories.has(group(b))) return false;
  const least = boundary === 'sentence' ? 0.75 : 0.9;
  if (a.strength < least || b.strength < least) return false;
  return boundary === 'sentence' || also.test(text);
};

/**
 * Cuts a canonical message into its matters. Only where both sides speak for something of their own;
 * what speaks for nothing stays with its neighbour. Never empty for a text with letters in it.
 */
export const splitMatters = (
  text: string,
  topicOf: (part: string) => Topic | undefined,
): Segment[] => {
  const atoms = atomsOf(text);
  // What cannot be cut need not be asked about.
  if (atoms.length === 1) return [{ start: atoms[0]!.start, end: atoms[0]!.end }];
  const groups: (Segment & { topic?: Topic })[] = [];
  for (const atom of atoms) {
    const part = text.slice(atom.start, atom.end);
    const topic = topicOf(part);
    const current = groups.at(-1);
    const apart =
      !!current?.topic && !!topic && areDifferent(current.topic, topic, atom.before, part);
    if (current && (!apart || groups.length >= most)) {
      current.end = atom.end;
      if (!current.topic || (topic && topic.strength > current.topic.strength)) {
        current.topic = topic ?? current.topic;
      }
    } else groups.push({ start: atom.start, end: atom.end, ...(topic ? { topic } : {}) });
  }
  return groups.map(({ start, end }) => ({ start, end }));
};
