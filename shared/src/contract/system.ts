import { z } from 'zod';
import { endpoint } from './endpoint';

export const systemEndpoints = {
  'GET /healthz': endpoint({
    operationId: 'getHealth',
    summary: 'Answers 200 once the database is ready and messages flow',
    access: 'public',
    reply: z.object({
      ok: z.boolean(),
      database: z.boolean(),
      events: z.boolean(),
      version: z.string(),
    }),
    errors: ['busy'],
  }),
  'GET /about': endpoint({
    operationId: 'getAbout',
    summary: 'Version, and what leaves the city: the notice on a large model, when one is asked',
    access: 'public',
    reply: z.object({
      version: z.string(),
      /** Absent: no text goes to anybody outside. */
      secondOpinion: z.object({ host: z.string(), notice: z.string() }).optional(),
    }),
  }),
} as const;
