import type { ClientSession, Connection } from 'mongoose';
import type { CaseAction } from '@alley-chief/shared/domain';
import type { Clock } from '../../../kernel/clock';
import { newId } from '../../../kernel/ids';
import type { Logger } from '../../../kernel/logger';
import { inTransaction } from '../../../kernel/transaction';
import { botSender } from '../../conversation/bot';
import type { ConversationService } from '../../conversation/service';
import type { ThreadTx } from '../../conversation/thread';
import type { CaseDoc, CaseModels, TimelineDoc } from '../model';
import { CaseService } from '../service';
import { visibilityOf } from '../build';
import { carriedFrom } from './carried';
import type { Carried, TidingDoc } from './model';

export interface TidingDeps {
  db: Connection;
  models: CaseModels;
  conversations: ConversationService;
  clock: Clock;
  log?: Logger;
}

/** Steps of the leading case that are the members' too. What its reporter is asked is between the two. */
const shared: readonly CaseAction[] = [
  'acknowledge',
  'takeOver',
  'note',
  'passUp',
  'reassign',
  'resolve',
];

const atOnce = 200;
/** Threads spoken in side by side: each is a transaction of its own. */
const lanes = 8;

/** Carries the steps of a leading case to its members. */
export class Tidings {
  private running?: Promise<void>;
  private again = false;

  constructor(private readonly deps: TidingDeps) {}

  /** Stores one tiding a member, in the transaction of the step itself. */
  async add(
    session: ClientSession,
    lead: CaseDoc,
    action: CaseAction,
    entry: TimelineDoc,
    line: string | undefined,
  ): Promise<void> {
    if (!shared.includes(action) || (lead.reporters ?? 1) < 2) return;
    const members = await this.deps.models.cases
      .find({ leadId: lead._id, state: 'joined' })
      .sort({ openedAt: 1 })
      .select('conversationId')
      .session(session)
      .lean();
    if (members.length === 0) return;
    const resolved = action === 'resolve';
    const { leadState, ...carried } = carriedFrom(lead);
    const set: Carried = resolved
      ? {
          ...carried,
          state: 'resolved',
          resolvedAt: lead.resolvedAt,
          resultText: lead.resultText,
          resultPhotos: lead.resultPhotos,
        }
      : { ...carried, leadState };
    const docs = members.map((m): TidingDoc => ({
      _id: newId('t'),
      caseId: m._id,
      leadId: lead._id,
      ...(m.conversationId ? { conversationId: m.conversationId } : {}),
      rev: lead.rev,
      set,
      // Pictures of the work are everybody's, those of a home are not.
      entry: { ...entry, photos: resolved ? entry.photos : [] },
      ...(line ? { line } : {}),
      at: lead.updatedAt,
    }));
    await this.deps.models.tidings.collection.insertMany(docs as never[], { session });
  }

  /** Delivers what is stored, soon. What fails is found by the next sweep. */
  kick(): void {
    this.sweep().catch((error: unknown) =>
      this.deps.log?.warn({ err: String(error) }, 'tidings wait for the next sweep'),
    );
  }

  /** Delivers everything stored so far. Safe on several nodes at once. */
  async sweep(): Promise<void> {
    this.again = true;
    this.running ??= this.run().finally(() => (this.running = undefined));
    return this.running;
  }

  /** Resolves when nothing is being delivered. */
  async settled(): Promise<void> {
    await this.running?.catch(() => undefined);
  }

  private async run(): Promise<void> {
    while (this.again) {
      this.again = false;
      const waiting = await this.deps.models.tidings
        .find({ at: { $lte: this.deps.clock.now() } })
        .sort({ at: 1 })
        .limit(atOnce)
        .select('caseId conversationId')
        .lean();
      const threads = new Map(waiting.map((t) => [t.caseId, t.conversationId]));
      const queue = [...threads];
      const failed: unknown[] = [];
      await Promise.all(
        Array.from({ length: lanes }, async () => {
          for (let next = queue.pop(); next; next = queue.pop()) {
            // One that cannot be delivered keeps nobody else waiting.
            await this.deliver(...next).catch((error: unknown) => failed.push(error));
          }
        }),
      );
      if (failed.length) throw failed[0];
      if (waiting.length === atOnce) this.again = true;
    }
  }

  private async deliver(caseId: string, conversationId: string | undefined): Promise<void> {
    const { db, conversations } = this.deps;
    const work = (tx: ThreadTx): Promise<void> => this.apply(tx, caseId);
    if (conversationId) return conversations.transact(conversationId, work);
    return inTransaction(db, (session) =>
      work({ session, say: () => Promise.resolve(undefined as never) }),
    );
  }

  /**
   * Everything that waits for one member, in order: two nodes that try side by side conflict on the
   * removal, and the second finds nothing left.
   */
  private async apply(tx: ThreadTx, caseId: string): Promise<void> {
    const { models } = this.deps;
    const { session } = tx;
    const waiting = await models.tidings.find({ caseId }).sort({ rev: 1 }).session(session).lean();
    if (waiting.length === 0) return;
    await models.tidings.deleteMany({ _id: { $in: waiting.map((t) => t._id) } }, { session });
    for (const t of waiting) {
      const member = await models.cases
        .findOneAndUpdate(
          // Whoever was split off meanwhile goes on alone.
          { _id: caseId, leadId: t.leadId, state: 'joined' },
          {
            $set: { ...t.set, updatedAt: t.at },
            ...(t.set.state ? { $unset: { leadState: 1 } } : {}),
            $inc: { rev: 1 },
            $push: { timeline: t.entry },
          },
          { session, returnDocument: 'after' },
        )
        .lean();
      if (!member) continue;
      await tx.say({
        from: botSender,
        kind: 'notice',
        text: t.line,
        about: [CaseService.refOf(member)],
        visibleTo: visibilityOf(member),
      });
    }
  }
}
