import { first, understand } from '../understand';
import { meant, openLamp } from './read';

const share = <T>(rows: readonly T[], right: (row: T) => boolean): number =>
  rows.filter(right).length / rows.length;
const told = (row: { text: string; intent?: string }) =>
  first(
    row.text,
    ['followUp', 'withdraw'].includes(row.intent ?? '') ? { openCases: [openLamp] } : {},
  );

/** Limits stand a little below what was measured (docs/understanding.md): they hold, they do not brag. */
describe('sentences nobody tuned to', () => {
  const messages = meant('messages');

  it('are understood for what they want', () => {
    expect(share(messages, (m) => told(m).intent === m.intent)).toBeGreaterThanOrEqual(0.92);
  });

  it('are about the right category, nearly always where that is said to be sure', () => {
    const labelled = messages.filter((m) => m.category).map((m) => ({ m, got: told(m) }));
    expect(share(labelled, ({ m, got }) => got.category === m.category)).toBeGreaterThanOrEqual(
      0.9,
    );
    const sure = labelled.filter(({ got }) => got.categoryConfidence >= 0.8);
    expect(sure.length / labelled.length).toBeGreaterThan(0.7);
    expect(share(sure, ({ m, got }) => got.category === m.category)).toBeGreaterThanOrEqual(0.93);
  });

  it('raise every alarm', () => {
    const missed = meant('emergencies').filter((m) => told(m).intent !== 'emergency');
    expect(missed.map((m) => m.text)).toEqual([]);
  });

  it('raise few false ones, though half of them sound like it', () => {
    const calm = meant('calm');
    const alarmed = (text: string) => understand(text).matters.some((m) => m.emergency);
    expect(share(calm, (m) => alarmed(m.text))).toBeLessThanOrEqual(0.04);
    expect(share(calm, (m) => understand(m.text).matters.some((x) => x.care))).toBeLessThan(0.02);
  });
});
