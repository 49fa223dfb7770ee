/**
 * Learns the models that come with the product from the phrases in the source, when these or the
 * learner changed since the last time. Some ten seconds; deterministic, so the same on every machine.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, letGo } from './build.mjs';

const out = (root, name) => path.join(root, 'server/dist', name);

export const buildModels = async (root, say = () => undefined) => {
  await bundle('server/src/understanding/models/shipped.ts', 'server/dist/shipped.mjs');
  await letGo();
  const code = out(root, 'shipped.mjs');
  const models = out(root, 'understanding.models');
  const mark = out(root, 'understanding.models.source');
  // The bundle holds every phrase and the learner, and nothing of this machine.
  const source = createHash('sha256').update(readFileSync(code)).digest('hex');
  if (existsSync(models) && existsSync(mark) && readFileSync(mark, 'utf8') === source) return;
  say('正在教小同听话（十几秒，例句改了才重学）……');
  const { modelsToBytes, trainShipped } = await import(
    `${pathToFileURL(code).href}?${source.slice(0, 8)}`
  );
  writeFileSync(models, modelsToBytes(trainShipped()));
  writeFileSync(mark, source);
};
