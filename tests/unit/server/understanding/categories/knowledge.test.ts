import { categoryCodes, groupOf, isCategory } from '@alley-chief/shared/domain';
import { dispute } from '../../../../../server/src/understanding/categories/knowledge/dispute';
import { education } from '../../../../../server/src/understanding/categories/knowledge/education';
import { elder } from '../../../../../server/src/understanding/categories/knowledge/elder';
import { health } from '../../../../../server/src/understanding/categories/knowledge/health';
import { labour } from '../../../../../server/src/understanding/categories/knowledge/labour';
import { market } from '../../../../../server/src/understanding/categories/knowledge/market';
import { other } from '../../../../../server/src/understanding/categories/knowledge/other';
import { security } from '../../../../../server/src/understanding/categories/knowledge/security';
import { style } from '../../../../../server/src/understanding/categories/knowledge/style';
import type { CategoryKnowledge } from '../../../../../server/src/understanding/categories/knowledge/types';

const groups = { dispute, education, elder, health, labour, market, other, security, style };

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const entries: [string, CategoryKnowledge][] = Object.values(groups).flatMap((group) =>
  Object.entries(group),
);
/** What says nothing has no neighbours and needs few examples. */
const matters = entries.filter(([code]) => code !== 'other.unclear');
/** What a letter to the government is at least long. */
const letter = 40;

describe('what is known of the categories', () => {
  it('leaves no category of a group out', () => {
    const known = entries.map(([code]) => code).sort();
    expect(known).toEqual(categoryCodes.filter((code) => groupOf(code) in groups).sort());
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
});
