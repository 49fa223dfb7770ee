import { lexicon } from '../../../../../server/src/understanding/categories/lexicon';
import { shippedExamples } from '../../../../../server/src/understanding/categories/knowledge/examples';
import {
  Characters,
  compile,
  demandsOf,
  entriesOf,
} from '../../../../../server/src/understanding/language/phrases';

const find = (entry: string, text: string) => compile(entry).find(text);

describe('a phrase book entry', () => {
  it('is found as it stands, or over a gap within its clause', () => {
    expect(find('路灯', '门口路灯坏了')).toEqual({ start: 2, end: 4 });
    expect(find('水~停', '水又给停了')).toBeDefined();
    expect(find('水~停', '水，又停了')).toBeUndefined();
  });

  it.each([
    ['路灯~(坏|灭)', [['路灯'], ['坏', '灭']]],
    ['没灯?的', [['没'], ['的']]],
    ['(在)?家[里外]', [['家'], ['里', '外']]],
    ['停水|停电', []],
    ['电(?!话)线', [['电'], ['线']]],
    ['一.{0,3}口', [['一'], ['口']]],
  ])('knows what it cannot do without: %s', (entry, demands) => {
    expect(demandsOf(entry)).toEqual(demands);
  });

  it('is never passed over where it would have been found', () => {
    const characters = new Characters();
    const phrases = Object.values(lexicon).flatMap((words) =>
      entriesOf(Object.values(words).join(' ')).map((entry) => ({ entry, phrase: compile(entry) })),
    );
    const wrong: string[] = [];
    for (const { text } of shippedExamples().filter((_, i) => i % 40 === 0)) {
      characters.of(text);
      for (const { entry, phrase } of phrases) {
        if (!phrase.mayBeIn(characters) && phrase.find(text)) wrong.push(`${entry}: ${text}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
