import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError, readConfig } from '../../server/src/config';

const read = (env: Record<string, string>) => readConfig(env, '/tmp');

describe('the settings', () => {
  const example = readFileSync(path.resolve(__dirname, '../../.env.example'), 'utf8');

  it('are all documented in .env.example, and nothing else is', () => {
    const source = readFileSync(path.resolve(__dirname, '../../server/src/config.ts'), 'utf8');
    const schema = source.slice(
      source.indexOf('z.object({'),
      source.indexOf('export interface Config'),
    );
    const known = [...schema.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((m) => m[1]);
    const documented = [...example.matchAll(/^([A-Z][A-Z_]+)=/gm)].map((m) => m[1]);
    expect(documented.sort()).toEqual(known.sort());
  });

  it('are accepted as the example has them', () => {
    const env = Object.fromEntries(
      [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map((m) => [m[1]!, m[2]!]),
    );
    expect(read(env)).toMatchObject({ port: 3000, demo: true, production: false });
  });

  it.each([
    [{ PORT: 'abc' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ MONGO_URL: 'http://x' }, 'MONGO_URL'],
    [{ DEMO: 'maybe' }, 'DEMO'],
    [{ FIELD_KEY: 'short' }, 'FIELD_KEY'],
    [{ NODE_ENV: 'production', DEMO: 'true' }, 'DEMO'],
    [{ NODE_ENV: 'production' }, 'TOKEN_SECRET'],
    [{ WECHAT_APPID: 'wx1' }, 'WECHAT_APPID'],
    [{ LLM_URL: 'http://example.com/v1', LLM_MODEL: 'm' }, 'LLM_URL'],
    [{ LLM_URL: 'https://example.com/v1' }, 'LLM_MODEL'],
    [{ LLM_URL: 'https://example.com/v1', LLM_MODEL: 'm', LLM_NOTICE: '短' }, 'LLM_NOTICE'],
  ])('%j stops with one line that names it', (env, name) => {
    expect(() => read(env)).toThrow(ConfigError);
    try {
      read(env);
    } catch (error) {
      expect((error as Error).message).toContain(name);
      expect((error as Error).message).not.toContain('\n');
    }
  });

  it('never allow the demo in production', () => {
    const production = {
      NODE_ENV: 'production',
      TOKEN_SECRET: 'x'.repeat(40),
      FIELD_KEY: Buffer.alloc(32).toString('base64'),
    };
    expect(read(production).demo).toBe(false);
  });
});
