import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Dependencies point one way: shared <- server modules <- app <- main; the client imports types. */
const forbid = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/.data/**', 'coverage/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          'shared/tsconfig.json',
          'server/tsconfig.json',
          'server/embedded-mongo/tsconfig.json',
          'miniprogram/tsconfig.json',
          'tests/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['shared/src/**'],
    rules: forbid([
      {
        group: ['**/server/**', '**/miniprogram/**', 'mongoose', 'koa'],
        message: 'shared depends on nobody',
      },
    ]),
  },
  {
    files: ['server/src/understanding/**', 'server/src/routing/**', 'shared/src/domain/**'],
    rules: forbid([
      {
        group: [
          'mongoose',
          'koa',
          '@koa/*',
          'ws',
          'node:fs*',
          'node:net',
          'node:http*',
          '**/modules/**',
          '**/http/**',
        ],
        message: 'a pure core does no I/O',
      },
    ]),
  },
  {
    files: ['server/src/modules/**'],
    rules: forbid([{ group: ['**/app', '**/main'], message: 'modules do not know the app' }]),
  },
  {
    files: ['server/embedded-mongo/src/**'],
    rules: forbid([
      {
        group: ['@alley-chief/*', 'mongoose'],
        message: 'the database knows nothing of the product',
      },
    ]),
  },
  {
    files: ['miniprogram/src/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@alley-chief/shared/*'],
              allowTypeImports: true,
              message: 'types only: schema code stays out of the package',
            },
            { group: ['**/server/**'], message: 'the client knows the contract, not the server' },
          ],
        },
      ],
    },
  },
  {
    files: ['miniprogram/src/**'],
    ignores: ['miniprogram/src/platform/**', 'miniprogram/src/app.tsx'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'wx', message: 'device calls go through src/platform' },
      ],
    },
  },
  {
    files: ['tests/**'],
    rules: {
      // Replies are asserted on, not typed again.
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'no-console': 'off',
    },
  },
  {
    files: ['**/*.{mjs,cjs,js}', 'miniprogram/config/**', 'miniprogram/babel.config.js'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        process: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
        console: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  prettier,
);
