import path from 'node:path';
import TsconfigPathsPlugin from 'tsconfig-paths-webpack-plugin';

const root = path.resolve(__dirname, '..');

/** Untranspiled sources outside src/ that both targets must lower to the browserslist of package.json. */
const alsoCompile = [
  path.resolve(root, '../shared/src'),
  path.resolve(root, '../node_modules/zod'),
  path.resolve(root, 'node_modules/zod'),
];

/** The slice of webpack-chain used here (its own types are not published to us). */
interface Chain {
  resolve: { plugin(name: string): { use(plugin: unknown, args: unknown[]): void } };
  optimization: { splitChunks(options: unknown): void };
}

const withPaths = (chain: Chain) => {
  chain.resolve
    .plugin('tsconfig-paths')
    .use(TsconfigPathsPlugin, [{ configFile: path.resolve(root, 'tsconfig.json') }]);
};

/**
 * Taro splits only the entry, so every page of its hash router would carry its own copy of the component
 * library (420 kB each). What two pages share is fetched once: libraries in one file, our kit in another.
 */
const h5Chunks = (chain: Chain) => {
  withPaths(chain);
  const shared = { chunks: 'all', minChunks: 2, enforce: true, reuseExistingChunk: true };
  chain.optimization.splitChunks({
    chunks: 'all',
    hidePathInfo: true,
    cacheGroups: {
      default: false,
      defaultVendors: false,
      vendors: { ...shared, name: 'vendors', test: /[\\/]node_modules[\\/]/, priority: 20 },
      kit: { ...shared, name: 'kit', test: /[\\/](miniprogram|shared)[\\/]src[\\/]/, priority: 10 },
    },
  });
};

/** One source, two targets: `dist/weapp` for WeChat, `dist/h5` for browsers (and the wide desk). */
export default {
  projectName: 'alley-chief',
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  sourceRoot: 'src',
  outputRoot: `dist/${process.env.TARO_ENV}`,
  designWidth: 750,
  deviceRatio: { 375: 2, 640: 2.34 / 2, 750: 1, 828: 1.81 / 2 },
  plugins: [path.resolve(__dirname, 'aria/plugin.js')],
  // Always defined: a browser has no `process` to ask when the variable is not set.
  env: { TARO_APP_API: JSON.stringify(process.env.TARO_APP_API ?? '') },
  mini: {
    compile: { include: alsoCompile },
    optimizeMainPackage: { enable: true },
    webpackChain: withPaths,
    // Pictures become data URIs only while tiny; bigger ones stay files, outside setData and the JS bundle.
    imageUrlLoaderOption: { limit: 2048 },
    miniCssExtractPluginOption: { ignoreOrder: true },
    postcss: {
      pxtransform: { enable: true, config: {} },
      cssModules: { enable: false },
    },
  },
  h5: {
    // Relative, so that the same build can be served from any path.
    publicPath: './',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    compile: { include: alsoCompile },
    webpackChain: h5Chunks,
    output: {
      filename: 'js/[name].[contenthash:8].js',
      chunkFilename: 'chunk/[name].[contenthash:8].js',
    },
    imageUrlLoaderOption: { limit: 2048 },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
    postcss: {
      autoprefixer: { enable: true, config: {} },
      pxtransform: { enable: true, config: { baseFontSize: 20 } },
      cssModules: { enable: false },
    },
  },
};
