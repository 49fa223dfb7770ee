import type { BookingCard, Reply } from '@alley-chief/shared/contract';
import type { CardRegistry } from '../../cards/registry';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import { isDuplicateKey } from '../../kernel/mongoErrors';
import type { ConversationService } from '../conversation/service';
import type { DirectoryService } from '../directory/service';
import type { ServiceService } from '../service/service';
import { BookingCards } from './cards';
import { Counters } from './counters';
import { BookingLedger, placeOf, ticketOf } from './ledger';
import type { BookingDoc, BookingModels, CounterDoc } from './model';
import { Places } from './places';
import { overSince, saySlot } from './present';
import { dueReminder, nextReminder } from './reminders';
import { bookableSlot, daysOf, type OpenSlot } from './slots';
import { sayReminder } from './words';

export interface BookingDeps {
  models: BookingModels;
  clock: Clock;
  directory: DirectoryService;
  conversations: ConversationService;
  services: ServiceService;
  cards: CardRegistry;
}

const notBookable = (): AppError => new AppError('notFound', undefined, '这个时段约不了，换一个吧');

/** Counter slots: taken, moved and given back, each with its line in the household's thread. */
export class BookingService {
  private readonly places: Places;
  private readonly counters: Counters;
  private readonly cards: BookingCards;
  private readonly ledger: BookingLedger;

  constructor(private readonly deps: BookingDeps) {
    const { models, services, clock } = deps;
    this.places = new Places(models.counterDays);
    this.ledger = new BookingLedger({ ...deps, places: this.places });
    this.counters = new Counters(models.counters);
    this.cards = new BookingCards({
      bookings: models.bookings,
      counters: this.counters,
      services,
      clock,
    });
    deps.cards.register('booking', this.cards);
    services.useBookings(this);
  }

  importCounters(counters: readonly CounterDoc[]): Promise<void> {
    return this.counters.import(counters);
  }

  /** Days and slots at the counter that serves the viewer's home. @throws AppError notFound */
  async slots(viewer: Viewer, serviceId: string): Promise<Reply<'GET /services/:id/slots'>> {
    const service = await this.deps.services.get(serviceId);
    const counter = await this.counters.forViewer(viewer);
    const now = this.deps.clock.now();
    const days = daysOf(counter, now);
    const taken = await this.places.taken(days.map((d) => d.id));
    const leftAt = (s: OpenSlot): number =>
      s.startsAt > now ? Math.max(0, counter.capacity - taken(s.dayId, s.key)) : 0;
    const missing = viewer.householdId
      ? (await this.deps.services.missing(serviceId, viewer.householdId)).length
      : 0;
    const guided = missing ? `还差的 ${missing} 样当天带来，窗口现场收。` : '要带的都齐了。';
    return {
      counter: counter.name,
      note: service.hasGuide ? guided : '要带什么还没有清单，到窗口当面问清。',
      days: days.map((d) => ({
        date: d.date,
        weekday: d.weekday,
        open: d.open,
        left: d.slots.reduce((sum, s) => sum + leftAt(s), 0),
        slots: d.slots.map((s) => ({
          id: s.id,
          startsAt: s.startsAt.toISOString(),
          left: leftAt(s),
          capacity: counter.capacity,
        })),
      })),
    };
  }

  /**
   * Takes a place, draws the ticket and hangs the card in the household's thread: one transaction.
   * @throws AppError slotFull, alreadyBooked, notFound
   */
  async book(
    viewer: Viewer & { householdId: string },
    ask: { clientId: string; serviceId: string; slotId: string },
  ): Promise<BookingCard> {
    const earlier = await this.earlier(viewer.personId, ask.clientId);
    if (earlier) return this.cards.card(earlier, viewer);
    const [service, counter, household] = await Promise.all([
      this.deps.services.get(ask.serviceId),
      this.counters.forViewer(viewer),
      this.deps.directory.household(viewer.householdId),
    ]);
    const slot = bookableSlot(counter, ask.slotId, this.deps.clock.now());
    if (!slot) throw notBookable();
    const draft = {
      householdId: household._id,
      areaPath: household.areaPath,
      personId: viewer.personId,
      clientId: ask.clientId,
      serviceId: service._id,
      serviceName: service.name,
      counterId: counter._id,
    };
    try {
      return await this.cards.card(await this.ledger.book(draft, slot, counter), viewer);
    } catch (error) {
      // The same act may have come twice at once: then the other one's booking is the answer.
      const mine = await this.earlier(viewer.personId, ask.clientId);
      if (mine) return this.cards.card(mine, viewer);
      if (isDuplicateKey(error, 'serviceId')) throw new AppError('alreadyBooked');
      throw error;
    }
  }

  /** Takes the new place and gives the old one back, or neither. @throws AppError slotFull, wrongStep */
  async move(
    bookingId: string,
    viewer: Viewer,
    clientId: string,
    slotId: string,
  ): Promise<BookingCard> {
    const before = await this.get(bookingId);
    const counter = await this.counters.get(before.counterId);
    const wanted = bookableSlot(counter, slotId, this.deps.clock.now());
    const act = { by: viewer.personId, clientId };
    const doc = await this.places.guarded(wanted?.dayId ?? before.dayId, () =>
      this.ledger.change(before, act, async (b, tx) => {
        const now = this.deps.clock.now();
        if (b.startsAt <= now) throw new AppError('wrongStep');
        if (b.slotId === slotId) return undefined;
        const slot = bookableSlot(counter, slotId, now);
        if (!slot) throw notBookable();
        const no = await this.places.take(tx.session, slot, counter.capacity);
        await this.places.giveBack(tx.session, b);
        const ticket = ticketOf(counter, no);
        return {
          set: { ...placeOf(slot), ...ticket, remindAt: nextReminder(slot.startsAt, now)?.at },
          notice: `改到 ${saySlot(slot.startsAt)}，新号 ${ticket.ticket}`,
        };
      }),
    );
    return this.cards.card(doc, viewer);
  }

  /** Gives the place back. @throws AppError wrongStep */
  async cancel(bookingId: string, viewer: Viewer, clientId: string): Promise<BookingCard> {
    const act = { by: viewer.personId, clientId };
    const doc = await this.ledger.change(await this.get(bookingId), act, async (b, tx) => {
      await this.places.giveBack(tx.session, b);
      return {
        set: { state: 'cancelled' },
        notice: `${saySlot(b.startsAt)} 不去了，号退了。想再约，说一声就行`,
      };
    });
    return this.cards.card(doc, viewer);
  }

  /** @throws AppError notFound */
  async get(bookingId: string): Promise<BookingDoc> {
    const doc = await this.deps.models.bookings.findById(bookingId).lean();
    if (!doc) throw new AppError('notFound');
    return doc;
  }

  async card(bookingId: string, viewer: Viewer): Promise<BookingCard> {
    return this.cards.card(await this.get(bookingId), viewer);
  }

  /** The household's bookings: what lies ahead, soonest first, then the rest, newest first. */
  async list(
    viewer: Viewer,
    page: { cursor?: string; limit: number },
  ): Promise<{ items: BookingCard[]; nextCursor?: string }> {
    const { householdId } = viewer;
    if (!householdId) return { items: [] };
    const { bookings } = this.deps.models;
    const from = /^\d{1,6}$/.test(page.cursor ?? '') ? Number(page.cursor) : 0;
    const coming = { householdId, ...this.ahead() };
    const [found, count] = await Promise.all([
      bookings
        .find(coming)
        .sort({ startsAt: 1, _id: 1 })
        .skip(from)
        .limit(page.limit + 1)
        .lean(),
      bookings.countDocuments(coming),
    ]);
    if (found.length <= page.limit) {
      const rest = await bookings
        .find({ householdId, $nor: [this.ahead()] })
        .sort({ startsAt: -1, _id: 1 })
        .skip(Math.max(0, from - count))
        .limit(page.limit + 1 - found.length)
        .lean();
      found.push(...rest);
    }
    return {
      items: await Promise.all(found.slice(0, page.limit).map((b) => this.cards.card(b, viewer))),
      nextCursor: found.length > page.limit ? String(from + page.limit) : undefined,
    };
  }

  async openBooking(householdId: string, serviceId: string): Promise<string | undefined> {
    const found = await this.deps.models.bookings
      .findOne({ householdId, serviceId, ...this.ahead() })
      .select('_id')
      .lean();
    return found?._id;
  }

  /**
   * Says the reminders that are due, each exactly once on any number of nodes: taking the reminder
   * and saying it are one transaction.
   * @returns how many were said
   */
  async remindDue(now: Date): Promise<number> {
    const due = await this.deps.models.bookings
      .find({ state: 'booked', remindAt: { $lte: now } })
      .sort({ remindAt: 1 })
      .limit(500)
      .lean();
    let said = 0;
    for (const b of due) if (await this.remind(b, now)) said += 1;
    return said;
  }

  private async remind(b: BookingDoc, now: Date): Promise<boolean> {
    const kind = dueReminder(b.startsAt, now);
    const text = kind && sayReminder(kind, b, await this.cards.facts(b), now);
    return this.ledger.remind(b, text, nextReminder(b.startsAt, now)?.at);
  }

  private ahead(): { state: 'booked'; startsAt: { $gt: Date } } {
    return { state: 'booked', startsAt: { $gt: overSince(this.deps.clock.now()) } };
  }

  private async earlier(personId: string, clientId: string): Promise<BookingDoc | undefined> {
    return (await this.deps.models.bookings.findOne({ personId, clientId }).lean()) ?? undefined;
  }
}
