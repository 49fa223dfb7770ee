import { appJson, filesBelow, pagesOf, readBundle } from './bundle';

const kB = 1024;

/** What WeChat would refuse, or a villager on 2G would wait for. */
describe('the compiled mini program', () => {
  const app = appJson();
  const files = filesBelow();
  const sizeOf = (belongs: (name: string) => boolean): number =>
    files.filter((f) => belongs(f.name)).reduce((sum, f) => sum + f.size, 0);
  const inPackage = (root: string) => (name: string) => name.startsWith(`${root}/`);
  const roots = app.subPackages.map((p) => p.root);

  it('opens from a main package below 1 MB', () => {
    const main = sizeOf((name) => !roots.some((root) => inPackage(root)(name)));
    expect(main).toBeLessThan(1024 * kB);
  });

  it('keeps every other package below the 2 MB WeChat allows, and all below 4 MB', () => {
    for (const root of roots) expect(sizeOf(inPackage(root))).toBeLessThan(2048 * kB);
    expect(sizeOf(() => true)).toBeLessThan(4096 * kB);
  });

  it('carries no schema code: the contract is types only', () => {
    const scripts = files.filter((f) => f.name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(0);
    for (const { name } of scripts) {
      const text = readBundle(name);
      expect({ name, zod: /ZodObject|ZodError|_zod\b/.test(text) }).toEqual({ name, zod: false });
      // WeChat runs no code made from text; only the fall-back that looks for the global object may name it.
      const evals = text.replaceAll(/(?:new )?Function\("return this"\)\(\)/g, '');
      expect({ name, evals: /\bnew Function\(|\beval\(/.test(evals) }).toEqual({
        name,
        evals: false,
      });
    }
  });

  it('has every page it announces, each in the package of its role', () => {
    for (const page of pagesOf(app)) {
      for (const ext of ['js', 'json', 'wxml']) {
        expect(files.map((f) => f.name)).toContain(`${page}.${ext}`);
      }
    }
    expect(app.pages[0]).toBe('pages/login/index');
    expect(roots).toEqual(expect.arrayContaining(['packages/chief', 'packages/centre']));
  });

  it('says what the phone would not understand nowhere: no grid, gap, sticky or star in its styles', () => {
    for (const { name } of files.filter((f) => f.name.endsWith('.wxss'))) {
      const css = readBundle(name);
      const found = css.match(
        /display:\s*grid|[;{](?:row-|column-)?gap:|position:\s*sticky|(?:^|[},])\*\s*\{/,
      );
      expect({ name, found: found?.[0] }).toEqual({ name, found: undefined });
    }
  });
});
