import fc from 'fast-check';
import {
  canonical,
  createCanonical,
  tidy,
} from '../../../../../server/src/understanding/language/normalise';
import { faultsOf, SpeechError } from '../../../../../server/src/understanding/language/speech';
import { dialect } from '../../../../../server/src/understanding/language/speech/dialect';
import { slips } from '../../../../../server/src/understanding/language/speech/slips';
import { traditional } from '../../../../../server/src/understanding/language/speech/traditional';
import { first } from '../understand';

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        '路登',
        '俺',
        '😀',
        '[微笑]',
        '一三八',
        '１３８',
        ' ',
        '垃圾',
        '燈',
        'A',
        '哈',
      ),
      {
        maxLength: 60,
      },
    )
    .map((parts) => parts.join('')),
);

describe('tidying', () => {
  it.each([
    ['full width', '１２号　路灯，坏了！', '12号 路灯,坏了!'],
    ['blanks and zero width', ' 路\u200b灯\ufeff  坏了\t', '路灯 坏了'],
    ['what is said again and again', '哈哈哈哈哈路灯坏了！！！！', '哈哈路灯坏了!!'],
    ['numbers as they are', '户号 1000222', '户号 1000222'],
    ['pictures as they are', '路灯坏了😭', '路灯坏了😭'],
  ])('%s', (_what, said, tidied) => {
    expect(tidy(said)).toBe(tidied);
  });

  it('changes nothing the second time, whatever is sent', () => {
    fc.assert(
      fc.property(anything, (text) => tidy(tidy(text)) === tidy(text)),
      { numRuns: 500 },
    );
  });

  it('never cuts a number of a paper in half and shows it', () => {
    const said = `${'好'.repeat(1)}${'路灯坏了'.repeat(247)}身份证411681199001011234`;
    expect(tidy(said)).not.toMatch(/\d{7}/);
  });
});

describe('the form the rules read', () => {
  it.each([
    ['俺家咋木有電', '我家怎没有电'],
    ['門口路燈壞了', '门口路灯坏了'],
    ['垃圾沒人清運，臭氣熏天', '垃圾没人清运，臭气熏天'],
    ['恁那路登修了冇', '你那路灯修了没'],
    ['拉圾桶旁边节杆堆着', '垃圾桶旁边秸秆堆着'],
    ['网各员来了没', '网格员来了没'],
    ['搁家喷空儿嘞', '在家聊天儿嘞'],
    ['WIFI连不上', 'wifi连不上'],
    ['电话幺三八零零幺三八零零零', '电话13800138000'],
    ['电话一三八 零零一三 八〇〇〇', '电话138 0013 8000'],
  ])('%s', (said, read) => {
    expect(canonical(said)).toBe(read);
  });

  it.each([
    ['a right word around a slip', '天然气灶'],
    ['a right word around a slip', '耽搁这么久'],
    ['an alley through the years', '胡同常年没灯'],
    ['a registration beside a road', '道路登记表'],
    ['a phone that does not react', '手机没反应'],
    ['a few of something', '五六七个人三四天'],
    ['what the phrase books know', '真得劲，中不中'],
  ])('leaves alone %s: %s', (_what, said) => {
    expect(canonical(said)).toBe(said);
  });

  it.each(['路灯坏了😭😭', '路灯坏了[流泪]', '路灯👨‍👩‍👧坏了', '路灯坏了(T_T)'])(
    'has blanks for faces: %s',
    (said) => {
      const tidied = tidy(said);
      expect(canonical(tidied)).toMatch(/^路灯 *坏了 *$/);
      expect(canonical(tidied)).toHaveLength(tidied.length);
    },
  );

  it('is as long as what was tidied, whatever is sent', () => {
    fc.assert(
      fc.property(anything, (text) => canonical(tidy(text)).length === tidy(text).length),
      { numRuns: 500 },
    );
  });

  it('costs next to nothing', () => {
    const said = '俺家门口路登坏了三天了，夜里黑灯瞎火的，孩子放学不敢走，恁啥时候来修修';
    for (let i = 0; i < 200; i++) canonical(tidy(said));
    const runs = 500;
    const started = performance.now();
    for (let i = 0; i < runs; i++) canonical(tidy(said));
    // 0.05 ms is meant; a loaded machine gets ten times that before it is called slow.
    expect((performance.now() - started) / runs).toBeLessThan(0.5);
  });
});

describe('the words of speech', () => {
  const books = { dialect, slips, traditional: { characters: traditional } };

  it.each(Object.entries(books))('%s has pairs of equal length', (_name, book) => {
    expect(faultsOf(book)).toEqual([]);
  });

  it('never takes one right word for a slip of another', () => {
    const lines = [...(dialect.slips ?? []), ...(slips.slips ?? [])].map((l) => l.split(' '));
    const right = new Set(lines.map(([word]) => word));
    expect(lines.flatMap(([, ...wrong]) => wrong.filter((w) => right.has(w)))).toEqual([]);
  });

  it('covers everyday traditional writing', () => {
    expect(traditional.reduce((n, [from]) => n + from.length, 0)).toBeGreaterThan(1500);
  });
});

describe('what a city adds', () => {
  it('is read like the rest, and wins', () => {
    const read = createCanonical({
      characters: [['嘞', '了']],
      slips: ['楝树 炼树 练树', '路灯 灯虫'],
    });
    expect(read('练树胡同灯虫坏嘞')).toBe('楝树胡同路灯坏了');
  });

  it.each([
    [{ slips: ['没有 没得有'] }, '“没得有”和“没有”字数不一样（3 和 2），两边要一样长'],
    [
      { characters: [['甲乙', '丙']] as [string, string][] },
      '“甲乙”和“丙”字数不一样（2 和 1），要一个字对一个字',
    ],
    [{ slips: ['  '] }, '有一行是空的，先写对的词，再写听错、写错的'],
    [{ slips: ['灯 登'] }, '“灯”只有一个字，单个的字写在“characters”里'],
  ])('is refused in plain words when it cannot hold: %j', (speech, fault) => {
    expect(() => createCanonical(speech)).toThrow(new SpeechError([fault]));
  });

  it('leaves the category to the word that was meant', () => {
    expect(first('俺家门口路登坏了').category).toBe('roads.light');
    expect(first('門口路燈壞了').category).toBe('roads.light');
    expect(first('拉圾堆成山木有人管').category).toBe('environment.garbage');
  });
});
