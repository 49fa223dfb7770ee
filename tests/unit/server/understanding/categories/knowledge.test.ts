import { categoryCodes, isCategory } from '@alley-chief/shared/domain';
import { categoryKnowledge } from '../../../../../server/src/understanding/categories/knowledge';
import {
  linesOf,
  shippedExamples,
} from '../../../../../server/src/understanding/categories/knowledge/examples';
import * as cases from '../cases';
import { meant } from '../independent/read';

const entries = Object.entries(categoryKnowledge);
/** What says nothing has no neighbours and needs few examples. */
const matters = entries.filter(([code]) => code !== 'other.unclear');
/** What a letter to the government is at least long. */
const letter = 40;

const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
const pairsOf = (text: string): Set<string> => {
  const plain = bare(text);
  return new Set(
    Array.from({ length: Math.max(0, plain.length - 1) }, (_, i) => plain.slice(i, i + 2)),
  );
};
/** Share of pairs of characters that two sentences have in common. */
const alike = (a: Set<string>, b: Set<string>): number => {
  let both = 0;
  for (const pair of a) if (b.has(pair)) both++;
  return both / (a.size + b.size - both);
};

describe('what is known of the categories', () => {
  it('leaves no category out', () => {
    const known = entries.map(([code]) => code).sort();
    expect(known).toEqual([...categoryCodes].sort());
  });

  it.each(matters)('has at least 70 phrases, 25 of them letters, for %s', (_code, knowledge) => {
    const phrases = linesOf(knowledge.phrases);
    expect(phrases.length).toBeGreaterThanOrEqual(70);
    expect(phrases.filter((p) => p.length >= letter).length).toBeGreaterThanOrEqual(25);
    expect(knowledge.duties.length).toBeGreaterThan(0);
  });

  it.each(matters)('names for what is mistaken for %s another category', (code, knowledge) => {
    const near = linesOf(knowledge.near);
    expect(near.length).toBeGreaterThanOrEqual(10);
    for (const line of near) {
      const [label = '', text = ''] = line.split(' | ');
      expect(isCategory(label) && label !== code && text !== '' ? 'fine' : line).toBe('fine');
    }
  });

  it('teaches no sentence twice', () => {
    const all = entries.flatMap(([, knowledge]) => [
      ...linesOf(knowledge.phrases),
      ...linesOf(knowledge.near).map((line) => line.split(' | ')[1]),
    ]);
    expect(all.filter((line, i) => all.indexOf(line) !== i)).toEqual([]);
  });

  it('teaches nearly the same sentence under two categories nowhere', () => {
    const shelves = new Map<string, { text: string; label: string; pairs: Set<string> }[]>();
    const twice: string[] = [];
    for (const { text, label } of shippedExamples()) {
      const pairs = pairsOf(text);
      if (pairs.size < 6) continue;
      const row = { text, label, pairs };
      // Nearly the same sentences share their beginning or their end.
      for (const key of [bare(text).slice(0, 4), bare(text).slice(-4)]) {
        const shelf = shelves.get(key) ?? [];
        const other = shelf.find((o) => o.label !== label && alike(o.pairs, pairs) >= 0.8);
        if (other) twice.push(`${label}: ${text} / ${other.label}: ${other.text}`);
        shelf.push(row);
        shelves.set(key, shelf);
      }
    }
    expect(twice).toEqual([]);
  });

  it('teaches none of the sentences it is measured with', () => {
    const taught = new Set(shippedExamples().map((e) => bare(e.text)));
    const measured = [
      ...Object.values(cases).flatMap((rows) => rows.map((row) => String(row.at(0)))),
      ...(['messages', 'emergencies', 'calm'] as const).flatMap((f) => meant(f).map((m) => m.text)),
    ];
    // 你好 is said by everybody.
    expect(measured.filter((text) => text.length > 4 && taught.has(bare(text)))).toEqual([]);
  });
});
