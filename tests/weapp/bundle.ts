import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Where `npm run build:weapp` leaves what WeChat would get. */
export const weappRoot = path.resolve(__dirname, '../../miniprogram/dist/weapp');

export interface AppJson {
  pages: string[];
  subPackages: { root: string; pages: string[] }[];
}

export const appJson = (): AppJson =>
  JSON.parse(readFileSync(path.join(weappRoot, 'app.json'), 'utf8')) as AppJson;

/** Every page's path, of the main package and of the others. */
export const pagesOf = (app: AppJson): string[] => [
  ...app.pages,
  ...app.subPackages.flatMap((p) => p.pages.map((page) => `${p.root}/${page}`)),
];

/** All files below a folder, with their size in bytes. Hidden ones are marks of our own build. */
export const filesBelow = (dir = weappRoot): { name: string; size: number }[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => !path.basename(name).startsWith('.'))
    .map((name) => ({ name: name.replaceAll(path.sep, '/'), stat: statSync(path.join(dir, name)) }))
    .filter(({ stat }) => stat.isFile())
    .map(({ name, stat }) => ({ name, size: stat.size }));

export const readBundle = (name: string): string =>
  readFileSync(path.join(weappRoot, name), 'utf8');
