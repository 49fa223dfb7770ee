/** Finds Chromium, or installs Debian's package where this user may, or says why there is none. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

const find = () => places.find((p) => p && existsSync(p));

const hasChineseFont = () =>
  spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout?.trim() !== '';

export const ensureChromium = () => {
  const found = find();
  if (found && (process.platform !== 'linux' || hasChineseFont())) return { path: found };
  const mayInstall =
    process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!mayInstall) {
    return found
      ? { path: found }
      : { why: 'no Chromium found (set CHROMIUM_PATH, or install the chromium package)' };
  }
  process.stdout.write('  Installing Chromium and a Chinese font for the browser tests…\n');
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk');
  const now = find();
  return now ? { path: now } : { why: 'the chromium package could not be installed' };
};
