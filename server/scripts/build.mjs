/**
 * Bundles the server and the embedded database: our own workspaces go in, packages stay outside.
 * esbuild takes a fraction of a second, so this always builds and never has to guess what is stale.
 */
import { build, stop as letGo } from 'esbuild';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const at = (...parts) => path.join(root, ...parts);

/** Our own workspaces are bundled from source. */
const workspaces = {
  name: 'workspaces',
  setup(b) {
    b.onResolve({ filter: /^@alley-chief\// }, (args) => {
      const [, name, sub] = args.path.split('/');
      if (name === 'shared') return { path: at('shared/src', sub, 'index.ts') };
      if (name === 'embedded-mongo') return { path: at('server/embedded-mongo/src/index.ts') };
      return undefined;
    });
  },
};

const common = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [workspaces],
};

export const bundle = (entry, outfile) =>
  build({ ...common, entryPoints: [at(entry)], outfile: at(outfile) });

export const buildServer = async () => {
  await Promise.all([
    bundle('server/src/main.ts', 'server/dist/main.js'),
    bundle('server/src/modules/learning/worker.ts', 'server/dist/train-worker.js'),
    bundle('server/embedded-mongo/src/cli.ts', 'server/embedded-mongo/dist/cli.js'),
    bundle(
      'server/embedded-mongo/src/slow/read-worker.ts',
      'server/embedded-mongo/dist/read-worker.js',
    ),
  ]);
  // esbuild's helper process would otherwise live as long as the server that is started next.
  await letGo();
};

/** The operator's programs (backup, restore ...). */
export const buildTools = async () => {
  await bundle('server/src/tools/cli.ts', 'server/dist/tools.js');
  await letGo();
};

export { letGo };
