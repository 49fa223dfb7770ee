import { z } from 'zod';

/** Identifiers are short printable strings; the pattern keeps query operators and paths out. */
export const id = z.string().regex(/^[A-Za-z0-9:_.-]{1,64}$/, '编号不对');

/** Made by the client once per act and sent again on every retry: what makes a retry harmless. */
export const clientId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, '客户端编号不对');

/** UTC instant, ISO 8601 with milliseconds. */
export const isoTime = z.iso.datetime();

/** WGS-84, [longitude, latitude] as GeoJSON has it. */
export const point = z.object({
  longitude: z.number().min(-180).max(180),
  latitude: z.number().min(-90).max(90),
});
export type Point = z.infer<typeof point>;

/** Opaque position in a list; absent in a reply when the list ends. */
export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

/** A page of a list. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

/** Longest text one message may hold, in UTF-16 units: what a phone screen can still be asked to show. */
export const maxText = 2000;

/** Trimmed, never empty. */
export const sentence = (max = 500) =>
  z.string().trim().min(1, '还没写内容').max(max, `最多写 ${max} 个字`);

/** The single shape of every error reply. */
export const errorBody = z.object({
  code: z.string(),
  message: z.string(),
  details: z.unknown().optional(),
});
export type ErrorBody = z.infer<typeof errorBody>;
