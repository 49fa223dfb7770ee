import type { ClientSession } from 'mongoose';
import type { CaseAction } from '@alley-chief/shared/domain';
import type { Viewer } from '../../../http/viewer';
import { AppError } from '../../../kernel/errors';
import { actorsOf } from '../actors';
import type { CaseDoc, CaseModels, TimelineDoc } from '../model';
import { CaseMoved } from '../notes';
import type { Workloads } from '../workload';
import { carriedFrom } from './carried';
import { link, reject } from './links';
import { leadStates } from './match';
import type { Tidings } from './tidings';

export interface EffectDeps {
  models: CaseModels;
  workloads: Workloads;
  tidings: Tidings;
}

/** A step as it is being stored. */
export interface StepTaken {
  before: CaseDoc;
  after: CaseDoc;
  action: CaseAction;
  viewer: Viewer;
  text: string | undefined;
  /** The other case the step is about. */
  otherId: string | undefined;
  entry: TimelineDoc;
  /** What is said in the thread. */
  line: string | undefined;
}

const isLead = (c: CaseDoc): boolean => (leadStates as readonly string[]).includes(c.state);

/** What a step of one case does to the others of its event. */
export class EventEffects {
  constructor(private readonly deps: EffectDeps) {}

  /**
   * The case that would lead, when `c` joins `otherId`.
   * @throws AppError notFound, forbidden, invalid, wrongStep when that one is no longer open
   */
  async leadFor(c: CaseDoc, otherId: string, viewer: Viewer): Promise<CaseDoc> {
    const named = await this.deps.models.cases.findById(otherId).lean();
    if (!named) throw new AppError('notFound');
    const lead =
      named.state === 'joined' && named.leadId
        ? await this.deps.models.cases.findById(named.leadId).lean()
        : named;
    if (!lead) throw new AppError('notFound');
    if (!serves(lead, viewer)) throw new AppError('forbidden');
    if (lead._id === c._id) {
      throw new AppError('invalid', { field: 'caseId' }, '这两件已经在一起办了');
    }
    if ([c, lead].some((x) => x.confidential || x.emergency || x.against.length > 0)) {
      throw new AppError('invalid', { field: 'caseId' }, '保密的和紧急的事要单独办，不能并');
    }
    if (!isLead(lead)) throw new AppError('wrongStep', {}, '那件事已经不在办了，不能再并过去');
    return lead;
  }

  /** Runs inside the transaction of the step, after the case itself is stored. */
  async after(session: ClientSession, step: StepTaken): Promise<void> {
    const { before, after, action, otherId } = step;
    if (action === 'join') return this.join(session, step);
    if (action === 'notSame') return this.notSame(session, step, otherId ?? '');
    if (before.leadId && !after.leadId) return this.leave(session, step);
    if (action === 'withdraw' && before.state === 'joined') return this.leave(session, step);
    if (action === 'withdraw' && (before.reporters ?? 1) > 1) return this.handOn(session, step);
    if (action === 'nudge' && before.leadId) {
      // The nudge is for whoever works on it, and they look at the leading case.
      await this.deps.models.cases.updateOne(
        { _id: before.leadId },
        { $set: { nudgedAt: after.updatedAt }, $inc: { rev: 1 } },
        { session },
      );
      return;
    }
    await this.deps.tidings.add(session, after, action, step.entry, step.line);
  }

  private async join(session: ClientSession, { before, after, viewer }: StepTaken): Promise<void> {
    const { models } = this.deps;
    const at = after.updatedAt;
    const by = { id: viewer.personId, name: viewer.name };
    const lead = await models.cases.findById(after.leadId).session(session).lean();
    // Somebody moved it since it was read: what the case carries of it is no longer true.
    if (!lead || !isLead(lead) || lead.holder.personId !== after.holder.personId) {
      throw new CaseMoved();
    }
    const own = before.reporters ?? 1;
    await models.cases.updateOne(
      { _id: lead._id },
      {
        $set: { reporters: (lead.reporters ?? 1) + own, updatedAt: at },
        $inc: { rev: 1 },
        $push: {
          timeline: {
            at,
            action: 'join',
            byId: by.id,
            by: by.name,
            text: `${before._id} 并进来一起办`,
            photos: [],
          },
        },
      },
      { session },
    );
    const confirmed = { state: 'confirmed', by, at } as const;
    await link(models, session, { caseId: before._id, leadId: lead._id }, confirmed);
    if (own > 1) await this.moveMembers(session, before._id, lead, by, at);
  }

  /** Members follow the case that led them so far to the one that leads them now. */
  private async moveMembers(
    session: ClientSession,
    fromId: string,
    lead: CaseDoc,
    by: { id: string; name: string } | undefined,
    at: Date,
  ): Promise<void> {
    const { models } = this.deps;
    const members = await models.cases
      .find({ leadId: fromId, state: 'joined' })
      .select('_id')
      .session(session)
      .lean();
    await models.cases.updateMany(
      { leadId: fromId, state: 'joined' },
      { $set: { ...carriedFrom(lead), leadId: lead._id, updatedAt: at }, $inc: { rev: 1 } },
      { session },
    );
    for (const { _id } of members) {
      const old = await models.links
        .findOneAndDelete({ caseId: _id, leadId: fromId }, { session })
        .lean();
      await link(
        models,
        session,
        { caseId: _id, leadId: lead._id },
        {
          state: by ? 'confirmed' : (old?.state ?? 'joined'),
          at,
          ...(by ? { by } : {}),
          reasons: old?.reasons ?? [],
        },
      );
    }
  }

  private async notSame(session: ClientSession, step: StepTaken, otherId: string): Promise<void> {
    const pair = { caseId: step.before._id, leadId: otherId };
    const by = { id: step.viewer.personId, name: step.viewer.name };
    if (await reject(this.deps.models, session, pair, by, step.after.updatedAt)) return;
    throw new AppError('wrongStep', {}, '这一条已经有人核对过了');
  }

  private async leave(session: ClientSession, step: StepTaken): Promise<void> {
    const { models } = this.deps;
    const { before, after, viewer, text } = step;
    const leadId = before.leadId!;
    const at = after.updatedAt;
    const why = text ?? step.entry.text;
    // The neighbour who reported first reads this timeline: whose words these are is not theirs.
    const staff = serves(before, viewer);
    await models.cases.updateOne(
      { _id: leadId },
      {
        $inc: { reporters: -1, rev: 1 },
        $push: {
          timeline: {
            at,
            action: 'split',
            by: staff ? viewer.name : '小同',
            text: staff ? `${before._id} 单独办：${why}` : `${before._id} 不再一起办`,
            photos: [],
          },
        },
      },
      { session },
    );
    const by = { id: viewer.personId, name: viewer.name };
    const split = { state: 'split', by, why, at } as const;
    await link(models, session, { caseId: before._id, leadId }, split);
  }

  /** The first reporter withdraws: the oldest of the others leads on, with the same holder. */
  private async handOn(session: ClientSession, { before, after }: StepTaken): Promise<void> {
    const { models, workloads } = this.deps;
    const at = after.updatedAt;
    const next = await models.cases
      .findOne({ leadId: before._id, state: 'joined' })
      .sort({ openedAt: 1 })
      .session(session)
      .lean();
    if (!next) return;
    const state = before.state === 'waitingReporter' ? 'handling' : before.state;
    const lead = await models.cases
      .findOneAndUpdate(
        { _id: next._id },
        {
          $set: { state, reporters: (before.reporters ?? 2) - 1, updatedAt: at },
          $unset: { leadId: 1, leadState: 1 },
          $inc: { rev: 1 },
          $push: {
            timeline: {
              at,
              action: 'lead',
              by: '小同',
              text: '先报的那户撤回了，别家的由这件接着办',
              photos: [],
            },
          },
        },
        { session, returnDocument: 'after' },
      )
      .lean();
    await workloads.claim(session, before.holder.personId);
    await models.links.deleteOne({ caseId: next._id, leadId: before._id }, { session });
    if (lead) await this.moveMembers(session, before._id, lead, undefined, at);
  }
}

/** Decides about a case: whoever holds it, or serves its ground. */
export const serves = (c: CaseDoc, viewer: Viewer): boolean =>
  actorsOf(c, viewer).some((a) => ['holder', 'chief', 'leader', 'desk'].includes(a));
