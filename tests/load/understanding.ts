/**
 * `npm run bench:understanding`: how well and how fast messages are understood, on sentences nobody
 * tuned to, by rules alone (the baseline) and by rules with models.
 */
import { statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import {
  createUnderstander,
  rulesAlone,
  witsOf,
  type Understander,
  type Wits,
} from '../../server/src/understanding';
import { segmenter } from '../support/knowledge';
import { dist, shippedModels } from '../support/models';
import { meant, openLamp, type Meant } from '../unit/server/understanding/independent/read';
import { knowledge, now } from '../unit/server/understanding/understand';
import { quantile } from './measure';

const sets = {
  messages: meant('messages'),
  emergencies: meant('emergencies'),
  calm: meant('calm'),
};

const ask = (u: Understander, m: Meant) =>
  u.understand({
    text: m.text,
    hasPhoto: false,
    hasVoice: false,
    hasLocation: false,
    openCases: ['followUp', 'withdraw'].includes(m.intent ?? '') ? [openLamp] : [],
    reporter: { elder: false },
    now,
  }).matters;

const measure = (wits: Wits) => {
  const u = createUnderstander(knowledge, wits, segmenter);
  const everything = Object.values(sets).flat();
  for (const m of everything) ask(u, m);
  const ms = everything.map((m) => {
    const from = performance.now();
    ask(u, m);
    return performance.now() - from;
  });
  const share = (rows: Meant[], right: (m: Meant) => boolean) =>
    rows.filter(right).length / rows.length;
  const labelled = sets.messages.filter((m) => m.category);
  const sure = labelled.filter((m) => ask(u, m)[0]!.categoryConfidence >= 0.8);
  const alarmed = (m: Meant) => ask(u, m).some((x) => x.emergency);
  return {
    wishes: share(sets.messages, (m) => ask(u, m)[0]!.intent === m.intent),
    categories: share(labelled, (m) => ask(u, m)[0]!.category === m.category),
    'sure of the category': sure.length / labelled.length,
    '… and right': share(sure, (m) => ask(u, m)[0]!.category === m.category),
    'emergencies raised': share(sets.emergencies, alarmed),
    'false alarms, calm': share(sets.calm, alarmed),
    'false alarms, all': share([...sets.calm, ...sets.messages], alarmed),
    'ms, median': quantile(ms, 0.5),
    'ms, 95 %': quantile(ms, 0.95),
  };
};

const before = process.memoryUsage().rss;
const from = performance.now();
const wits = witsOf(shippedModels());
const loaded = performance.now() - from;
const grown = process.memoryUsage().rss - before;

const rules = measure(rulesAlone());
const models = measure(wits);
const line = (name: string, a: string, b: string, c: string) =>
  process.stdout.write(`  ${name.padEnd(24)}${a.padStart(12)}${b.padStart(14)}${c.padStart(10)}\n`);

const { messages, emergencies, calm } = sets;
process.stdout.write(
  `\n  ${messages.length} messages, ${emergencies.length} emergencies, ${calm.length} calm\n\n`,
);
line('', 'rules alone', 'with models', 'ratio');
for (const key of Object.keys(rules) as (keyof typeof rules)[]) {
  const [a, b] = [rules[key], models[key]];
  line(key, a.toFixed(3), b.toFixed(3), a > 0 ? (b / a).toFixed(2) : '');
}
const size = statSync(dist('understanding.models')).size;
process.stdout.write(
  `\n  models: ${(size / 1e6).toFixed(1)} MB, read in ${loaded.toFixed(0)} ms, ` +
    `${(grown / 1e6).toFixed(0)} MB of memory\n\n`,
);
