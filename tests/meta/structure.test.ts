import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

function* sources(dir: string): Generator<string> {
  for (const entry of readdirSync(path.join(root, dir), { withFileTypes: true })) {
    if (['node_modules', 'dist'].includes(entry.name)) continue;
    const name = `${dir}/${entry.name}`;
    if (entry.isDirectory()) yield* sources(name);
    else if (/\.tsx?$/.test(name) && !name.endsWith('.d.ts')) yield name;
  }
}

interface Import {
  from: string;
  /** Path from the root for our own files, the package's name otherwise. */
  to: string;
  typeOnly: boolean;
}

const importsOf = (file: string): Import[] => {
  const text = readFileSync(path.join(root, file), 'utf8');
  const found = text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)';/gms);
  return [...found].map(([, typeOnly, to = '']) => ({
    from: file,
    typeOnly: typeOnly !== undefined,
    to: to.startsWith('.') ? path.posix.join(path.posix.dirname(file), to) : to,
  }));
};

const all = ['shared/src', 'server/src', 'server/embedded-mongo/src', 'miniprogram/src'].flatMap(
  (d) => [...sources(d)],
);
const imports = all.flatMap(importsOf);
const within = (dir: string): Import[] => imports.filter((i) => i.from.startsWith(dir));
const moduleOf = (file: string): string | undefined =>
  /^server\/src\/modules\/([^/]+)\//.exec(file)?.[1];

describe('the structure', () => {
  it('keeps files to a size that can be read', () => {
    const long = all
      .map((file) => ({
        file,
        lines: readFileSync(path.join(root, file), 'utf8').split('\n').length,
      }))
      .filter(({ lines }) => lines > 320);
    expect(long).toEqual([]);
  });

  it('lets shared depend on nobody', () => {
    expect(within('shared/').filter((i) => /server|miniprogram|mongoose|koa/.test(i.to))).toEqual(
      [],
    );
  });

  it('keeps understanding and routing free of input and output', () => {
    const impure = [
      ...within('server/src/understanding/'),
      ...within('server/src/routing/'),
    ].filter(
      (i) =>
        /^(node:|koa|@koa|mongoose|ws$)/.test(i.to) ||
        /modules|http|kernel|database|events/.test(i.to),
    );
    expect(impure).toEqual([]);
  });

  it('lets modules meet only through what they offer, never through a model', () => {
    const crossing = within('server/src/modules/').filter((i) => {
      const [mine, theirs] = [moduleOf(i.from), moduleOf(i.to)];
      return mine && theirs && mine !== theirs && i.to.endsWith('/model') && !i.typeOnly;
    });
    expect(crossing).toEqual([]);
  });

  it('lets no module know the app or the assistant', () => {
    const up = within('server/src/modules/').filter(
      (i) =>
        moduleOf(i.from) && /server\/src\/(app|main|assistant|realtime|events)(\/|$)/.test(i.to),
    );
    expect(up).toEqual([]);
  });

  it('lets the embedded database know nothing of the product', () => {
    expect(
      within('server/embedded-mongo/').filter((i) =>
        /alley-chief|mongoose|\.\.\/\.\.\/src/.test(i.to),
      ),
    ).toEqual([]);
  });

  it('gives the mini program types of the contract and nothing else of it', () => {
    const values = within('miniprogram/').filter(
      (i) => i.to.includes('alley-chief/shared') && !i.typeOnly,
    );
    // The words for categories are plain data without a line of schema code.
    expect(values.filter((i) => i.to !== '@alley-chief/shared/domain').map((i) => i.from)).toEqual(
      [],
    );
    expect(within('miniprogram/').filter((i) => /^server\//.test(i.to))).toEqual([]);
  });

  it('calls the device in one place only', () => {
    const elsewhere = all
      .filter((f) => f.startsWith('miniprogram/src/') && !f.startsWith('miniprogram/src/platform/'))
      .filter((f) =>
        /\bTaro\.(?!useRouter|use[A-Z])\w+|\bwx\.\w+/.test(
          readFileSync(path.join(root, f), 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*/g, ''),
        ),
      );
    expect(elsewhere).toEqual([]);
  });
});
