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
import type { FileService } from '../file/service';
import { actorsOf } from './actors';
import type { CaseDoc, CaseModels, TimelineDoc } from './model';
import { openStates, visibilityOf } from './build';
import { StepChanges, type ChangeDeps } from './changes';
import { checkNeeds } from './needs';
import type { Tidings } from './event/tidings';
import { CaseMoved } from './notes';
import { CaseService } from './service';
import type { Workloads } from './workload';

export interface StepDeps extends ChangeDeps {
  db: Connection;
  models: CaseModels;
  cases: CaseService;
  workloads: Workloads;
  conversations: ConversationService;
  files: FileService;
  tidings: Tidings;
  clock: Clock;
}

type Step = WorkflowStep<CaseState>;

/** Takes steps of the workflow: one compare-and-set on the revision, with everything it entails. */
export class CaseSteps {
  private readonly changes: StepChanges;

  constructor(private readonly deps: StepDeps) {
    this.changes = new StepChanges(deps);
  }

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
    const changes = await this.changes.of(c, action, viewer, body, now);
    const next: CaseDoc = { ...c, ...changes, state: check.to, updatedAt: now, rev: c.rev + 1 };
    const line = this.lineOf(check.step, next, viewer, body, now);
    return this.store(c, next, check.step, viewer, body, line);
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

const stripUndefined = (c: CaseDoc): CaseDoc =>
  Object.fromEntries(Object.entries(c).filter(([, v]) => v !== undefined)) as unknown as CaseDoc;
