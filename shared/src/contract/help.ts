import { z } from 'zod';
import { endpoint } from './endpoint';
import { helpCard } from './cards';
import { clientId, id, pageOf, pageQuery, sentence } from './primitives';

const byId = z.object({ id });

export const helpKinds = [
  'phone',
  'doctor',
  'errand',
  'lift',
  'repair',
  'company',
  'other',
] as const;

export const helpEndpoints = {
  'GET /help-requests': endpoint({
    operationId: 'listHelpRequests',
    summary:
      '`open`: offered to a volunteer on the own ground; `mine`: accepted by me; `ours`: of the own household',
    access: 'signedIn',
    query: pageQuery.extend({ box: z.enum(['open', 'mine', 'ours']).default('open') }),
    reply: pageOf(helpCard).extend({ creditHours: z.number() }),
  }),
  'POST /help-requests': endpoint({
    operationId: 'askForHelp',
    summary:
      'Ask for a helping hand, for oneself, a family member, or (as chief) a household of the alley',
    access: 'signedIn',
    body: z.object({
      clientId,
      /** Whom it is for; the caller when absent. */
      forPersonId: id.optional(),
      kind: z.enum(helpKinds).default('other'),
      text: sentence(300),
      when: z.string().trim().max(40).default('方便的时候'),
    }),
    reply: helpCard,
    status: 201,
  }),
  'GET /help-requests/:id': endpoint({
    operationId: 'getHelpRequest',
    summary: 'One request as the viewer may see it',
    access: 'signedIn',
    params: byId,
    reply: helpCard,
  }),
  'POST /help-requests/:id/actions': endpoint({
    operationId: 'actOnHelpRequest',
    summary: 'accept (exactly one wins), step, release, done, confirm, rate, cancel',
    access: 'signedIn',
    params: byId,
    body: z.object({
      clientId,
      action: z.enum(['accept', 'step', 'release', 'done', 'confirm', 'rate', 'cancel']),
      step: z.number().int().min(0).max(20).optional(),
      stars: z.number().int().min(1).max(5).optional(),
      text: z.string().trim().max(300).optional(),
    }),
    reply: helpCard,
    errors: ['taken', 'wrongStep'],
  }),
} as const;
