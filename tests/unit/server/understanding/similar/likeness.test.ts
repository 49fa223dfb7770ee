import fc from 'fast-check';
import { categoryCodes } from '@alley-chief/shared/domain';
import {
  familyOf,
  likenessOf,
  repeats,
  type Report,
} from '../../../../../server/src/understanding/similar';
import { fresh, known, reportOf, unseen, type Pair } from './pairs';

const judge = ({ a, b, minutes }: Pair) => likenessOf(reportOf(a), reportOf(b, minutes));

interface Measured {
  precision: number;
  recall: number;
  /** Same events that are joined or at least put before a person. */
  noticed: number;
  wrong: string[];
}

const measure = (pairs: readonly Pair[]): Measured => {
  const judged = pairs.map((p) => ({ ...p, ...judge(p) }));
  const joined = judged.filter((p) => p.verdict === 'same');
  const truly = judged.filter((p) => p.one);
  const found = joined.filter((p) => p.one);
  return {
    precision: joined.length ? found.length / joined.length : 1,
    recall: found.length / truly.length,
    noticed: truly.filter((p) => p.verdict !== 'different').length / truly.length,
    wrong: judged
      .filter((p) => (p.one ? p.verdict !== 'same' : p.verdict !== 'different'))
      .map((p) => `${p.one} ${p.verdict} ${p.score.toFixed(2)} ${p.a[2]} | ${p.b[2]}`),
  };
};

describe('likeness', () => {
  it.each([
    ['written with the rules', known],
    ['written after the rules', fresh],
    ['written last', unseen],
  ])('joins what is one event and nothing else: pairs %s', (name, pairs) => {
    const { precision, recall, noticed, wrong } = measure(pairs);
    if (process.env['SHOW_PAIRS']) {
      console.log(`${name}: ${pairs.length} pairs`, { precision, recall, noticed }, wrong);
    }
    expect(precision).toBeGreaterThanOrEqual(0.98);
    expect(recall).toBeGreaterThanOrEqual(0.75);
    expect(noticed).toBeGreaterThanOrEqual(0.85);
  });

  it('says why, in words for neighbours', () => {
    const a = reportOf(['utilities.power', 'hs/7', '停电了']);
    const b = reportOf(['utilities.power', 'hs/3', '家里没电了'], 12);
    expect(likenessOf(a, b).reasons).toEqual([
      '同一条胡同',
      '都说停电',
      '同一类：用电',
      '相隔 12 分钟',
    ]);
    const pinned = { longitude: 114.9, latitude: 33.45 };
    const near = { longitude: 114.9003, latitude: 33.45 };
    const hole = reportOf(['roads.surface', 'hs/7', '路上有个坑']);
    expect(likenessOf({ ...hole, point: pinned }, { ...hole, point: near })).toMatchObject({
      verdict: 'same',
      reasons: expect.arrayContaining(['相距 30 米']),
    });
    const far = { longitude: 114.9, latitude: 33.46 };
    expect(likenessOf({ ...hole, point: pinned }, { ...hole, point: far }).verdict).toBe(
      'different',
    );
  });

  it('leaves to a person what only looks like another kind of matter, or was not sure', () => {
    const cut = reportOf(['utilities.power', 'hs/7', '停电了，路灯也不亮']);
    const lamp = reportOf(['roads.light', 'hs/8', '停电了吧，路灯都不亮'], 10);
    expect(likenessOf(cut, lamp).verdict).toBe('maybe');
    const same = reportOf(['utilities.power', 'hs/8', '停电了'], 10);
    expect(likenessOf(cut, same).verdict).toBe('same');
    expect(likenessOf(cut, { ...same, sure: false }).verdict).toBe('maybe');
  });

  const report: fc.Arbitrary<Report> = fc
    .record({
      pair: fc.constantFrom(...known, ...fresh, ...unseen),
      second: fc.boolean(),
      category: fc.option(fc.constantFrom(...categoryCodes), { nil: undefined }),
      minutes: fc.integer({ min: -3000, max: 3000 }),
      noise: fc.string({ unit: 'grapheme', maxLength: 30 }),
      point: fc.option(
        fc.record({
          longitude: fc.double({ min: 114.89, max: 114.9, noNaN: true }),
          latitude: fc.double({ min: 33.44, max: 33.45, noNaN: true }),
        }),
        { nil: undefined },
      ),
      sure: fc.boolean(),
    })
    .map(({ pair, second, category, minutes, noise, point, sure }) => {
      const made = reportOf(second ? pair.b : pair.a, minutes);
      return {
        ...made,
        text: made.text + noise,
        category: category ?? made.category,
        sure,
        ...(point ? { point } : {}),
      };
    });

  it('does not depend on who spoke first', () => {
    fc.assert(
      fc.property(report, report, (a, b) => {
        const [ab, ba] = [likenessOf(a, b), likenessOf(b, a)];
        expect(ba).toEqual(ab);
        expect(ab.score).toBeGreaterThanOrEqual(0);
        expect(ab.score).toBeLessThanOrEqual(1);
        expect(ab.verdict === 'same').toBe(ab.score >= 0.72);
      }),
    );
  });

  it('never brings secret, accusing or dangerous matters together with anything', () => {
    const marks = [{ confidential: true }, { accuses: true }, { emergency: true }];
    fc.assert(
      fc.property(report, report, fc.constantFrom(...marks), (a, b, mark) => {
        expect(likenessOf({ ...a, ...mark }, b).verdict).toBe('different');
        expect(likenessOf(a, { ...b, ...mark }).verdict).toBe('different');
      }),
    );
  });

  it('never joins quarrels, welfare, work, schooling or style, nor over village borders', () => {
    const own = /^(dispute|security|health|education|labour|elder|style|market|other)\./;
    fc.assert(
      fc.property(report, report, (a, b) => {
        const border = a.areaPath.slice(0, 10) !== b.areaPath.slice(0, 10);
        if (own.test(a.category) || own.test(b.category) || border) {
          expect(likenessOf(a, b).verdict).toBe('different');
        }
        if (own.test(a.category)) expect(familyOf(a)).toBeUndefined();
      }),
    );
  });
});

describe('a matter said again', () => {
  const open = reportOf(['roads.light', 'hs/7', '我家门口路灯坏了']);
  const again = (text: string, more: Partial<Report> = {}): boolean =>
    repeats({ ...reportOf(['roads.light', 'hs/7', text], 60), ...more }, open);

  it.each(['门口路灯坏了', '我家门口那个路灯坏了三天没人来', '路灯不亮，坏了好久'])(
    'is the same: %s',
    (text) => expect(again(text)).toBe(true),
  );
  it.each(['村口路灯坏了', '另外一个路灯也坏了', '路灯白天亮着关不掉', '9号门口路灯坏了'])(
    'is another: %s',
    (text) => expect(again(text)).toBe(false),
  );
  it('is another in another place, of another kind, or when it is secret', () => {
    const words = '我家门口路灯坏了';
    expect(again(words)).toBe(true);
    expect(again(words, { areaPath: '/xc/dj/lg/03/ly/' })).toBe(false);
    expect(again(words, { category: 'utilities.power' })).toBe(false);
    expect(again(words, { confidential: true })).toBe(false);
    expect(again(words, { emergency: true })).toBe(false);
  });
  it('may be the own affair that nobody else shares', () => {
    const meter = reportOf(['utilities.water', 'hs/7', '我家水表坏了']);
    const more = reportOf(['utilities.water', 'hs/7', '我家水表坏了啥时候换'], 30);
    expect(repeats(more, meter)).toBe(true);
  });
});
