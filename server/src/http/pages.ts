import type Koa from 'koa';
import send from 'koa-send';
import { AppError } from '../kernel/errors';
import { apiPage } from './apiPage';
import { buildOpenApi } from './openapi';

export interface PageOptions {
  version: string;
  webRoot?: string;
}

const hashed = /\.[0-9a-f]{8,}\.(js|css|svg|png|jpg)$/;

/** What a browser asks for besides the API: the page, its files, the API's description. */
export const mountPages = (koa: Koa, options: PageOptions): void => {
  let openApi: string | undefined;
  let page: string | undefined;
  koa.use(async (ctx, next) => {
    // The router answered already, even if with nothing.
    if (ctx.body !== undefined || ctx.status !== 404) {
      await next();
      return;
    }
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') throw new AppError('notFound');
    if (ctx.path === '/openapi.json') {
      openApi ??= JSON.stringify(buildOpenApi(options.version));
      ctx.type = 'application/json';
      ctx.body = openApi;
      return;
    }
    if (ctx.path === '/docs' || ctx.path === '/docs/') {
      page ??= apiPage();
      ctx.type = 'text/html';
      ctx.body = page;
      return;
    }
    if (!options.webRoot) throw new AppError('notFound');
    const path = ctx.path === '/' ? '/index.html' : ctx.path;
    try {
      await send(ctx, path, {
        root: options.webRoot,
        // A hashed name never changes its content.
        maxAge: hashed.test(path) ? 365 * 24 * 3600 * 1000 : 0,
        immutable: hashed.test(path),
      });
    } catch (error) {
      if ((error as { status?: number }).status === 404) throw new AppError('notFound');
      throw error;
    }
  });
};
