import { isCategory, type CategoryCode } from '@alley-chief/shared/domain';
import { categoryKnowledge } from '.';
import { secondMatters } from './secondVoice';

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
export const shippedExamples = (): LabelledText[] => [
  ...linesOf(secondMatters).map(nearMiss),
  ...Object.entries(categoryKnowledge).flatMap(([label, knowledge]) => [
    ...linesOf(knowledge.phrases).map((text) => ({ text, label: label as CategoryCode })),
    ...linesOf(knowledge.near).map(nearMiss),
  ]),
];

/** `label | text`, as the lines of those are written who label one by one. */
export const labelledLines = (block: string): { label: string; text: string }[] =>
  linesOf(block).map((line) => {
    const [label = '', ...rest] = line.split('|');
    return { label: label.trim(), text: rest.join('|').trim() };
  });

const nearMiss = (line: string): LabelledText => {
  const [{ label, text } = { label: '', text: '' }] = labelledLines(line);
  if (!isCategory(label)) throw new Error(`a phrase of no category: ${line}`);
  return { text, label };
};
