import { open, type Implementations } from '../../http/binder';
import { bookingActor, bookingReader, householdOnly } from './policy';
import type { BookingService } from './service';

export const bookingRoutes = (bookings: BookingService): Implementations => {
  const actor = bookingActor(bookings);
  return {
    'GET /services/:id/slots': {
      policy: open(),
      handle: ({ params, viewer }) => bookings.slots(viewer, params.id),
    },
    'POST /bookings': {
      policy: householdOnly,
      handle: ({ body, viewer }) =>
        bookings.book({ ...viewer, householdId: viewer.householdId! }, body),
    },
    'GET /bookings': {
      policy: open(),
      handle: ({ query, viewer }) => bookings.list(viewer, query),
    },
    'GET /bookings/:id': {
      policy: bookingReader(bookings),
      handle: ({ params, viewer }) => bookings.card(params.id, viewer),
    },
    'POST /bookings/:id/move': {
      policy: actor,
      handle: ({ params, body, viewer }) =>
        bookings.move(params.id, viewer, body.clientId, body.slotId),
    },
    'POST /bookings/:id/cancel': {
      policy: actor,
      handle: ({ params, body, viewer }) => bookings.cancel(params.id, viewer, body.clientId),
    },
  };
};
