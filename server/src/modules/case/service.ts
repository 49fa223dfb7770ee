import type { ClientSession } from 'mongoose';
import type { CardRegistry } from '../../cards/registry';
import type { Card, PersonTile } from '@alley-chief/shared/contract';
import { botSender } from '../conversation/bot';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import type { RoutingDecision } from '../../routing/types';
import type { ThreadTx } from '../conversation/thread';
import type { DirectoryService } from '../directory/service';
import type { FileService } from '../file/service';
import { actorsOf, maySee } from './actors';
import type { EventJoiner } from './event/join';
import { buildCase, openStates, visibilityOf, type CaseDraft } from './build';
import type { CaseDoc, CaseModels } from './model';
import type { CaseNumbers } from './numbers';
import { presentCase, presentEmergency, type CasePresentation } from './present';
import type { CaseRouter } from './routing';
import type { Workloads } from './workload';

export interface CaseDeps {
  models: CaseModels;
  directory: DirectoryService;
  files: FileService;
  numbers: CaseNumbers;
  router: CaseRouter;
  workloads: Workloads;
  joiner: EventJoiner;
  clock: Clock;
}

/** Cases: opening, showing and looking them up. Steps are in steps.ts, lists in lists.ts. */
export class CaseService {
  constructor(private readonly deps: CaseDeps) {}

  /** Chooses who gets it, before the transaction: routing reads much and writes nothing. */
  async prepare(draft: CaseDraft): Promise<{ id: string; decision: RoutingDecision }> {
    const [id, decision] = await Promise.all([
      this.deps.numbers.take(),
      this.deps.router.decide(draft),
    ]);
    return { id, decision };
  }

  /**
   * Stores the case and the holder's load in the given transaction. What a neighbour reported before
   * joins that case instead and is nobody's additional load.
   * @param strict refuse (LoadMoved) when the holder's load is not what the choice was based on
   */
  async openInTx(
    tx: ThreadTx,
    id: string,
    draft: CaseDraft,
    decision: RoutingDecision,
    strict: boolean,
  ): Promise<CaseDoc> {
    const now = this.deps.clock.now();
    const doc = await this.deps.joiner.place(tx.session, buildCase(id, draft, decision, now));
    if (doc.state !== 'joined') {
      await this.deps.workloads.claim(
        tx.session,
        decision.assignee.personId,
        strict ? decision.assignee.load : undefined,
      );
    }
    await this.deps.models.cases.collection.insertOne(doc as never, { session: tx.session });
    return doc;
  }

  /** The event a case just joined: how many were there before it, and why it belongs to them. */
  async eventOf(
    session: ClientSession,
    c: CaseDoc,
  ): Promise<{ others: number; reasons: string[] } | undefined> {
    const { cases, links } = this.deps.models;
    const pair = { caseId: c._id, leadId: c.leadId };
    const lead = await cases.findById(c.leadId).select('reporters').session(session).lean();
    const link = await links.findOne(pair).session(session).lean();
    return lead && link ? { others: (lead.reporters ?? 2) - 1, reasons: link.reasons } : undefined;
  }

  /** @throws AppError notFound */
  async get(id: string): Promise<CaseDoc> {
    const doc = await this.deps.models.cases.findById(id).lean();
    if (!doc) throw new AppError('notFound');
    return doc;
  }

  async byOpenKey(openKey: string): Promise<CaseDoc | null> {
    return this.deps.models.cases.findOne({ openKey }).lean();
  }

  /** Open cases of a household, newest first; confidential ones only for their reporter. */
  async openOf(householdId: string, personId: string): Promise<CaseDoc[]> {
    const found = await this.deps.models.cases
      .find({ householdId, state: { $in: [...openStates, 'joined', 'resolved'] } })
      .sort({ openedAt: -1 })
      .limit(10)
      .lean();
    return found.filter((c) => !c.confidential || c.reporterId === personId);
  }

  /** Emergencies not yet over, by household: they stand on top of the chief's inbox. */
  async openEmergencies(householdIds: readonly string[]): Promise<CaseDoc[]> {
    return this.deps.models.cases
      .find({
        householdId: { $in: householdIds },
        state: { $in: openStates },
        emergency: { $exists: true },
        confidential: { $ne: true },
      })
      .lean();
  }

  /** Files hang in cases too: whoever may see the case may see its photos. */
  async guardsFile(fileId: string, viewer: Viewer): Promise<boolean> {
    const found = await this.deps.models.cases
      .find({ $or: [{ photos: fileId }, { resultPhotos: fileId }] })
      .limit(5)
      .lean();
    return found.some((c) => maySee(c, viewer));
  }

  /** Facts a card needs beyond the case; the same for all viewers but for who may call whom. */
  async presentation(c: CaseDoc, viewer: Viewer): Promise<CasePresentation> {
    const { directory, files, clock } = this.deps;
    const actors = actorsOf(c, viewer);
    const home = actors.includes('reporter') || actors.includes('household');
    const people = await directory.people([c.holder.personId, c.reporterId, ...c.watchers]);
    const tileOf = async (id: string, withPhone: boolean): Promise<PersonTile | undefined> => {
      const person = people.get(id);
      return person && directory.tile(person, await directory.titleOf(person), withPhone);
    };
    const serves = actors.some((a) => ['holder', 'chief', 'leader', 'desk'].includes(a));
    const holder = await tileOf(c.holder.personId, home || serves);
    const lead =
      c.leadId && (await this.deps.models.cases.findById(c.leadId).select('reporters').lean());
    return {
      now: clock.now(),
      actors,
      viewerId: viewer.personId,
      reporters: (lead ? lead.reporters : c.reporters) ?? 1,
      // The post they hold the case by says more than the post they are best known by.
      holder: holder && { ...holder, title: c.holder.unitName ?? holder.title },
      reporter: serves && !c.confidential ? await tileOf(c.reporterId, true) : undefined,
      told: c.emergency
        ? (await Promise.all(c.watchers.map((w) => tileOf(w, false)))).flatMap((t) => t ?? [])
        : [],
      photoUrl: (fileId) => files.addressOf(fileId, viewer.personId),
    };
  }

  async card(c: CaseDoc, viewer: Viewer): Promise<Card | undefined> {
    if (!maySee(c, viewer)) return undefined;
    return presentCase(c, await this.presentation(c, viewer));
  }

  /** The two faces of a case: routing card, and for emergencies the card that says what to do. */
  registerCards(cards: CardRegistry): void {
    const load = async (ids: string[]): Promise<CaseDoc[]> =>
      this.deps.models.cases.find({ _id: { $in: ids } }).lean();
    cards.register('case', {
      load: async (ids) =>
        new Map((await load(ids)).map((c) => [c._id, (v: Viewer) => this.card(c, v)])),
    });
    cards.register('emergency', {
      load: async (ids) =>
        new Map(
          (await load(ids)).map((c) => [
            c._id,
            async (v: Viewer) =>
              c.emergency && maySee(c, v)
                ? presentEmergency(c, await this.presentation(c, v))
                : undefined,
          ]),
        ),
    });
  }

  /** The card reference under which a case hangs in its household's thread. */
  static refOf(c: CaseDoc): { type: string; id: string } {
    return { type: c.emergency ? 'emergency' : 'case', id: c._id };
  }

  /** Says the case's card in the household thread. Confidential: for the reporter's eyes only. */
  static async sayCard(tx: ThreadTx, c: CaseDoc, text: string): Promise<void> {
    await tx.say({
      from: botSender,
      kind: 'card',
      text,
      card: CaseService.refOf(c),
      visibleTo: visibilityOf(c),
    });
  }
}
