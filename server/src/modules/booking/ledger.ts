import { botSender } from '../conversation/bot';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import { newId } from '../../kernel/ids';
import { ConversationService } from '../conversation/service';
import type { ThreadTx } from '../conversation/thread';
import { bundleRef, type ServiceService } from '../service/service';
import type { BookingDoc, BookingModels, CounterDoc } from './model';
import type { Places } from './places';
import { isOver, overSince, saySlot } from './present';
import { nextReminder } from './reminders';
import type { OpenSlot } from './slots';

export interface LedgerDeps {
  models: BookingModels;
  places: Places;
  clock: Clock;
  conversations: ConversationService;
  services: ServiceService;
}

/** Somebody else changed the booking between reading and writing: read again. */
class Stale extends Error {}

export interface Change {
  set: Partial<BookingDoc>;
  notice: string;
}

/** Works out a change of an open booking inside the transaction; undefined leaves it as it is. */
export type Decide = (b: BookingDoc, tx: ThreadTx) => Promise<Change | undefined>;

/** A booking before its place is taken. */
export type BookingDraft = Pick<
  BookingDoc,
  'householdId' | 'areaPath' | 'personId' | 'clientId' | 'serviceId' | 'serviceName' | 'counterId'
>;

/** The transactions of bookings: place, booking, checklist and the line in the thread agree. */
export class BookingLedger {
  constructor(private readonly deps: LedgerDeps) {}

  /** @throws AppError slotFull, alreadyBooked; duplicate keys as they are */
  book(draft: BookingDraft, slot: OpenSlot, counter: CounterDoc): Promise<BookingDoc> {
    return this.deps.places.guarded(slot.dayId, () =>
      this.inThread(draft.householdId, (tx) => this.insert(tx, draft, slot, counter)),
    );
  }

  /**
   * One change of an open booking with its notice; a repeated act changes nothing.
   * @throws AppError wrongStep, conflict
   */
  async change(
    before: BookingDoc,
    act: BookingDoc['acts'][number],
    decide: Decide,
  ): Promise<BookingDoc> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.inThread(before.householdId, (tx) =>
          this.carryOut(before._id, act, decide, tx),
        );
      } catch (error) {
        if (!(error instanceof Stale)) throw error;
        if (attempt >= 10) throw new AppError('conflict');
      }
    }
  }

  /** Takes a due reminder and says it. @returns false when another node did, or nothing was to say */
  async remind(b: BookingDoc, text: string | undefined, next: Date | undefined): Promise<boolean> {
    return this.inThread(b.householdId, async (tx) => {
      const taken = await this.deps.models.bookings.updateOne(
        { _id: b._id, rev: b.rev, state: 'booked', remindAt: b.remindAt },
        {
          ...(next ? { $set: { remindAt: next } } : { $unset: { remindAt: 1 } }),
          $inc: { rev: 1 },
        },
        { session: tx.session },
      );
      if (taken.modifiedCount !== 1 || text === undefined) return false;
      await tx.say({
        from: botSender,
        kind: 'notice',
        text,
        about: [{ type: 'booking', id: b._id }],
      });
      return true;
    });
  }

  private async insert(
    tx: ThreadTx,
    draft: BookingDraft,
    slot: OpenSlot,
    counter: CounterDoc,
  ): Promise<BookingDoc> {
    const now = this.deps.clock.now();
    const { householdId, serviceId } = draft;
    await this.closePast(tx, householdId, serviceId, now);
    const no = await this.deps.places.take(tx.session, slot, counter.capacity);
    const booking: BookingDoc = {
      ...draft,
      ...placeOf(slot),
      ...ticketOf(counter, no),
      _id: newId('b'),
      state: 'booked',
      remindAt: nextReminder(slot.startsAt, now)?.at,
      acts: [],
      rev: 1,
      createdAt: now,
    };
    await this.deps.models.bookings.create([booking], { session: tx.session });
    await this.deps.services.touch(tx.session, householdId, serviceId);
    await tx.say({
      from: botSender,
      kind: 'card',
      card: { type: 'booking', id: booking._id },
      about: [bundleRef(serviceId, householdId)],
      text: `约好了：${saySlot(slot.startsAt)}，号 ${booking.ticket}`,
    });
    return booking;
  }

  /** A booking whose time went by does not stand in the way of a new one; an open one does. */
  private async closePast(
    { session }: ThreadTx,
    householdId: string,
    serviceId: string,
    now: Date,
  ): Promise<void> {
    const { bookings } = this.deps.models;
    const open = { householdId, serviceId, state: 'booked' as const };
    await bookings.updateMany(
      { ...open, startsAt: { $lte: overSince(now) } },
      { $set: { state: 'past' }, $unset: { remindAt: 1 }, $inc: { rev: 1 } },
      { session },
    );
    if (await bookings.exists(open).session(session)) throw new AppError('alreadyBooked');
  }

  private async carryOut(
    id: string,
    act: BookingDoc['acts'][number],
    decide: Decide,
    tx: ThreadTx,
  ): Promise<BookingDoc> {
    const { bookings } = this.deps.models;
    const b = await bookings.findById(id).session(tx.session).lean();
    if (!b) throw new AppError('notFound');
    if (b.acts.some((a) => a.by === act.by && a.clientId === act.clientId)) return b;
    if (b.state !== 'booked' || isOver(b, this.deps.clock.now())) throw new AppError('wrongStep');
    const change = await decide(b, tx);
    if (!change) return b;
    const { remindAt, ...set } = change.set;
    const after = await bookings
      .findOneAndUpdate(
        { _id: id, rev: b.rev },
        {
          ...(remindAt ? { $set: { ...set, remindAt } } : { $set: set, $unset: { remindAt: 1 } }),
          $inc: { rev: 1 },
          $push: { acts: { $each: [act], $slice: -30 } },
        },
        { session: tx.session, returnDocument: 'after' },
      )
      .lean();
    if (!after) throw new Stale();
    await this.deps.services.touch(tx.session, b.householdId, b.serviceId);
    await tx.say({
      from: botSender,
      kind: 'notice',
      text: change.notice,
      about: [{ type: 'booking', id }, bundleRef(b.serviceId, b.householdId)],
    });
    return after;
  }

  private inThread<T>(householdId: string, work: (tx: ThreadTx) => Promise<T>): Promise<T> {
    return this.deps.conversations.transact(ConversationService.householdThread(householdId), work);
  }
}

export const placeOf = (
  slot: OpenSlot,
): Pick<BookingDoc, 'dayId' | 'slotId' | 'slotKey' | 'startsAt'> => ({
  dayId: slot.dayId,
  slotId: slot.id,
  slotKey: slot.key,
  startsAt: slot.startsAt,
});

/** B 027 */
export const ticketOf = (
  counter: CounterDoc,
  no: number,
): Pick<BookingDoc, 'ticketNo' | 'ticket'> => ({
  ticketNo: no,
  ticket: `${counter.letter} ${String(no).padStart(3, '0')}`,
});
