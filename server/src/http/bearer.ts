import type { Context } from 'koa';
import { AppError } from '../kernel/errors';

/** The token of an `Authorization: Bearer` header. @throws AppError unauthenticated */
export const bearerOf = (ctx: Context): string => {
  const [scheme, token] = ctx.get('authorization').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw new AppError('unauthenticated');
  return token;
};
