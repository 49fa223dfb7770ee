import { policy, type Policy } from '../../http/binder';
import { servesArea } from '../../http/viewer';
import type { BookingService } from './service';

/** People who live nowhere here have no thread to hang a ticket in. */
export const householdOnly: Policy<'POST /bookings'> = policy(
  'ofAHousehold',
  ({ viewer }) => viewer.householdId !== undefined,
);

/** The family may look and act; its alley chief may look. */
export const bookingReader = (bookings: BookingService): Policy<'GET /bookings/:id'> =>
  policy('householdOfBookingOrItsChief', async ({ params, viewer }) => {
    const b = await bookings.get(params.id);
    return b.householdId === viewer.householdId || servesArea(viewer, b.areaPath, 'alleyChief');
  });

type ActRoute = 'POST /bookings/:id/move' | 'POST /bookings/:id/cancel';

export const bookingActor = (bookings: BookingService): Policy<ActRoute> =>
  policy<ActRoute>(
    'householdOfBooking',
    async ({ params, viewer }) =>
      (await bookings.get(params.id)).householdId === viewer.householdId,
  );
