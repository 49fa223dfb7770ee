import path from 'node:path';
import { z } from 'zod';
import type { LanguageModelSettings } from './secondOpinion/languageModel';

const flag = z.enum(['true', 'false', '1', '0', '']).transform((v) => v === 'true' || v === '1');

const text = z
  .string()
  .trim()
  .optional()
  .transform((v) => (v ? v : undefined));

/** Every setting, read in one place. `.env.example` documents each; a test keeps the two alike. */
const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  MONGO_URL: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, '要以 mongodb:// 开头')
    .optional()
    .or(z.literal('').transform(() => undefined)),
  DEMO: flag.optional(),
  TOKEN_SECRET: text,
  FIELD_KEY: text,
  PUBLIC_URL: text,
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('info'),
  RATE_SCALE: z.coerce.number().positive().max(10_000).default(1),
  LLM_URL: text,
  LLM_MODEL: text,
  LLM_KEY: text,
  LLM_NOTICE: text,
  LLM_TIMEOUT_MS: z.coerce.number().int().min(200).max(15_000).default(3000),
  LLM_DAILY_CALLS: z.coerce.number().int().min(0).max(1_000_000).default(500),
  WECHAT_APPID: text,
  WECHAT_SECRET: text,
});

export interface Config {
  production: boolean;
  /** Persona sign-in and the demo town. Never in production. */
  demo: boolean;
  port: number;
  host: string;
  dataDir: string;
  /** Absent: the embedded database on `dataDir`. */
  mongoUrl?: string;
  /** Signs tokens and file addresses. Absent: made once and kept in `dataDir`. */
  tokenSecret?: string;
  /** 32 bytes in base64: encrypts phones and ID numbers. Absent: made once and kept in `dataDir`. */
  fieldKey?: string;
  publicUrl?: string;
  logLevel: string;
  /** Multiplies every rate limit. */
  rateScale: number;
  /** A large model for what the own one is unsure of. Absent: off. */
  secondOpinion?: LanguageModelSettings & {
    /** What residents are told about it: who runs it, what it is sent. */
    notice: string;
    dailyCalls: number;
  };
  wechat?: { appid: string; secret: string };
}

/** A wrong setting: one line that names it and says what is right. */
export class ConfigError extends Error {}

/** @throws ConfigError with one line for the first wrong setting. */
export const readConfig = (env: NodeJS.ProcessEnv, cwd = process.cwd()): Config => {
  const result = schema.safeParse(env);
  if (!result.success) {
    const issue = result.error.issues[0];
    const name = issue?.path.join('.') ?? '';
    throw new ConfigError(
      `设置 ${name} 不对：${issue?.message ?? ''}（现在是 "${env[name] ?? ''}"）`,
    );
  }
  const s = result.data;
  const production = s.NODE_ENV === 'production';
  if (production && s.DEMO) {
    throw new ConfigError('设置 DEMO 不对：正式环境（NODE_ENV=production）不能开演示模式');
  }
  if (production && (!s.TOKEN_SECRET || s.TOKEN_SECRET.length < 32)) {
    throw new ConfigError('设置 TOKEN_SECRET 不对：正式环境必须设置，至少 32 个字符');
  }
  if (production && !s.FIELD_KEY) {
    throw new ConfigError('设置 FIELD_KEY 不对：正式环境必须设置（32 字节，base64）');
  }
  if (s.FIELD_KEY && Buffer.from(s.FIELD_KEY, 'base64').length !== 32) {
    throw new ConfigError('设置 FIELD_KEY 不对：要 32 字节的 base64');
  }
  if (Boolean(s.WECHAT_APPID) !== Boolean(s.WECHAT_SECRET)) {
    throw new ConfigError('设置 WECHAT_APPID 和 WECHAT_SECRET 要么都写，要么都不写');
  }
  return {
    production,
    demo: s.DEMO ?? !production,
    port: s.PORT,
    host: s.HOST,
    dataDir: path.resolve(cwd, s.DATA_DIR),
    mongoUrl: s.MONGO_URL,
    tokenSecret: s.TOKEN_SECRET,
    fieldKey: s.FIELD_KEY,
    publicUrl: s.PUBLIC_URL,
    logLevel: s.LOG_LEVEL,
    rateScale: s.RATE_SCALE,
    secondOpinion: secondOpinionOf(s),
    wechat:
      s.WECHAT_APPID && s.WECHAT_SECRET
        ? { appid: s.WECHAT_APPID, secret: s.WECHAT_SECRET }
        : undefined,
  };
};

/** Nothing leaves the city before residents are told: without a notice there is no second opinion. */
const secondOpinionOf = (s: z.infer<typeof schema>): Config['secondOpinion'] => {
  if (!s.LLM_URL) return undefined;
  const url = URL.canParse(s.LLM_URL) ? new URL(s.LLM_URL) : undefined;
  const local = url && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && local))) {
    throw new ConfigError('设置 LLM_URL 不对：要以 https:// 开头（本机的可以用 http://）');
  }
  if (!s.LLM_MODEL) throw new ConfigError('设置 LLM_MODEL 没写：LLM_URL 写了，模型名也要写');
  if (!s.LLM_NOTICE || s.LLM_NOTICE.length < 20) {
    throw new ConfigError(
      '设置 LLM_NOTICE 没写：要用外面的大模型，先写清给居民看的说明（谁家的、发出去什么，至少 20 个字）',
    );
  }
  return {
    url: s.LLM_URL,
    model: s.LLM_MODEL,
    key: s.LLM_KEY,
    timeoutMs: s.LLM_TIMEOUT_MS,
    notice: s.LLM_NOTICE,
    dailyCalls: s.LLM_DAILY_CALLS,
  };
};
