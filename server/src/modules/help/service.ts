import type { HelpCard } from '@alley-chief/shared/contract';
import { maskPapersIn } from '@alley-chief/shared/domain';
import { botSender } from '../conversation/bot';
import type { CardRegistry } from '../../cards/registry';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import { newId } from '../../kernel/ids';
import { local } from '../../kernel/localTime';
import { isDuplicateKey } from '../../kernel/mongoErrors';
import { ConversationService } from '../conversation/service';
import type { ThreadTx } from '../conversation/thread';
import type { HouseholdDoc, PersonDoc } from '../directory/model';
import type { DirectoryService } from '../directory/service';
import { boxFilter, positionOf, type Box } from './boxes';
import { ageOf, HelpCards } from './cards';
import { decide, type HelpAsk } from './decide';
import { kindIn, kindsOfHelp } from './kinds';
import type { HelpDoc, HelpKind, HelpModels } from './model';
import { maskNumbersIn, neighbourName } from './present';

export interface HelpDeps {
  models: HelpModels;
  clock: Clock;
  directory: DirectoryService;
  conversations: ConversationService;
  cards: CardRegistry;
}

/** A request before it is stored; read outside the transaction, which then only writes. */
export interface NewHelp {
  elder: PersonDoc;
  askedBy: PersonDoc;
  /** Where the elder lives. */
  household: HouseholdDoc;
  /** The household's own words. */
  text: string;
  /** Told from the words when absent. */
  kind?: HelpKind;
  /** For what fits no kind; must name nobody. */
  title?: string;
  when?: string;
  /** Idempotency key, once per asker: a repeated one breaks on the unique index. */
  key: string;
}

/** Somebody else changed the request between reading and writing: read again. */
class Stale extends Error {}

/** Helping hands: asked for by a household, given by one volunteer, confirmed by the household. */
export class HelpService {
  private readonly cards: HelpCards;

  constructor(private readonly deps: HelpDeps) {
    const { directory, clock } = deps;
    this.cards = new HelpCards({ model: this.model, directory, clock });
    deps.cards.register('help', this.cards);
  }

  private get model(): HelpModels['helpRequests'] {
    return this.deps.models.helpRequests;
  }

  /** @throws AppError notFound */
  async get(id: string): Promise<HelpDoc> {
    const doc = await this.model.findById(id).lean();
    if (!doc) throw new AppError('notFound');
    return doc;
  }

  async card(id: string, viewer: Viewer): Promise<HelpCard> {
    return this.cards.card(await this.get(id), viewer);
  }

  /** Volunteers a request is offered to, for pushing their open lists. */
  async offeredTo(h: Pick<HelpDoc, 'areaPath' | 'householdId'>): Promise<PersonDoc[]> {
    const volunteers = await this.deps.directory.holders('volunteer', h.areaPath);
    return volunteers.filter((p) => p.householdId !== h.householdId);
  }

  /** A list, newest first, with the hours the viewer has earned. */
  async list(
    viewer: Viewer,
    page: { box: Box; cursor?: string; limit: number },
  ): Promise<{ items: HelpCard[]; nextCursor?: string; creditHours: number }> {
    const filter = boxFilter(page.box, viewer, page.cursor);
    const [found, creditHours] = await Promise.all([
      filter
        ? this.model
            .find(filter)
            .sort({ createdAt: -1, _id: -1 })
            .limit(page.limit + 1)
            .lean()
        : [],
      this.creditHours(viewer.personId),
    ]);
    const shown = found.slice(0, page.limit);
    const last = shown.at(-1);
    return {
      items: await this.cards.cards(shown, viewer),
      nextCursor: found.length > page.limit && last ? positionOf(last) : undefined,
      creditHours,
    };
  }

  /** Confirmed hours; counted anew, so that they can never drift from the requests. */
  async creditHours(personId: string): Promise<number> {
    const [sum] = await this.model.aggregate<{ hours: number }>([
      { $match: { volunteerId: personId, state: 'confirmed' } },
      { $group: { _id: null, hours: { $sum: '$creditHours' } } },
    ]);
    return sum?.hours ?? 0;
  }

  /** Asks for help and hangs the card in the household's thread. @throws AppError notFound, invalid */
  async ask(
    viewer: Viewer,
    body: { clientId: string; forPersonId?: string; kind: HelpKind; text: string; when: string },
  ): Promise<HelpCard> {
    const earlier = await this.earlier(viewer.personId, body.clientId);
    if (earlier) return this.cards.card(earlier, viewer);
    const { directory } = this.deps;
    const elder = await directory.person(body.forPersonId ?? viewer.personId);
    if (!elder.householdId) {
      throw new AppError('invalid', undefined, '没登记住在哪户，先请胡同长登记一下');
    }
    const [household, askedBy] = await Promise.all([
      directory.household(elder.householdId),
      directory.person(viewer.personId),
    ]);
    const { kind, text, when, clientId } = body;
    try {
      const doc = await this.inThread(household._id, (tx) =>
        this.openInTx(tx, {
          elder,
          askedBy,
          household,
          text,
          kind: kind === 'other' ? undefined : kind,
          when,
          key: clientId,
        }),
      );
      return await this.cards.card(doc, viewer);
    } catch (error) {
      const mine = isDuplicateKey(error, 'clientId')
        ? await this.earlier(viewer.personId, body.clientId)
        : undefined;
      if (!mine) throw error;
      return this.cards.card(mine, viewer);
    }
  }

  /** Stores a request and says its card, inside a transaction of the household's own thread. */
  async openInTx(tx: ThreadTx, ask: NewHelp): Promise<HelpDoc> {
    const now = this.deps.clock.now();
    const { elder, askedBy, household } = ask;
    const kind = ask.kind ?? kindIn(ask.text);
    const plan = kindsOfHelp[kind];
    const title = plan.title(neighbourName({ ...elder, age: ageOf(elder, now) }));
    const family = askedBy.householdId === household._id;
    const doc: HelpDoc = {
      _id: newId('h'),
      kind,
      title: kind === 'other' && ask.title ? maskNumbersIn(ask.title) : title,
      note: maskPapersIn(ask.text),
      when: ask.when ?? '方便的时候',
      minutes: plan.minutes,
      creditHours: plan.creditHours,
      state: 'open',
      elderId: elder._id,
      householdId: household._id,
      areaPath: household.areaPath,
      plateText: household.plate,
      home: household.location.coordinates,
      askedById: askedBy._id,
      proof: family
        ? `${local(now).format('M 月 D 日 HH:mm')} 住户在对话里同意`
        : '胡同长代提，到门口先问本人',
      steps: plan.steps(elder.gender === 'f' ? '她' : '他').map((s) => ({ ...s, done: false })),
      clientId: ask.key,
      acts: [],
      rev: 1,
      createdAt: now,
      updatedAt: now,
    };
    await this.model.create([doc], { session: tx.session });
    await tx.say({
      from: botSender,
      kind: 'card',
      card: { type: 'help', id: doc._id },
      text: `搭把手：${doc.title}`,
    });
    return doc;
  }

  /**
   * Carries out one action with its notice in the household's thread; a repeated clientId changes
   * nothing. Of many who accept at once exactly one wins.
   * @throws AppError taken, wrongStep, forbidden, invalid
   */
  async act(id: string, viewer: Viewer, clientId: string, ask: HelpAsk): Promise<HelpCard> {
    const { householdId } = await this.get(id);
    for (let attempt = 0; ; attempt++) {
      try {
        const doc = await this.inThread(householdId, (tx) =>
          this.change(tx, id, viewer, clientId, ask),
        );
        return await this.cards.card(doc, viewer);
      } catch (error) {
        if (!(error instanceof Stale)) throw error;
        if (attempt >= 10) throw new AppError('conflict');
      }
    }
  }

  private async change(
    tx: ThreadTx,
    id: string,
    viewer: Viewer,
    clientId: string,
    ask: HelpAsk,
  ): Promise<HelpDoc> {
    const now = this.deps.clock.now();
    const h = await this.model.findById(id).session(tx.session).lean();
    if (!h) throw new AppError('notFound');
    const by = viewer.personId;
    if (h.acts.some((a) => a.by === by && a.clientId === clientId)) return h;
    const change = decide(h, ask, { id: by, name: viewer.name }, now);
    if (!change) return h;
    const unset = Object.fromEntries((change.unset ?? []).map((key) => [key, 1]));
    const after = await this.model
      .findOneAndUpdate(
        { _id: id, rev: h.rev, state: h.state },
        {
          $set: { ...change.set, updatedAt: now },
          ...(change.unset ? { $unset: unset } : {}),
          $inc: { rev: 1 },
          $push: { acts: { $each: [{ by, clientId }], $slice: -30 } },
        },
        { session: tx.session, returnDocument: 'after' },
      )
      .lean();
    if (!after) throw new Stale();
    await tx.say({
      from: botSender,
      kind: 'notice',
      text: change.notice,
      about: [{ type: 'help', id }],
    });
    return after;
  }

  private async earlier(personId: string, clientId: string): Promise<HelpDoc | undefined> {
    return (await this.model.findOne({ askedById: personId, clientId }).lean()) ?? undefined;
  }

  private inThread<T>(householdId: string, work: (tx: ThreadTx) => Promise<T>): Promise<T> {
    return this.deps.conversations.transact(ConversationService.householdThread(householdId), work);
  }
}
