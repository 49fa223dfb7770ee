import { z } from 'zod';
import { endpoint } from './endpoint';
import { bookingCard, bundleCard } from './cards';
import { clientId, id, isoTime, pageOf, pageQuery } from './primitives';

const byId = z.object({ id });

const serviceRow = z.object({
  id,
  name: z.string(),
  audience: z.enum(['person', 'enterprise']),
  lead: z.string(),
  summary: z.string(),
  /** Contents are known; otherwise only the name is, and the card says whom to ask. */
  hasGuide: z.boolean(),
});
export type ServiceRow = z.infer<typeof serviceRow>;

const slot = z.object({
  id,
  startsAt: isoTime,
  /** Households one slot still takes. */
  left: z.number().int(),
  capacity: z.number().int(),
});
export type Slot = z.infer<typeof slot>;

export const serviceEndpoints = {
  'GET /services': endpoint({
    operationId: 'searchServices',
    summary: 'Service bundles, found by the words people use; all of them without `q`',
    access: 'signedIn',
    query: pageQuery.extend({
      q: z.string().trim().max(100).optional(),
      audience: z.enum(['person', 'enterprise']).optional(),
    }),
    reply: pageOf(serviceRow).extend({ often: z.array(z.string()) }),
  }),
  'GET /services/:id': endpoint({
    operationId: 'getService',
    summary: 'One bundle with the personal checklist of the household',
    access: 'signedIn',
    params: byId,
    reply: bundleCard,
  }),
  'PUT /services/:id/checklist/:material': endpoint({
    operationId: 'tickMaterial',
    summary: 'Tick a material of the personal checklist on or off',
    access: 'signedIn',
    params: z.object({ id, material: id }),
    body: z.object({ done: z.boolean() }),
    reply: bundleCard,
  }),
  'GET /services/:id/slots': endpoint({
    operationId: 'listSlots',
    summary: 'Bookable slots of the next open days',
    access: 'signedIn',
    params: byId,
    reply: z.object({
      counter: z.string(),
      note: z.string(),
      days: z.array(
        z.object({
          date: z.string(),
          weekday: z.string(),
          open: z.boolean(),
          left: z.number().int(),
          slots: z.array(slot),
        }),
      ),
    }),
  }),
  'POST /bookings': endpoint({
    operationId: 'bookSlot',
    summary: 'Book a counter slot; capacity is never exceeded',
    access: 'signedIn',
    body: z.object({ clientId, serviceId: id, slotId: id }),
    reply: bookingCard,
    status: 201,
    errors: ['slotFull', 'alreadyBooked'],
  }),
  'GET /bookings': endpoint({
    operationId: 'listBookings',
    summary: 'Own bookings, soonest first',
    access: 'signedIn',
    query: pageQuery,
    reply: pageOf(bookingCard),
  }),
  'GET /bookings/:id': endpoint({
    operationId: 'getBooking',
    summary: 'One booking of the own household',
    access: 'signedIn',
    params: byId,
    reply: bookingCard,
  }),
  'POST /bookings/:id/move': endpoint({
    operationId: 'moveBooking',
    summary: 'Move a booking to another slot, atomically',
    access: 'signedIn',
    params: byId,
    body: z.object({ clientId, slotId: id }),
    reply: bookingCard,
    errors: ['slotFull', 'wrongStep'],
  }),
  'POST /bookings/:id/cancel': endpoint({
    operationId: 'cancelBooking',
    summary: 'Give a slot back',
    access: 'signedIn',
    params: byId,
    body: z.object({ clientId }),
    reply: bookingCard,
    errors: ['wrongStep'],
  }),
} as const;
