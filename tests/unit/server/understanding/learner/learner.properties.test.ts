import fc from 'fast-check';
import {
  createPredictor,
  modelFromBytes,
  modelToBytes,
  train,
} from '../../../../../server/src/understanding/learner';
import { letters } from './letters';

const reader = createPredictor(train(letters(200)));
/** Any text: letters among every kind of character, halves of characters included. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(fc.constantFrom('路灯', '停水', '😀', '\ud800', '\udc00', ' ', '，', 'Ａ', '\u0000'), {
      maxLength: 30,
    })
    .map((p) => p.join('')),
);

describe('any text at all', () => {
  it('gets probabilities that sum to one, and words that stand in it whole', () => {
    fc.assert(
      fc.property(anyText, fc.option(anyText, { nil: undefined }), (text, title) => {
        const input = { text, ...(title === undefined ? {} : { title }) };
        const p = reader.probabilities(input);
        expect(p.reduce((sum, v) => sum + v, 0)).toBeCloseTo(1, 9);
        const { guesses } = reader.predict(input);
        expect(guesses.reduce((sum, g) => sum + g.probability, 0)).toBeLessThanOrEqual(1 + 1e-9);
        for (const { start, end, share } of reader.deciding(input, guesses[0]!.label)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(share).toBeGreaterThan(0);
          expect(share).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });

  it('can be learnt from: the same model every time, the same answers from its bytes', () => {
    const example = fc.record({
      text: anyText,
      label: fc.constantFrom('甲', '乙', '丙', 'constructor'),
    });
    fc.assert(
      fc.property(fc.array(example, { minLength: 2, maxLength: 12 }), (examples) => {
        fc.pre(new Set(examples.map((e) => e.label)).size > 1);
        const model = train(examples);
        const bytes = modelToBytes(model);
        expect(modelToBytes(train(examples))).toEqual(bytes);
        const [one, two] = [model, modelFromBytes(bytes)].map((m) => createPredictor(m));
        for (const { text } of examples)
          expect(one!.predict({ text })).toEqual(two!.predict({ text }));
      }),
      { numRuns: 15 },
    );
  });
});
