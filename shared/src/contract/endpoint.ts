import type { z } from 'zod';
import type { Role } from '../domain/roles';
import type { ErrorCode } from '../domain/errors';

/** Who may call at all. Finer rules (own household, own ground) are the policy's. */
export type Access = 'public' | 'signedIn' | readonly Role[];

/** One endpoint, declared once: server binding, OpenAPI and the client's types all come from it. */
export interface Endpoint {
  operationId: string;
  /** One English line for the API page. */
  summary: string;
  access: Access;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  reply: z.ZodType;
  /** Success status; 200 unless told. */
  status?: 200 | 201 | 202;
  /** Codes beyond the general ones (invalid, unauthenticated, forbidden, notFound, tooMany). */
  errors?: readonly ErrorCode[];
  /** Bodies that are not JSON: multipart upload in, bytes out, text lines in. */
  raw?: 'upload' | 'bytes' | 'lines';
  /** Calls allowed per person (or address) and minute. */
  perMinute?: number;
}

/** Identity that keeps the schema types of the declaration. */
export const endpoint = <const E extends Endpoint>(e: E): E => e;
