import busboy from 'busboy';
import type { Context } from 'koa';
import { AppError } from '../../kernel/errors';
import { largest } from './intake';

/** The bytes of the single multipart field `file`. @throws AppError invalid, tooLarge */
export const readUpload = (ctx: Context): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    if (!ctx.is('multipart')) {
      reject(new AppError('unsupportedMedia'));
      return;
    }
    const tooLarge = new AppError('tooLarge', undefined, '文件太大了，最多 10 MB，压小一点再发');
    let parser: busboy.Busboy;
    try {
      parser = busboy({ headers: ctx.req.headers, limits: { files: 1, fileSize: largest + 1 } });
    } catch {
      reject(new AppError('invalid'));
      return;
    }
    let bytes: Buffer | undefined;
    let over = false;
    parser.on('file', (_name, stream) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('limit', () => (over = true));
      stream.on('close', () => (bytes = Buffer.concat(chunks)));
    });
    parser.on('close', () => {
      if (over) reject(tooLarge);
      else if (bytes) resolve(bytes);
      else reject(new AppError('invalid', undefined, '没有收到文件，请重选一次'));
    });
    parser.on('error', () => reject(new AppError('invalid')));
    ctx.req.on('aborted', () => reject(new AppError('invalid')));
    ctx.req.pipe(parser);
  });
