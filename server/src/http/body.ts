import type { Context } from 'koa';
import { AppError } from '../kernel/errors';

const limit = 256 * 1024;

/** Reads at most `max` bytes of the request. @throws AppError tooLarge */
export const readBytes = async (ctx: Context, max: number): Promise<Buffer> => {
  const declared = Number(ctx.get('content-length'));
  if (declared > max) {
    // Drain, so that the client can read our answer instead of a reset connection.
    ctx.req.resume();
    throw new AppError('tooLarge');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > max) throw new AppError('tooLarge');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** The JSON body. @throws AppError badJson, tooLarge, unsupportedMedia */
export const readBody = async (ctx: Context): Promise<unknown> => {
  const type = ctx.get('content-type');
  if (type && !ctx.is('json')) throw new AppError('unsupportedMedia');
  const bytes = await readBytes(ctx, limit);
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new AppError('badJson');
  }
};
