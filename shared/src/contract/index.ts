import type { z } from 'zod';
import { articleEndpoints } from './articles';
import { authEndpoints } from './auth';
import { caseEndpoints } from './cases';
import { conversationEndpoints } from './conversations';
import { deskEndpoints } from './desk';
import { directoryEndpoints } from './directory';
import { helpEndpoints } from './help';
import { learningEndpoints } from './learning';
import { landmarkEndpoints } from './landmarks';
import { serviceEndpoints } from './services';
import { systemEndpoints } from './system';

/** Every endpoint of the product, keyed by its route. */
export const contract = {
  ...systemEndpoints,
  ...authEndpoints,
  ...conversationEndpoints,
  ...caseEndpoints,
  ...serviceEndpoints,
  ...helpEndpoints,
  ...directoryEndpoints,
  ...landmarkEndpoints,
  ...deskEndpoints,
  ...learningEndpoints,
  ...articleEndpoints,
} as const;

export type Contract = typeof contract;
export type Route = keyof Contract;

/** The schema an endpoint declares under `K`, or undefined where it declares none. */
type Schema<R extends Route, K extends string> =
  Contract[R] extends Record<K, infer S> ? S : undefined;
type Input<S> = S extends z.ZodType ? z.input<S> : undefined;
type Output<S> = S extends z.ZodType ? z.output<S> : undefined;

/** What a caller gives. */
export type ParamsIn<R extends Route> = Input<Schema<R, 'params'>>;
export type QueryIn<R extends Route> = Input<Schema<R, 'query'>>;
export type BodyIn<R extends Route> = Input<Schema<R, 'body'>>;
/** What a handler gets, parsed. */
export type ParamsOf<R extends Route> = Output<Schema<R, 'params'>>;
export type QueryOf<R extends Route> = Output<Schema<R, 'query'>>;
export type BodyOf<R extends Route> = Output<Schema<R, 'body'>>;
export type Reply<R extends Route> = Output<Schema<R, 'reply'>>;
/** What a handler may return (defaults not yet applied). */
export type ReplyIn<R extends Route> = Input<Schema<R, 'reply'>>;

export * from './articles';
export * from './auth';
export * from './cards';
export * from './cases';
export * from './conversations';
export * from './desk';
export * from './directory';
export * from './endpoint';
export * from './help';
export * from './learning';
export * from './landmarks';
export * from './messages';
export * from './primitives';
export * from './services';
export * from './system';
