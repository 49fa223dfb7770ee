import type { Context } from 'koa';
import type { Router } from '@koa/router';
import type { z } from 'zod';
import {
  contract,
  type BodyOf,
  type Endpoint,
  type ParamsOf,
  type QueryOf,
  type ReplyIn,
  type Route,
} from '@alley-chief/shared/contract';
import { hasRole, type Role } from '@alley-chief/shared/domain';
import { AppError } from '../kernel/errors';
import type { RateLimiter } from './rateLimiter';
import type { Viewer } from './viewer';
import { readBody } from './body';
import { validationError } from './validation';

/** What a handler is given: everything parsed, and who asks. */
export interface Request<R extends Route> {
  params: ParamsOf<R>;
  query: QueryOf<R>;
  body: BodyOf<R>;
  /** Present unless the endpoint is public. */
  viewer: Viewer;
  /** For raw endpoints only. */
  koa: Context;
}

/** Decides whether this viewer may do this, beyond the contract's roles. Named for the audit page. */
export interface Policy<R extends Route> {
  name: string;
  allow(request: Request<R>): boolean | Promise<boolean>;
}

export interface Implementation<R extends Route> {
  policy: Policy<R>;
  handle(request: Request<R>): Promise<ReplyIn<R>>;
}

/** A module's part of the contract. */
export type Implementations = { [R in Route]?: Implementation<R> };

/** For endpoints where the contract's `access` says everything. */
export const accessOnly: Policy<never> = { name: 'accessOnly', allow: () => true };
export const open = <R extends Route>(): Policy<R> => accessOnly;

/** Names a rule so that the list of policies can be read. */
export const policy = <R extends Route>(name: string, allow: Policy<R>['allow']): Policy<R> => ({
  name,
  allow,
});

export interface BinderDeps {
  /** Resolves the bearer token; throws `unauthenticated`. */
  authenticate(ctx: Context): Promise<Viewer>;
  limiter: RateLimiter;
}

const parse = (schema: z.ZodType | undefined, value: unknown, where: string): unknown => {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (!result.success) throw validationError(result.error, where);
  return result.data;
};

/**
 * Mounts the contract on the router.
 * @throws at start when an endpoint has no implementation or no policy, or one is not in the contract.
 */
export const bindContract = (
  router: Router,
  modules: readonly Implementations[],
  deps: BinderDeps,
): void => {
  const implemented = Object.assign({}, ...modules) as Record<string, Implementation<Route>>;
  const routes = Object.keys(contract) as Route[];
  const missing = routes.filter((r) => !implemented[r]?.policy);
  const unknown = Object.keys(implemented).filter((r) => !(r in contract));
  if (missing.length || unknown.length) {
    throw new Error(
      `contract and server disagree: missing [${missing.join()}], unknown [${unknown.join()}]`,
    );
  }
  for (const route of routes) {
    const [method, path] = route.split(' ') as [string, string];
    const endpoint: Endpoint = contract[route];
    const implementation = implemented[route] as Implementation<Route>;
    router.register(path, [method], async (ctx: Context) => {
      const viewer = endpoint.access === 'public' ? undefined : await deps.authenticate(ctx);
      deps.limiter.take(`${route} ${viewer?.personId ?? ctx.ip}`, endpoint.perMinute ?? 300);
      if (
        Array.isArray(endpoint.access) &&
        !hasRole(viewer!.grants, ...(endpoint.access as Role[]))
      ) {
        throw new AppError('forbidden');
      }
      const request = {
        params: parse(endpoint.params, (ctx as unknown as { params: unknown }).params, 'params'),
        query: parse(endpoint.query, ctx.query, 'query'),
        body: endpoint.body ? parse(endpoint.body, await readBody(ctx), 'body') : undefined,
        viewer,
        koa: ctx,
      } as Request<Route>;
      if (!(await implementation.policy.allow(request))) throw new AppError('forbidden');
      const reply = await implementation.handle(request);
      ctx.status = endpoint.status ?? 200;
      // Bytes were written by the handler itself.
      if (endpoint.raw === 'bytes') return;
      const checked = endpoint.reply.safeParse(reply);
      if (!checked.success) {
        throw new Error(`reply of ${route} breaks the contract: ${checked.error.message}`);
      }
      ctx.body = checked.data;
    });
  }
};
