/**
 * One configuration, one project a kind of test. Source is TypeScript in ES modules; swc turns it
 * (and the few dependencies that ship only ES modules) into CommonJS for jest.
 */
const esmOnly = [
  '@alley-chief',
  '@koa',
  'bson',
  'chinese-days',
  'file-type',
  'jose',
  'lru-cache',
  'minisearch',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
];

const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  setupFiles: [`${__dirname}/support/properties.ts`],
  transform: {
    '^.+\\.(t|j|mj)sx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true, decorators: false },
          target: 'es2022',
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: {
    '^@alley-chief/shared/(.*)$': '<rootDir>/../shared/src/$1/index.ts',
    '^@alley-chief/embedded-mongo$': '<rootDir>/../server/embedded-mongo/src/index.ts',
  },
};

const project = (name, extra = {}) => ({
  ...base,
  displayName: name,
  testMatch: [`<rootDir>/${name}/**/*.test.ts`, `<rootDir>/${name}/**/*.test.tsx`],
  ...extra,
});

/** Tests of the API run against one real embedded database, a database of their own each file. */
const withDatabase = {
  globalSetup: '<rootDir>/support/database.setup.ts',
  globalTeardown: '<rootDir>/support/database.teardown.ts',
};

module.exports = {
  // A limit against hanging, not a measurement: shared machines stall for seconds.
  testTimeout: 60_000,
  projects: [
    project('unit'),
    project('meta'),
    project('api', withDatabase),
    project('e2e', withDatabase),
    project('weapp', withDatabase),
  ],
};
