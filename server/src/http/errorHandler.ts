import type { Context, Middleware } from 'koa';
import type { Logger } from '../kernel/logger';
import { redactSecrets } from '../kernel/logger';
import { AppError } from '../kernel/errors';

/** Every failure leaves as `{code, message, details?}`; what was not foreseen is logged, not shown. */
export const errorHandler =
  (log: Logger): Middleware =>
  async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) throw new AppError('notFound');
    } catch (error) {
      sendError(ctx, error, log);
    }
  };

const sendError = (ctx: Context, error: unknown, log: Logger): void => {
  const known = error instanceof AppError ? error : fromUnknown(error);
  if (known.status >= 500) {
    const e = error as Error;
    log.error(
      { route: `${ctx.method} ${ctx.path}`, err: redactSecrets(String(e?.stack ?? e)) },
      'request failed',
    );
  }
  ctx.status = known.status;
  if (known.code === 'tooMany') {
    ctx.set('Retry-After', String((known.details as { retryAfter?: number })?.retryAfter ?? 1));
  }
  ctx.body = { code: known.code, message: known.message, details: known.details };
};

const fromUnknown = (error: unknown): AppError => {
  const name = (error as Error | undefined)?.name ?? '';
  // The database is away or restarting: the client's retry will succeed.
  if (/^Mongo(Network|ServerSelection|NotConnected|Topology|PoolCleared)/.test(name)) {
    return new AppError('busy');
  }
  const status = (error as { status?: number } | undefined)?.status;
  if (status === 405 || status === 501) return new AppError('methodNotAllowed');
  if (status && status >= 400 && status < 500) return new AppError('invalid');
  return new AppError('internal');
};
