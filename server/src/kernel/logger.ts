import { pino, type Logger } from 'pino';

export type { Logger };

/**
 * Structured log. Citizens' words, names and phones never go in: the paths below are a second line
 * of defence, the first is not to pass them.
 */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    redact: {
      paths: ['*.text', '*.phone', '*.token', '*.secret', 'req.headers.authorization', '*.body'],
      censor: '[redacted]',
    },
  });

/** Takes secrets out of messages written by libraries (wechat-api puts whole addresses in errors). */
export const redactSecrets = (message: string): string =>
  message.replace(/((?:secret|access_token|sig|token)=)[^&\s"']+/gi, '$1[redacted]');
