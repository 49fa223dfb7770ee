import { Schema, type Connection, type Model } from 'mongoose';

/** A counter of a township's service hall, with its opening hours: data, importable. */
export interface CounterDoc {
  _id: string;
  /** 丁集便民中心 3 号窗 */
  name: string;
  /** Serves the households inside. */
  areaPath: string;
  /** 0 is Sunday. */
  weekdays: number[];
  /** Local wall time, `08:30`. */
  hours: { from: string; until: string }[];
  slotMinutes: number;
  /** Households a slot takes. */
  capacity: number;
  /** Open days that can be booked ahead. */
  daysAhead: number;
  /** Local dates the counter stays closed though the weekday says open. */
  closedOn: string[];
  /** First part of a ticket, `B`. */
  letter: string;
  /** How long one household usually takes. */
  minutes: number;
}

/**
 * What is taken on one day at one counter. One document holds all slots and the last ticket number,
 * so that taking a place and drawing a ticket is one conditional update.
 */
export interface CounterDayDoc {
  /** `c3-20260716` */
  _id: string;
  tickets: number;
  /** Households by slot key (`t0930`); a missing key is an empty slot. */
  taken: Record<string, number>;
}

export interface BookingDoc {
  _id: string;
  householdId: string;
  /** Area of the household: its chief may look. */
  areaPath: string;
  personId: string;
  clientId: string;
  serviceId: string;
  serviceName: string;
  counterId: string;
  dayId: string;
  slotId: string;
  /** Slot's key in the day's document. */
  slotKey: string;
  startsAt: Date;
  ticketNo: number;
  /** B 027 */
  ticket: string;
  /** `past`: its time went by; kept apart so that the household can book the service again. */
  state: 'booked' | 'cancelled' | 'past';
  /** When to remind next; absent when nothing is left to say. */
  remindAt?: Date;
  /** The last client acts carried out, so that a retry changes nothing. */
  acts: { by: string; clientId: string }[];
  rev: number;
  createdAt: Date;
}

export interface BookingModels {
  counters: Model<CounterDoc>;
  counterDays: Model<CounterDayDoc>;
  bookings: Model<BookingDoc>;
}

const opts = { versionKey: false as const, autoIndex: false, minimize: false };
const text = { type: String, required: true };

export const defineBookings = (db: Connection): BookingModels => {
  const counter = new Schema<CounterDoc>(
    {
      _id: String,
      name: text,
      areaPath: text,
      weekdays: [Number],
      hours: [{ _id: false, from: text, until: text }],
      slotMinutes: { type: Number, default: 30 },
      capacity: { type: Number, default: 4 },
      daysAhead: { type: Number, default: 8 },
      closedOn: [String],
      letter: { type: String, default: 'B' },
      minutes: { type: Number, default: 20 },
    },
    opts,
  );

  const day = new Schema<CounterDayDoc>(
    {
      _id: String,
      tickets: { type: Number, default: 0 },
      taken: { type: Schema.Types.Mixed, default: {} },
    },
    opts,
  );

  const booking = new Schema<BookingDoc>(
    {
      _id: String,
      householdId: text,
      areaPath: text,
      personId: text,
      clientId: text,
      serviceId: text,
      serviceName: text,
      counterId: text,
      dayId: text,
      slotId: text,
      slotKey: text,
      startsAt: { type: Date, required: true },
      ticketNo: { type: Number, required: true },
      ticket: text,
      state: { type: String, enum: ['booked', 'cancelled', 'past'], required: true },
      remindAt: Date,
      acts: [{ _id: false, by: String, clientId: String }],
      rev: { type: Number, default: 1 },
      createdAt: { type: Date, required: true },
    },
    opts,
  );
  booking.index({ personId: 1, clientId: 1 }, { unique: true });
  booking.index(
    { householdId: 1, serviceId: 1 },
    { unique: true, partialFilterExpression: { state: 'booked' }, name: 'oneOpenEach' },
  );
  booking.index({ householdId: 1, startsAt: 1 });
  booking.index({ dayId: 1, startsAt: 1, ticketNo: 1 });
  booking.index({ remindAt: 1 }, { sparse: true });

  return {
    counters: db.model<CounterDoc>('ServiceCounter', counter, 'serviceCounters'),
    counterDays: db.model<CounterDayDoc>('CounterDay', day, 'counterDays'),
    bookings: db.model<BookingDoc>('Booking', booking, 'bookings'),
  };
};
