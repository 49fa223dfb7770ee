import type { CaseActionBody } from '@alley-chief/shared/contract';
import {
  checkStep,
  concernWorkflow,
  type CaseAction,
  type CaseState,
  type WorkflowStep,
} from '@alley-chief/shared/domain';
import { botSender } from '../conversation/bot';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import { sayWhen } from '../../kernel/localTime';
import { inTransaction } from '../../kernel/transaction';
import type { Connection } from 'mongoose';
import type { ConversationService } from '../conversation/service';
import type { ThreadTx } from '../conversation/thread';
import type { DirectoryService } from '../directory/service';
import type { FileService } from '../file/service';
import { actorsOf } from './actors';
import type { CaseDoc, CaseModels, Holder, TimelineDoc } from './model';
import { requestOf, type CaseRouter } from './routing';
import { dueFrom, holderFrom, openStates, visibilityOf } from './build';
import { checkNeeds } from './needs';
import type { EventEffects } from './event/effects';
import { carriedFrom } from './event/carried';
import { matchKeyOf, storedReport } from './event/match';
import type { Tidings } from './event/tidings';
import { CaseMoved } from './notes';
import { CaseService } from './service';
import type { Workloads } from './workload';

export interface StepDeps {
  db: Connection;
  models: CaseModels;
  cases: CaseService;
  router: CaseRouter;
  workloads: Workloads;
  conversations: ConversationService;
  directory: DirectoryService;
  files: FileService;
  effects: EventEffects;
  tidings: Tidings;
  clock: Clock;
}

type Step = WorkflowStep<CaseState>;
type Changes = Partial<CaseDoc>;

/** Takes steps of the workflow: one compare-and-set on the revision, with everything it entails. */
export class CaseSteps {
  constructor(private readonly deps: StepDeps) {}

  /**
   * @throws AppError wrongStep when the case moved on, forbidden, invalid when the step's need is
   * missing, tooSoon, conflict when others kept changing it at the same time
   */
  async act(id: string, viewer: Viewer, body: CaseActionBody): Promise<CaseDoc> {
    for (let attempt = 0; attempt < 5; attempt++) {
      const before = await this.deps.cases.get(id);
      // A repeated request finds its own trace and changes nothing.
      if (before.acts.some((a) => a.by === viewer.personId && a.clientId === body.clientId)) {
        return before;
      }
      const after = await this.tryStep(before, viewer, body).catch((error: unknown) => {
        // A case beside it changed: look again.
        if (error instanceof CaseMoved) return undefined;
        throw error;
      });
      if (!after) continue;
      this.deps.tidings.kick();
      return after;
    }
    throw new AppError('conflict');
  }

  private async tryStep(
    c: CaseDoc,
    viewer: Viewer,
    body: CaseActionBody,
  ): Promise<CaseDoc | undefined> {
    const actors = actorsOf(c, viewer);
    const check = checkStep(concernWorkflow, c.state, body.action, actors);
    if (!check.ok) throw new AppError(check.why === 'unknown' ? 'invalid' : check.why);
    const action = body.action as CaseAction;
    checkNeeds(check.step, body);
    for (const fileId of body.fileIds ?? []) {
      await this.deps.files.claim(fileId, viewer.personId, 'image');
    }
    const now = this.deps.clock.now();
    if (check.step.cooldownHours && c.nudgedAt) {
      const until = new Date(c.nudgedAt.getTime() + check.step.cooldownHours * 3_600_000);
      if (until > now) {
        const at = sayWhen(until, now);
        throw new AppError('tooSoon', { until }, `刚催过了，${at}以后还能再催`);
      }
    }
    const changes = await this.changesOf(c, action, viewer, body, now);
    const next: CaseDoc = { ...c, ...changes, state: check.to, updatedAt: now, rev: c.rev + 1 };
    const line = this.lineOf(check.step, next, viewer, body, now);
    return this.store(c, next, check.step, viewer, body, line);
  }

  /** Fields a step changes beyond state, revision and timeline. */
  private async changesOf(
    c: CaseDoc,
    action: CaseAction,
    viewer: Viewer,
    body: CaseActionBody,
    now: Date,
  ): Promise<Changes> {
    switch (action) {
      case 'decide': {
        const category = body.category as CaseDoc['category'];
        return this.recategorise(c, category, viewer, now);
      }
      case 'reclassify': {
        const category = body.category as CaseDoc['category'];
        if (category === c.category) {
          throw new AppError('invalid', { field: 'category' }, '这件事现在就是这一类，换一类再交');
        }
        return this.recategorise(c, category, viewer, now);
      }
      case 'join': {
        const lead = await this.deps.effects.leadFor(c, body.caseId!, viewer);
        return { ...carriedFrom(lead), leadId: lead._id, reporters: undefined, asking: [] };
      }
      case 'split':
        return this.reroute(c, [], now, { leadId: undefined, leadState: undefined });
      case 'passUp':
        return this.reroute(c, [c.holder.personId], now);
      case 'takeOver':
        return {
          holder: holderOf(viewer, 'alleyChief', now),
          sentence: `${viewer.callName}是您的胡同长，先由${viewer.callName}来办。`,
        };
      case 'reassign':
        return this.toPerson(c, body.personId!, now);
      case 'resolve':
        return {
          resolvedAt: now,
          resultText: body.text,
          resultPhotos: body.fileIds ?? [],
        };
      case 'rate':
        return {
          closedAt: now,
          rating: {
            stars: body.stars!,
            tags: body.tags ?? [],
            ...(body.text ? { text: body.text } : {}),
          },
        };
      case 'reopen':
        // Not solved here, whatever the neighbours say: it goes on alone.
        return {
          dueAt: dueFrom(now, Math.ceil(c.limitHours / 2)),
          resolvedAt: undefined,
          leadId: undefined,
        };
      case 'nudge':
        return { nudgedAt: now };
      case 'addPhoto':
        return { photos: [...c.photos, ...(body.fileIds ?? [])].slice(0, 30) };
      case 'withdraw':
        return { closedAt: now, leadState: undefined, reporters: undefined };
      case 'dismiss':
        return { closedAt: now };
      default:
        return {};
    }
  }

  /** What a person says it is outweighs every guess, and is a lesson for the next one. */
  private recategorise(
    c: CaseDoc,
    category: CaseDoc['category'],
    viewer: Viewer,
    now: Date,
  ): Promise<Changes> {
    const decided = { ...c, category, categoryConfidence: 1 };
    return this.reroute(decided, [], now, {
      category,
      categoryConfidence: 1,
      matchKey: matchKeyOf(storedReport(decided)),
      ...(c.confidential || category === 'other.unclear'
        ? {}
        : { lesson: { category, byId: viewer.personId, at: now } }),
    });
  }

  private async reroute(
    c: CaseDoc,
    exclude: string[],
    now: Date,
    extra: Changes = {},
  ): Promise<Changes> {
    const excluded = [...new Set([...c.excluded, ...exclude])];
    const decision = await this.deps.router.decide({ ...requestOf(c), excluded });
    return {
      ...extra,
      excluded,
      holder: holderFrom(decision, now),
      chain: decision.chain,
      sentence: decision.sentence,
      reasons: decision.reasons,
      limitHours: decision.limitHours,
      // Passing on never buys time: the promise to the villager stands, unless nothing was promised
      // yet, or it was promised for a neighbour's matter.
      dueAt:
        c.state === 'sorting' || c.state === 'joined' ? dueFrom(now, decision.limitHours) : c.dueAt,
    };
  }

  private async toPerson(c: CaseDoc, personId: string, now: Date): Promise<Changes> {
    if (c.against.includes(personId)) {
      throw new AppError('invalid', { field: 'personId' }, '这件事说的就是他，不能派给他');
    }
    const { directory } = this.deps;
    const person = await directory.person(personId);
    const grant = person.roles.find((g) => g.role !== 'resident' && g.role !== 'volunteer');
    if (!grant) throw new AppError('invalid', { field: 'personId' }, '他不是办事的人，换一个');
    const title = await directory.titleOf(person);
    return {
      excluded: [...new Set([...c.excluded, c.holder.personId])],
      holder: {
        personId,
        name: person.name,
        role: grant.role,
        unitName: grant.unitId ? title : undefined,
        since: now,
      },
      sentence: `治理中心定的，由${title}${person.name}来办。`,
    };
  }

  private lineOf(
    step: Step,
    next: CaseDoc,
    viewer: Viewer,
    body: CaseActionBody,
    now: Date,
  ): string | undefined {
    const due = `${sayWhen(next.dueAt, now)} 前给您办`;
    return step.notice
      ?.replaceAll('{actor}', next.confidential ? '办事的人' : viewer.callName)
      .replaceAll('{who}', `${next.holder.unitName ?? ''}${next.holder.name}`)
      .replaceAll('{due}', due)
      .replaceAll('{text}', body.text ?? '')
      .replaceAll('{stars}', String(body.stars ?? ''));
  }

  /** Case, loads and the line in the thread in one transaction. Undefined: somebody was faster. */
  private async store(
    c: CaseDoc,
    next: CaseDoc,
    step: Step,
    viewer: Viewer,
    body: CaseActionBody,
    line: string | undefined,
  ): Promise<CaseDoc | undefined> {
    const { models, conversations, db } = this.deps;
    const entry: TimelineDoc = {
      at: next.updatedAt,
      action: body.action,
      byId: viewer.personId,
      by: viewer.name,
      text: [step.timeline, body.text].filter(Boolean).join('：'),
      photos: body.fileIds ?? [],
    };
    next.timeline = [...c.timeline, entry];
    next.acts = [...c.acts, { by: viewer.personId, clientId: body.clientId }].slice(-50);
    const work = async (tx: ThreadTx): Promise<CaseDoc | undefined> => {
      const { _id, ...set } = stripUndefined(next);
      const gone = (['resolvedAt', 'leadId', 'leadState', 'reporters', 'matchKey'] as const).filter(
        (f) => next[f] === undefined && c[f] !== undefined,
      );
      const result = await models.cases.updateOne(
        { _id, rev: c.rev },
        {
          $set: set,
          ...(gone.length ? { $unset: Object.fromEntries(gone.map((f) => [f, 1])) } : {}),
        },
        { session: tx.session },
      );
      if (result.modifiedCount === 0) return undefined;
      await this.moveLoad(tx, c, next);
      await this.deps.effects.after(tx.session, {
        before: c,
        after: next,
        action: body.action as CaseAction,
        viewer,
        text: body.text,
        otherId: body.caseId,
        entry,
        line,
      });
      await tx.say({
        from: botSender,
        kind: 'notice',
        // No words: the card changes quietly in the household's thread.
        text: line,
        about: [CaseService.refOf(next)],
        visibleTo: visibilityOf(next),
      });
      return next;
    };
    if (c.conversationId) return conversations.transact(c.conversationId, work);
    // A case without a household has no thread to speak in.
    return inTransaction(db, (session) =>
      work({ session, say: () => Promise.resolve(undefined as never) }),
    );
  }

  private async moveLoad(tx: ThreadTx, c: CaseDoc, next: CaseDoc): Promise<void> {
    const { workloads } = this.deps;
    const heldBefore = isHeld(c.state);
    const holdsNow = isHeld(next.state);
    const moved = c.holder.personId !== next.holder.personId;
    if (heldBefore && (!holdsNow || moved)) await workloads.release(tx.session, c.holder.personId);
    if (holdsNow && (!heldBefore || moved)) await workloads.claim(tx.session, next.holder.personId);
  }
}

const isHeld = (state: CaseState): boolean => (openStates as readonly string[]).includes(state);

const holderOf = (viewer: Viewer, role: Holder['role'], now: Date): Holder => ({
  personId: viewer.personId,
  name: viewer.name,
  role,
  since: now,
});

const stripUndefined = (c: CaseDoc): CaseDoc =>
  Object.fromEntries(Object.entries(c).filter(([, v]) => v !== undefined)) as unknown as CaseDoc;
