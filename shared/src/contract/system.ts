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
} as const;
