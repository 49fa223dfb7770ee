/**
 * What a fresh clone lacks and a warm one has: packages, bundles, the built page. Runs before any
 * package is installed, so it uses Node's own modules only.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const at = (...parts) => path.join(root, ...parts);
const say = (line) => process.stdout.write(`  ${line}\n`);

const fail = (line) => {
  process.stderr.write(`\n  ✗ ${line}\n\n`);
  process.exit(1);
};

/** On Windows npm is a script that only a shell can start. */
const npm = (args, quiet) =>
  spawnSync('npm', args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });

export const ensureNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Node ${process.versions.node} 太旧了，要 20.19 或更新的（推荐 24）`);
  }
};

const hashOf = (text) => createHash('sha256').update(text).digest('hex');

/** Packages as the lock file has them; nothing is done while the lock has not changed. */
export const ensureInstalled = () => {
  const mark = at('node_modules/.alley-chief-lock');
  const lock = hashOf(readFileSync(at('package-lock.json')));
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  say('正在装依赖（第一次要一两分钟）……');
  const result = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], false);
  if (result.status !== 0) fail('依赖没装上：看看上面的提示，网络通了再来一次');
  writeFileSync(mark, lock);
};

const ignored = new Set(['node_modules', 'dist', '.swc']);

function* filesIn(dir) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (ignored.has(entry.name)) continue;
    const full = path.join(dir, entry.name);
    if (entry.isDirectory()) yield* filesIn(full);
    else yield full;
  }
}

/** Content, not times: a clone or a checkout makes every file new without changing it. */
const sourcesHash = (dirs) => {
  const hash = createHash('sha256');
  for (const file of dirs.flatMap((d) => [...filesIn(at(d))]).sort()) {
    hash.update(path.relative(root, file)).update(readFileSync(file));
  }
  return hash.digest('hex');
};

/**
 * Bundles of the server and the embedded database: a fraction of a second, so always. The models of
 * the understanding only when their phrases changed.
 */
export const ensureServer = async () => {
  const { buildServer } = await import('./build.mjs');
  await buildServer();
  const { buildModels } = await import('./models.mjs');
  await buildModels(root, say);
};

/** The mini program for one target, when its sources changed since the last build. */
export const ensureClient = (target) => {
  const out = at('miniprogram/dist', target);
  const mark = path.join(out, '.sources');
  const sources = sourcesHash(['miniprogram', 'shared/src']);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === sources) return;
  say(`正在打包小程序（${target}，半分钟左右）……`);
  const result = npm(['run', `build:${target}`, '--workspace', 'miniprogram'], true);
  if (result.status !== 0) {
    process.stderr.write(result.stdout?.toString() ?? '');
    process.stderr.write(result.stderr?.toString() ?? '');
    fail(`小程序（${target}）没打包成，看看上面的提示`);
  }
  mkdirSync(out, { recursive: true });
  writeFileSync(mark, sources);
};
