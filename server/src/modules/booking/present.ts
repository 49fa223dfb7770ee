import type { BookingCard, CardAction, StatusTag } from '@alley-chief/shared/contract';
import { local, weekdayNames } from '../../kernel/localTime';
import type { BookingDoc, CounterDoc } from './model';

/** A household that has not come half an hour after its time is not waited for. */
const graceMinutes = 30;
const nearMinutes = 60;

/** Its time went by: nothing can be changed any more. */
export const isOver = (b: Pick<BookingDoc, 'startsAt'>, now: Date): boolean =>
  now.getTime() >= b.startsAt.getTime() + graceMinutes * 60_000;

/** Bookings that began before this are over. */
export const overSince = (now: Date): Date => new Date(now.getTime() - graceMinutes * 60_000);

const stateOf = (b: BookingDoc, now: Date): BookingCard['state'] => {
  if (b.state === 'cancelled') return 'cancelled';
  if (b.state === 'past' || isOver(b, now)) return 'served';
  return b.startsAt.getTime() - now.getTime() <= nearMinutes * 60_000 ? 'near' : 'booked';
};

/** Counters do not report back who came, so a past time is called just that. */
const statusFor: Record<BookingCard['state'], StatusTag> = {
  booked: { text: '约好了', tone: 'do' },
  near: { text: '快到了', tone: 'wait' },
  called: { text: '叫号了', tone: 'hot' },
  served: { text: '时间过了', tone: 'done' },
  missed: { text: '过号了', tone: 'hotTint' },
  cancelled: { text: '不去了', tone: 'done' },
};

/** 7 月 16 日 周四 09:30 */
export const saySlot = (at: Date): string => {
  const t = local(at);
  return `${t.format('M 月 D 日')} 周${weekdayNames[t.day()]} ${t.format('HH:mm')}`;
};

export interface BookingFacts {
  counter: CounterDoc;
  /** Households with an earlier number that may still be at the window. */
  ahead: number;
  /** Names of what is still to be brought. */
  bring: string[];
}

/** @param own the viewer belongs to the household and may change the booking */
export const presentBooking = (
  b: BookingDoc,
  facts: BookingFacts,
  own: boolean,
  now: Date,
): BookingCard => {
  const state = stateOf(b, now);
  const live = own && (state === 'booked' || state === 'near');
  const move: CardAction = {
    action: 'open:slots',
    label: '改时间',
    style: 'outline',
    needs: [],
    target: b.serviceId,
  };
  const cancel: CardAction = { action: 'cancel', label: '不去了', style: 'text', needs: [] };
  return {
    id: b._id,
    rev: b.rev,
    type: 'booking',
    serviceId: b.serviceId,
    serviceName: b.serviceName,
    ticket: b.ticket,
    startsAt: b.startsAt.toISOString(),
    plate: { text: facts.counter.name, tone: 'solid' },
    ahead: state === 'booked' || state === 'near' ? facts.ahead : 0,
    minutes: facts.counter.minutes,
    bring: facts.bring,
    state,
    status: statusFor[state],
    actions: live ? [...(b.startsAt > now ? [move] : []), cancel] : [],
  };
};
