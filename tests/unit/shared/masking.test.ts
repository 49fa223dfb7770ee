import fc from 'fast-check';
import { maskPapersIn } from '@alley-chief/shared/domain';

describe('numbers of papers and cards in what people write', () => {
  it.each([
    ['an ID number', '身份证411681199001011234', '身份证411681********1234'],
    ['one that ends in x', '身份证41168119900101123x', '身份证411681********123x'],
    ['with blanks', '411681 1990 0101 1234', '411681 **** **** 1234'],
    ['full width', '４１１６８１１９９００１０１１２３Ｘ', '４１１６８１********１２３Ｘ'],
    ['read out', '四一一六八一一九九零零一零一一二三四', '四一一六八一********一二三四'],
    ['of the old kind', '身份证411681900101123', '身份证411681*****1123'],
    ['a bank card', '卡号6228480018888888888', '卡号622848*********8888'],
    ['a card in fours', '6228 4800 1888 8888 888', '6228 48** **** ***8 888'],
    ['beside a phone', '13800138000 411681199001011234', '13800138000 411681********1234'],
  ])('are masked: %s', (_what, said, shown) => {
    expect(maskPapersIn(said)).toBe(shown);
  });

  it.each([
    ['a phone', '电话13800138000'],
    ['a phone with blanks', '138 0013 8000'],
    ['two phones', '13800138000 13900139000'],
    ['a phone and a line at home', '13800138000 4221234'],
    ['years', '2023 2024 2025 2026'],
    ['a meter number', '户号 1000222333'],
    ['a number too long for a card', '单号202611270000000012345'],
    ['counting', '一二三四五六七八九'],
  ])('leave alone %s', (_what, said) => {
    expect(maskPapersIn(said)).toBe(said);
  });

  it('keep the length of what was said, and are not masked twice', () => {
    const near = fc.array(fc.constantFrom('4', '1', '6', ' ', '-', 'x', '四', '１', '路'), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          near.map((c) => c.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          const once = maskPapersIn(text);
          expect(once).toHaveLength(text.length);
          expect(maskPapersIn(once)).toBe(once);
        },
      ),
      { numRuns: 500 },
    );
  });
});
