import { createSegmenter } from '../../../../../server/src/understanding/language/words';

describe('cutting into words', () => {
  it('loses no character', () => {
    const text = '俺家门口路灯坏了3天了，咋没人修？';
    expect(createSegmenter().cut(text).join('')).toBe(text);
  });

  it('keeps the names of the city whole, whenever it learns them', () => {
    const early = createSegmenter();
    early.know(['榆树里东头胡同']);
    const late = createSegmenter();
    expect(late.cut('榆树里东头胡同停电了')).not.toContain('榆树里东头胡同');
    late.know(['榆树里东头胡同']);
    for (const s of [early, late]) expect(s.cut('榆树里东头胡同停电了')[0]).toBe('榆树里东头胡同');
  });

  it('offers the words inside a long word to a search', () => {
    expect(createSegmenter().cutForSearch('养老保险')).toEqual(
      expect.arrayContaining(['养老', '保险', '养老保险']),
    );
  });
});
