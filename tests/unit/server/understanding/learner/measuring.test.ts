import {
  blended,
  crossValidate,
  evaluate,
  fitBlend,
  learnOnTheJob,
  timeSplit,
  untried,
  validateInTime,
  type Judged,
  type Past,
} from '../../../../../server/src/understanding/learner';
import { stratifiedFolds } from '../../../../../server/src/understanding/learner/folds';
import { randomFrom } from '../../../../../server/src/understanding/learner/random';
import { kinds, letters } from './letters';

const said = (truth: number, answer: number, probability = 0.9, abstained = false): Judged => ({
  truth,
  answers: [answer],
  probability,
  abstained,
});

describe('figures', () => {
  it('are what can be counted by hand', () => {
    const judged = [
      ...Array.from({ length: 8 }, () => said(0, 0)),
      ...Array.from({ length: 2 }, () => said(0, 1, 0.6)),
      ...Array.from({ length: 5 }, () => said(1, 1, 0.8)),
      { truth: 1, answers: [0, 1], probability: 0.4, abstained: true },
      said(-1, 1, 0.3, true),
    ];
    const report = evaluate(judged, ['甲', '乙']);
    expect(report.accuracy.value).toBeCloseTo(13 / 17);
    // 甲: 8 right of 10 there, 9 said; 乙: 5 right of 6 there, 8 said.
    expect(report.macroF1.value).toBeCloseTo((16 / 19 + 10 / 14) / 2);
    expect(report.topThree).toBeCloseTo(14 / 17);
    expect(report.answered).toEqual({ share: 15 / 17, precision: 13 / 15 });
    expect(report.coverage).toEqual({ precision: 0.95, share: 13 / 17 });
    expect(report.confusion).toEqual([
      [8, 2],
      [1, 5],
    ]);
    expect(report.byLabel[1]).toMatchObject({ messages: 6, precision: 5 / 8, recall: 5 / 6 });
    // By bins: .9 off by .8 of 8, .6 by 1.2 of 2, .8 by 1 of 5, .4 by .4 and .3 by .3.
    expect(report.calibrationError).toBeCloseTo((0.8 + 1.2 + 1 + 0.4 + 0.3) / 17);
    const { low, value, high } = report.macroF1;
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });

  it('have intervals that shrink with the messages and are the same every time', () => {
    const width = (n: number) => {
      const judged = Array.from({ length: n }, (_, i) => said(i % 2, i % 5 === 0 ? 0 : i % 2));
      const { accuracy } = evaluate(judged, ['甲', '乙']);
      expect(evaluate(judged, ['甲', '乙']).accuracy).toEqual(accuracy);
      return accuracy.high - accuracy.low;
    };
    expect(width(1600) * 3).toBeLessThan(width(100));
  });

  it('of nothing are no crash', () => {
    expect(evaluate([], ['甲'])).toMatchObject({ messages: 0, topThree: 0 });
  });
});

/** What validation would choose; choosing takes most of the time. */
const fixed = { parameters: { c: 1, ratios: true } };

describe('what is answered was not learnt from', () => {
  it('spreads every label evenly over the folds', () => {
    const y = letters(203).map((e) => kinds.indexOf(e.label));
    const fold = stratifiedFolds(y, 5, 1);
    kinds.forEach((_, label) => {
      const counts = [0, 1, 2, 3, 4].map(
        (f) => y.filter((l, i) => l === label && fold[i] === f).length,
      );
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    });
  });

  it('answers every letter once, and cannot know labels dealt by chance', () => {
    const random = randomFrom(4);
    const chance = letters(240).map((e) => ({ ...e, label: random() < 0.5 ? '甲' : '乙' }));
    const { judged, fold, labels } = crossValidate(chance, 3, fixed);
    expect(judged.filter(Boolean)).toHaveLength(240);
    expect(evaluate(judged, labels, { fold }).folds).toHaveLength(3);
    expect(evaluate(judged, labels).accuracy.value).toBeLessThan(0.65);
    const known = crossValidate(letters(240), 3, fixed);
    expect(evaluate(known.judged, known.labels).accuracy.value).toBeGreaterThan(0.95);
  });

  it('learns from the older and answers the newest', () => {
    expect(timeSplit([5, 1, 4, 2, 3], 0.4)).toEqual({ older: [1, 3, 4], newer: [2, 0] });
    const examples = letters(100);
    const { judged } = validateInTime(
      examples,
      examples.map((_, i) => -i),
      0.2,
      fixed,
    );
    expect(judged.map((j) => kinds[j.truth])).toHaveLength(20);
  });
});

describe('a blend', () => {
  const past = (linearRight: number, otherRight: number): Past[] => {
    const random = randomFrom(3);
    const speak = (label: number, right: number) => {
      const scores = [0, 0, 0];
      scores[random() < right ? label : (label + 1) % 3] = 2;
      return scores;
    };
    return Array.from({ length: 300 }, (_, i) => ({
      linear: speak(i % 3, linearRight),
      other: speak(i % 3, otherRight),
      label: i % 3,
    }));
  };

  it('listens more to whoever was right more often, and to nobody in the negative', () => {
    const better = fitBlend(past(0.9, 0.6));
    expect(better.linear).toBeGreaterThan(better.other);
    const worse = fitBlend(past(0.6, 0.9));
    expect(worse.other).toBeGreaterThan(worse.linear);
    expect(fitBlend(past(0, 0.9)).linear).toBe(0);
    expect(fitBlend([])).toEqual(untried);
  });

  it('gives probabilities that hold', () => {
    const data = past(0.8, 0.7);
    const blend = fitBlend(data);
    const chances = data.map((d) => blended(d.linear, d.other, blend));
    chances.forEach((p) => expect(p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9));
    const best = chances.map((p) => p.indexOf(Math.max(...p)));
    const right = best.filter((b, i) => b === data[i]!.label).length / data.length;
    const sure = chances.reduce((sum, p) => sum + Math.max(...p), 0) / data.length;
    expect(Math.abs(right - sure)).toBeLessThan(0.05);
  });
});

describe('learning on the job', () => {
  const stream = letters(300, 8, 12);
  const accuracy = (from: number, to: number, judged: Judged[], labels: string[]) =>
    evaluate(judged.slice(from, to), labels).accuracy.value;

  it('begins with nothing and becomes of use', () => {
    const { judged, labels } = learnOnTheJob(stream, { every: 50 });
    expect(judged).toHaveLength(300);
    expect(accuracy(0, 50, judged, labels)).toBeLessThan(0.5);
    expect(accuracy(200, 300, judged, labels)).toBeGreaterThan(0.8);
  });

  it('begins with what somebody else knows, and gets better than that', () => {
    // Knows lamps and rubbish, nothing of the rest.
    const other = ({ text }: { text: string }, labels: readonly string[]) =>
      labels.map((l) =>
        (l === '路灯' && /灯/.test(text)) || (l === '垃圾' && /垃圾/.test(text)) ? 2 : 0,
      );
    const { judged, labels, blends } = learnOnTheJob(stream, { every: 50, other });
    const first = accuracy(0, 50, judged, labels);
    expect(first).toBeGreaterThan(0.45);
    expect(accuracy(200, 300, judged, labels)).toBeGreaterThan(first + 0.1);
    expect(blends.at(-1)!.linear).toBeGreaterThan(0);
  });
});
