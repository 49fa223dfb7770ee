import {
  createPredictor,
  modelFromBytes,
  modelToBytes,
  train,
  type Example,
} from '../../../../../server/src/understanding/learner';
import { kinds, letters } from './letters';

const learnt = train(letters(400, 1, 20));
const reader = createPredictor(learnt);

describe('a model learnt from letters', () => {
  it('knows the kind of letters it has not seen, three guesses, surest first', () => {
    const unseen = letters(200, 2);
    const right = unseen.filter(
      ({ text, label }) => reader.predict({ text }).guesses[0]!.label === label,
    );
    expect(right.length).toBeGreaterThanOrEqual(195);
    const { guesses, abstained } = reader.predict({ text: '门口的路灯又不亮了' });
    expect(guesses).toHaveLength(3);
    expect(guesses[0]).toMatchObject({ label: '路灯' });
    expect(guesses[0]!.probability).toBeGreaterThan(guesses[1]!.probability);
    expect(abstained).toBe(false);
  });

  it('names the words that decided, where they stand in the text as given', () => {
    const text = '　你好😀，村东头的垃圾桶满了没人管，谢谢';
    const words = reader.deciding({ text }, '垃圾').map((w) => text.slice(w.start, w.end));
    expect(words.length).toBeGreaterThan(0);
    expect(words.join('')).toMatch(/垃圾|桶满/);
    expect(words.join('')).not.toContain('谢谢');
    expect(reader.deciding({ text }, '没有这个标签')).toEqual([]);
  });

  it('says nothing alone when it knows no word of the text, or has learnt too little', () => {
    for (const text of ['', '   ', '？！…', 'zzzz qqqq']) {
      expect(reader.predict({ text })).toMatchObject({ abstained: true });
    }
    const beginner = createPredictor(train(letters(12)));
    expect(beginner.predict({ text: '路灯不亮' }).abstained).toBe(true);
  });

  it('reads a title, and words cut by a segmenter or by spaces', () => {
    const titled = train(
      letters(120).map((e) => ({ text: '详情见附件', title: e.text, label: e.label })),
    );
    expect(
      createPredictor(titled).predict({ text: '详情见附件', title: '水管漏水' }).guesses[0]!.label,
    ).toBe('停水');

    const spaced = letters(120).map((e) => ({ ...e, text: [...e.text].join(' ') }));
    const bySpaces = createPredictor(train(spaced, { segmented: true }));
    expect(bySpaces.predict({ text: '水 管 漏 水' }).guesses[0]!.label).toBe('停水');

    const segment = (text: string) => text.split('，');
    const cut = train(letters(120), { segment });
    expect(createPredictor(cut, segment).predict({ text: '水管漏水' }).guesses[0]!.label).toBe(
      '停水',
    );
    expect(() => createPredictor(cut)).toThrow(expect.objectContaining({ problem: 'noSegmenter' }));
  });
});

describe('what it learns from', () => {
  it('needs two labels and weights above nothing', () => {
    const tooFew = expect.objectContaining({ problem: 'tooFewLabels' });
    expect(() => train([])).toThrow(tooFew);
    expect(() =>
      train([
        { text: '路灯', label: 'a' },
        { text: '停水', label: 'a' },
      ]),
    ).toThrow(tooFew);
    for (const weight of [0, -1, NaN, Infinity]) {
      expect(() => train([{ text: '路灯', label: 'a', weight }])).toThrow(
        expect.objectContaining({ problem: 'badWeight' }),
      );
    }
  });

  it('may be two letters, empty ones, one text under two labels, a label of one letter', () => {
    const hard: Example[][] = [
      [
        { text: '路灯坏了', label: '灯' },
        { text: '停水了', label: '水' },
      ],
      [
        { text: '', label: '灯' },
        { text: '', label: '水' },
      ],
      [...letters(60), { text: '同一句话', label: '路灯' }, { text: '同一句话', label: '停水' }],
      [...letters(60), { text: '想办个读书会', label: '只有一条' }],
      Array.from({ length: 60 }, () => ({
        text: '同一句话',
        label: Math.random() < 2 ? '甲' : '乙',
      })).concat({ text: '别的', label: '乙' }),
    ];
    for (const examples of hard) {
      const { guesses } = createPredictor(train(examples)).predict({ text: '路灯坏了' });
      for (const { probability } of guesses) expect(probability).toBeGreaterThanOrEqual(0);
    }
  });

  it('tells a hundred and twenty labels apart', () => {
    const examples = Array.from({ length: 240 }, (_, i) => {
      const kind = i % 120;
      const word = String.fromCodePoint(0x5000 + kind * 7, 0x6000 + kind * 5);
      return { text: `有件事${word}要说，就是${word}`, label: `第${kind}类` };
    });
    const many = createPredictor(train(examples, { parameters: { c: 1, ratios: true } }));
    const right = examples
      .slice(0, 120)
      .filter((e) => many.predict(e).guesses[0]!.label === e.label);
    expect(right.length).toBeGreaterThan(117);
  });

  it('counts a letter of more weight for more', () => {
    const twice = (weight: number): Example[] => [
      { text: '说不清的事', label: '甲', weight },
      { text: '说不清的事', label: '乙' },
      ...letters(10),
    ];
    const best = (weight: number) =>
      createPredictor(train(twice(weight))).predict({ text: '说不清的事' }).guesses[0]!.label;
    expect([best(20), best(0.05)]).toEqual(['甲', '乙']);
  });
});

describe('how sure it is', () => {
  it('matches how often it is right, also where labels are wrong', () => {
    const noisy = createPredictor(train(letters(800, 5, 4)));
    const asked = letters(1500, 6, 4);
    const answers = asked.map((e) => ({ ...noisy.predict(e).guesses[0]!, truth: e.label }));
    const right = answers.filter((a) => a.label === a.truth).length / answers.length;
    const said = answers.reduce((sum, a) => sum + a.probability, 0) / answers.length;
    expect(Math.abs(right - said)).toBeLessThan(0.05);
  });

  it('abstains so that of what it answers the wanted share is right', () => {
    // A quarter of the letters are of one kind or another by chance: those it must leave alone.
    const mixed = (seed: number) =>
      letters(800, seed).map((e, i) =>
        i % 4 ? e : { text: '就是那个事，你懂的', label: kinds[(i * 7 + seed) % 3]! },
      );
    const careful = createPredictor(train(mixed(1), { precision: 0.95 }));
    const asked = mixed(2).map((e) => ({ ...careful.predict(e), truth: e.label }));
    const answered = asked.filter((a) => !a.abstained);
    expect(answered.length).toBeGreaterThan(500);
    expect(
      answered.filter((a) => a.guesses[0]!.label === a.truth).length / answered.length,
    ).toBeGreaterThan(0.94);
    expect(careful.predict({ text: '就是那个事，你懂的' }).abstained).toBe(true);
  });
});

describe('a stored model', () => {
  it('is the same bytes for the same letters, and reads the same after loading', () => {
    const bytes = modelToBytes(learnt);
    expect(Buffer.from(modelToBytes(train(letters(400, 1, 20)))).equals(Buffer.from(bytes))).toBe(
      true,
    );
    const loaded = modelFromBytes(bytes);
    expect(loaded).toEqual(learnt);
    // As files are read: a view into a larger piece of memory.
    expect(modelFromBytes(Buffer.concat([Buffer.from('odd'), bytes]).subarray(3))).toEqual(learnt);
    const other = train(letters(400, 3, 20));
    expect(other.version).not.toBe(learnt.version);
    const again = createPredictor(loaded);
    for (const { text } of letters(50, 9)) {
      expect(again.probabilities({ text })).toEqual(reader.probabilities({ text }));
    }
  });

  it('refuses what is cut, changed, foreign or newer', () => {
    const bytes = modelToBytes(learnt);
    const bad = expect.objectContaining({ problem: 'badModel' });
    for (const length of [0, 5, 20, 200, bytes.length - 1]) {
      expect(() => modelFromBytes(bytes.subarray(0, length))).toThrow(bad);
    }
    for (const at of [0, 12, 60, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const changed = bytes.slice();
      changed[at]! ^= 4;
      expect(() => modelFromBytes(changed)).toThrow(bad);
    }
    const newer = bytes.slice();
    newer[4] = 200;
    expect(() => modelFromBytes(newer)).toThrow(expect.objectContaining({ problem: 'newerModel' }));
  });
});
