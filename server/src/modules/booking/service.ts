import type { BookingCard, Reply } from '@alley-chief/shared/contract';
import { botSender } from '../../assistant/bot';
import type { CardRegistry } from '../../cards/registry';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import { newId } from '../../kernel/ids';
import { isDuplicateKey } from '../../kernel/mongoErrors';
import { ConversationService } from '../conversation/service';
import type { ThreadTx } from '../conversation/thread';
import type { DirectoryService } from '../directory/service';
import type { ServiceService } from '../service/service';
import { BookingCards } from './cards';
import { Counters } from './counters';
import type { BookingDoc, BookingModels, CounterDoc } from './model';
import { Places } from './places';
import { isOver, overSince, saySlot } from './present';
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

/** Somebody else changed the booking between reading and writing: read again. */
class Stale extends Error {}

interface Change {
  set: Partial<BookingDoc>;
  notice: string;
}

/** Works out a change of an open booking inside the transaction; undefined leaves it as it is. */
type Decide = (b: BookingDoc, tx: ThreadTx) => Promise<Change | undefined>;

const notBookable = (): AppError => new AppError('notFound', undefined, '这个时段约不了，换一个吧');

/** Counter slots: taken, moved and given back, each with its line in the household's thread. */
export class BookingService {
  private readonly places: Places;
  private readonly counters: Counters;
  private readonly cards: BookingCards;

  constructor(private readonly deps: BookingDeps) {
    const { models, services, clock } = deps;
    this.places = new Places(models.counterDays);
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
      ...placeOf(slot),
    };
    try {
      const doc = await this.places.guarded(slot.dayId, () =>
        this.inThread(household._id, (tx) => this.insert(tx, draft, slot, counter)),
      );
      return await this.cards.card(doc, viewer);
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
    return this.places.guarded(wanted?.dayId ?? before.dayId, () =>
      this.act(before, viewer, clientId, async (b, tx) => {
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
  }

  /** Gives the place back. @throws AppError wrongStep */
  async cancel(bookingId: string, viewer: Viewer, clientId: string): Promise<BookingCard> {
    return this.act(await this.get(bookingId), viewer, clientId, async (b, tx) => {
      await this.places.giveBack(tx.session, b);
      return {
        set: { state: 'cancelled' },
        notice: `${saySlot(b.startsAt)} 不去了，号退了。想再约，说一声就行`,
      };
    });
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

  /** What the household still has ahead of it, soonest first. The cursor is a position. */
  async list(
    viewer: Viewer,
    page: { cursor?: string; limit: number },
  ): Promise<{ items: BookingCard[]; nextCursor?: string }> {
    if (!viewer.householdId) return { items: [] };
    const from = /^\d{1,6}$/.test(page.cursor ?? '') ? Number(page.cursor) : 0;
    const found = await this.deps.models.bookings
      .find({ householdId: viewer.householdId, ...this.ahead() })
      .sort({ startsAt: 1, _id: 1 })
      .skip(from)
      .limit(page.limit + 1)
      .lean();
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
    const facts = await this.cards.facts(b);
    const next = nextReminder(b.startsAt, now)?.at;
    return this.inThread(b.householdId, async (tx) => {
      const taken = await this.deps.models.bookings.updateOne(
        { _id: b._id, rev: b.rev, state: 'booked', remindAt: b.remindAt },
        {
          ...(next ? { $set: { remindAt: next } } : { $unset: { remindAt: 1 } }),
          $inc: { rev: 1 },
        },
        { session: tx.session },
      );
      if (taken.modifiedCount !== 1 || !kind) return false;
      await tx.say({
        from: botSender,
        kind: 'notice',
        text: sayReminder(kind, b, facts, now),
        about: [{ type: 'booking', id: b._id }],
      });
      return true;
    });
  }

  private async insert(
    tx: ThreadTx,
    draft: Omit<
      BookingDoc,
      '_id' | 'ticketNo' | 'ticket' | 'state' | 'acts' | 'rev' | 'createdAt' | 'remindAt'
    >,
    slot: OpenSlot,
    counter: CounterDoc,
  ): Promise<BookingDoc> {
    const now = this.deps.clock.now();
    const { householdId, serviceId } = draft;
    await this.closePast(tx, householdId, serviceId, now);
    const no = await this.places.take(tx.session, slot, counter.capacity);
    const booking: BookingDoc = {
      ...draft,
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
      about: [{ type: 'bundle', id: serviceId }],
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

  /** One change of an open booking with its notice; a repeated clientId changes nothing. */
  private async act(
    before: BookingDoc,
    viewer: Viewer,
    clientId: string,
    decide: Decide,
  ): Promise<BookingCard> {
    for (let attempt = 0; ; attempt++) {
      try {
        const doc = await this.inThread(before.householdId, (tx) =>
          this.change(before._id, { by: viewer.personId, clientId }, decide, tx),
        );
        return await this.cards.card(doc, viewer);
      } catch (error) {
        if (!(error instanceof Stale)) throw error;
        if (attempt >= 10) throw new AppError('conflict');
      }
    }
  }

  private async change(
    id: string,
    act: { by: string; clientId: string },
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
      about: [
        { type: 'booking', id },
        { type: 'bundle', id: b.serviceId },
      ],
    });
    return after;
  }

  private ahead(): { state: 'booked'; startsAt: { $gt: Date } } {
    return { state: 'booked', startsAt: { $gt: overSince(this.deps.clock.now()) } };
  }

  private inThread<T>(householdId: string, work: (tx: ThreadTx) => Promise<T>): Promise<T> {
    return this.deps.conversations.transact(ConversationService.householdThread(householdId), work);
  }

  private async earlier(personId: string, clientId: string): Promise<BookingDoc | undefined> {
    return (await this.deps.models.bookings.findOne({ personId, clientId }).lean()) ?? undefined;
  }
}

const placeOf = (
  slot: OpenSlot,
): Pick<BookingDoc, 'dayId' | 'slotId' | 'slotKey' | 'startsAt'> => ({
  dayId: slot.dayId,
  slotId: slot.id,
  slotKey: slot.key,
  startsAt: slot.startsAt,
});

/** B 027 */
const ticketOf = (counter: CounterDoc, no: number): Pick<BookingDoc, 'ticketNo' | 'ticket'> => ({
  ticketNo: no,
  ticket: `${counter.letter} ${String(no).padStart(3, '0')}`,
});
