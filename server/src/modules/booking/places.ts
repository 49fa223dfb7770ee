import type { ClientSession, Model } from 'mongoose';
import { AppError } from '../../kernel/errors';
import { isDuplicateKey } from '../../kernel/mongoErrors';
import { KeyedMutex } from '../../kernel/mutex';
import type { BookingDoc, CounterDayDoc } from './model';
import type { OpenSlot } from './slots';

/**
 * The places of each counter and day. The limit is a condition of the update that takes a place, so
 * no number of nodes can exceed it; the mutex only spares this node's own transactions from running
 * into each other and starting over.
 */
export class Places {
  private readonly mutex = new KeyedMutex();

  constructor(private readonly days: Model<CounterDayDoc>) {}

  /** Runs work that takes places of a day; the day's document exists by then. */
  async guarded<T>(dayId: string, work: () => Promise<T>): Promise<T> {
    await this.ensure(dayId);
    return this.mutex.run(dayId, work);
  }

  /**
   * Takes a place and draws the day's next ticket number, in the given transaction.
   * @throws AppError slotFull
   */
  async take(session: ClientSession, slot: OpenSlot, capacity: number): Promise<number> {
    const day = await this.days
      .findOneAndUpdate(
        // `$not` also holds where nobody has taken anything yet and the key is missing.
        { _id: slot.dayId, [`taken.${slot.key}`]: { $not: { $gte: capacity } } },
        { $inc: { [`taken.${slot.key}`]: 1, tickets: 1 } },
        { session, returnDocument: 'after' },
      )
      .lean();
    if (!day) throw new AppError('slotFull');
    return day.tickets;
  }

  async giveBack(session: ClientSession, b: Pick<BookingDoc, 'dayId' | 'slotKey'>): Promise<void> {
    await this.days.updateOne(
      { _id: b.dayId, [`taken.${b.slotKey}`]: { $gt: 0 } },
      { $inc: { [`taken.${b.slotKey}`]: -1 } },
      { session },
    );
  }

  /** How many places are taken, by day and slot key. */
  async taken(dayIds: readonly string[]): Promise<(dayId: string, key: string) => number> {
    const found = await this.days.find({ _id: { $in: dayIds } }).lean();
    const byId = new Map(found.map((d) => [d._id, d.taken]));
    return (dayId, key) => byId.get(dayId)?.[key] ?? 0;
  }

  /** Outside the transaction: two first bookings of a day must not clash over making its document. */
  private async ensure(dayId: string): Promise<void> {
    try {
      await this.days.updateOne(
        { _id: dayId },
        { $setOnInsert: { tickets: 0, taken: {} } },
        { upsert: true },
      );
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}
