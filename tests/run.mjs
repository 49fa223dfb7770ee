/**
 * `npm test`: installs what is missing, builds what the tests run against, runs jest. Arguments go to
 * jest (`npm test -- --selectProjects api`).
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import {
  ensureClient,
  ensureInstalled,
  ensureNode,
  ensureServer,
  root,
} from '../server/scripts/ensure.mjs';
import { ensureChromium } from './support/chromium.mjs';

const args = process.argv.slice(2);
const chosen = args.includes('--selectProjects')
  ? args.slice(args.indexOf('--selectProjects') + 1).filter((a) => !a.startsWith('-'))
  : [];
const wants = (project) => chosen.length === 0 || chosen.includes(project);

ensureNode();
ensureInstalled();
await ensureServer();
if (wants('e2e')) ensureClient('h5');
if (wants('weapp')) ensureClient('weapp');

const env = { ...process.env };
let skipped = '';
if (wants('e2e')) {
  const chromium = ensureChromium();
  if (chromium.path) env.CHROMIUM_PATH = chromium.path;
  else skipped = chromium.why;
}
if (skipped && process.env.CI) {
  process.stderr.write(`\n  ✗ Browser tests need Chromium: ${skipped}\n\n`);
  process.exit(1);
}
if (skipped) env.SKIP_BROWSER = skipped;

const require = createRequire(path.join(root, 'tests/package.json'));
const jest = require.resolve('jest/bin/jest');
const config = path.join(root, 'tests/jest.config.cjs');
if (!existsSync(config)) throw new Error('tests/jest.config.cjs is missing');
const result = spawnSync(process.execPath, ['--no-warnings', jest, '--config', config, ...args], {
  cwd: root,
  env,
  stdio: 'inherit',
});
if (skipped) {
  process.stdout.write(`\n  Browser tests were skipped: ${skipped}\n`);
}
process.exit(result.status ?? 1);
