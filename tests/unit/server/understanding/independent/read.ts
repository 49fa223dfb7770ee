import { readFileSync } from 'node:fs';
import { fromRoot } from '../../../../support/root';

/** A message with what its writer meant. */
export interface Meant {
  text: string;
  intent?: string;
  category?: string;
  kind?: string;
}

/**
 * Sentences by somebody who has read neither the phrases nor the rules, kept away from whoever works
 * on them: they measure, and nothing is tuned to them.
 */
export const meant = (name: 'messages' | 'emergencies' | 'calm'): Meant[] =>
  readFileSync(fromRoot('tests/unit/server/understanding/independent', `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Meant);

/** What is open when somebody asks what became of it, or takes it back. */
export const openLamp = {
  id: 'lamp',
  title: '路灯坏了',
  text: '我家门口路灯坏了',
  category: 'roads.light' as const,
  openedAt: new Date('2026-07-16T08:00:00+08:00'),
};
