import { isCategory, type CategoryCode } from '@alley-chief/shared/domain';
import { categoryKnowledge } from '.';

export interface LabelledText {
  text: string;
  label: CategoryCode;
}

/** The lines of a block of phrases. */
export const linesOf = (block: string): string[] =>
  block
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/**
 * Every shipped phrase with its category; near misses count for what they are.
 * @throws Error for a near miss without a known category: the list is checked by a test
 */
export const shippedExamples = (): LabelledText[] =>
  Object.entries(categoryKnowledge).flatMap(([label, knowledge]) => [
    ...linesOf(knowledge.phrases).map((text) => ({ text, label: label as CategoryCode })),
    ...linesOf(knowledge.near).map(nearMiss),
  ]);

const nearMiss = (line: string): LabelledText => {
  const [code = '', ...rest] = line.split('|');
  const label = code.trim();
  if (!isCategory(label)) throw new Error(`near miss of no category: ${line}`);
  return { text: rest.join('|').trim(), label };
};
