import { z } from 'zod';
import { endpoint } from './endpoint';

export const deskEndpoints = {
  'GET /desk/summary': endpoint({
    operationId: 'getDeskSummary',
    summary: 'Headline figures of the own ground, computed live',
    access: ['gridLeader', 'gridSupervisor', 'dispatcher', 'admin'],
    reply: z.object({
      title: z.string(),
      dutyName: z.string(),
      collected: z.number().int(),
      collectedThisWeek: z.number().int(),
      closed: z.number().int(),
      closedThisWeek: z.number().int(),
      open: z.number().int(),
      dueToday: z.number().int(),
      overdue: z.number().int(),
      /** Last seven days, oldest first. */
      days: z.array(
        z.object({
          date: z.string(),
          weekday: z.string(),
          collected: z.number().int(),
          closed: z.number().int(),
        }),
      ),
    }),
  }),
} as const;
