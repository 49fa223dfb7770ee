import type { Model } from 'mongoose';
import type { BookingCard } from '@alley-chief/shared/contract';
import type { CardSource } from '../../cards/registry';
import { servesArea, type Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import type { ServiceService } from '../service/service';
import type { Counters } from './counters';
import type { BookingDoc } from './model';
import { presentBooking, type BookingFacts } from './present';

export interface BookingCardDeps {
  bookings: Model<BookingDoc>;
  counters: Counters;
  services: ServiceService;
  clock: Clock;
}

/** Makes booking cards: the family acts on them, its alley chief looks, nobody else sees them. */
export class BookingCards implements CardSource {
  constructor(private readonly deps: BookingCardDeps) {}

  async load(
    ids: string[],
  ): Promise<Map<string, (viewer: Viewer) => Promise<BookingCard | undefined>>> {
    const found = await this.deps.bookings.find({ _id: { $in: ids } }).lean();
    const made = await Promise.all(
      found.map(async (b) => {
        const facts = await this.facts(b);
        return [b._id, (viewer: Viewer) => Promise.resolve(this.show(b, facts, viewer))] as const;
      }),
    );
    return new Map(made);
  }

  /** @throws AppError forbidden */
  async card(b: BookingDoc, viewer: Viewer): Promise<BookingCard> {
    const card = this.show(b, await this.facts(b), viewer);
    if (!card) throw new AppError('forbidden');
    return card;
  }

  /** What the card says beyond the booking itself. */
  async facts(b: BookingDoc): Promise<BookingFacts> {
    const [counter, missing] = await Promise.all([
      this.deps.counters.get(b.counterId),
      this.deps.services.missing(b.serviceId, b.householdId),
    ]);
    // Whoever had the slot before, or this one with a lower number, may still be at the window.
    const previous = new Date(b.startsAt.getTime() - counter.slotMinutes * 60_000);
    const near = await this.deps.bookings
      .find({ dayId: b.dayId, state: 'booked', startsAt: { $gte: previous, $lte: b.startsAt } })
      .select('startsAt ticketNo')
      .lean();
    const ahead = near.filter((o) => o.startsAt < b.startsAt || o.ticketNo < b.ticketNo).length;
    return { counter, ahead, bring: missing.map((m) => m.name) };
  }

  private show(b: BookingDoc, facts: BookingFacts, viewer: Viewer): BookingCard | undefined {
    const own = viewer.householdId === b.householdId;
    if (!own && !servesArea(viewer, b.areaPath, 'alleyChief')) return undefined;
    return presentBooking(b, facts, own, this.deps.clock.now());
  }
}
