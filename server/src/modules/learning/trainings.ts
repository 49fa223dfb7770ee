import type { Reply } from '@alley-chief/shared/contract';
import { AppError } from '../../kernel/errors';
import { inTransaction } from '../../kernel/transaction';
import { fewestLessons } from '../../understanding/categories/training';
import type { LearningDeps } from './service';
import { ensureState, type TrainingDoc } from './model';

type TrainingView = Reply<'POST /learning/trainings'>;

/** Whoever trains says so again before this is over; else another may begin. */
const leaseMs = 60_000;
const renewMs = 10_000;
/** More are no better, and have to be held in memory. */
const mostLessons = 100_000;
/** The night's training waits for so many new lessons. */
const worthwhile = 20;

/** Runs trainings, one at a time in the whole city, and stores what comes of them. */
export class Trainings {
  private under?: Promise<void>;

  constructor(
    private readonly deps: LearningDeps,
    private readonly running: () => Promise<{
      version: string;
      bytes: Uint8Array;
      learntUntil: Date;
    }>,
  ) {}

  /**
   * Begins one; the answer does not wait for its end. A repeated clientId gets the one it began.
   * @throws AppError conflict while another runs
   */
  async begin(by: string, clientId: string): Promise<TrainingView> {
    const { models, lessons, clock } = this.deps;
    const now = clock.now();
    const { corrected, confirmed } = await lessons.counts(new Date(0));
    if (corrected + confirmed < fewestLessons) {
      throw new AppError(
        'invalid',
        { fewest: fewestLessons },
        `才攒了 ${corrected + confirmed} 件，攒够 ${fewestLessons} 件再学`,
      );
    }
    await ensureState(models.states);
    const training: TrainingDoc = {
      state: 'running',
      since: now,
      by,
      clientId,
      done: 0,
      leaseUntil: new Date(now.getTime() + leaseMs),
    };
    const { modifiedCount } = await models.states.updateOne(
      {
        _id: 'categories',
        'training.clientId': { $ne: clientId },
        $or: [{ 'training.state': { $ne: 'running' } }, { 'training.leaseUntil': { $lt: now } }],
      },
      { $set: { training } },
    );
    const state = await models.states.findById('categories').lean();
    if (modifiedCount === 0 && state?.training?.clientId !== clientId) {
      if (state?.training?.state === 'running') {
        throw new AppError('conflict', undefined, '正在学着呢，等这一遍学完再点');
      }
      throw new AppError('conflict');
    }
    if (modifiedCount === 1)
      this.under = this.work(training).finally(() => (this.under = undefined));
    return this.viewOf(state?.training);
  }

  /** At night, when enough has been learnt since. Safe on several nodes: one gets the lease. */
  async nightly(): Promise<void> {
    const { lessons, clock } = this.deps;
    const { learntUntil } = await this.running();
    if ((await lessons.counts(learntUntil)).fresh < worthwhile) return;
    await this.begin('夜里自动', `night-${clock.now().toISOString().slice(0, 10)}`).catch(
      (error: unknown) => {
        if (!(error instanceof AppError)) throw error;
      },
    );
  }

  /** Resolves when nothing is under way on this node. */
  async idle(): Promise<void> {
    await this.under;
  }

  viewOf(t: TrainingDoc | undefined): TrainingView {
    if (!t || t.state === 'done') return { state: 'idle' };
    const dead = t.state === 'running' && t.leaseUntil < this.deps.clock.now();
    return {
      state: dead ? 'failed' : t.state,
      since: t.since.toISOString(),
      by: t.by,
      done: t.done,
      ...(dead || t.problem ? { problem: t.problem ?? '学到一半停了，再点一次就行' } : {}),
    };
  }

  private async work(training: TrainingDoc): Promise<void> {
    const { models, log } = this.deps;
    const mine = { _id: 'categories', 'training.clientId': training.clientId } as const;
    let done = 0;
    const renew = setInterval(() => {
      const leaseUntil = new Date(this.deps.clock.now().getTime() + leaseMs);
      models.states
        .updateOne(mine, { $set: { 'training.leaseUntil': leaseUntil, 'training.done': done } })
        .catch((err: unknown) => log.warn({ err: String(err) }, 'lease not renewed'));
    }, renewMs);
    try {
      await this.learn(training, (share) => (done = share));
    } catch (error) {
      log.error({ err: String(error) }, 'training failed');
      await models.states.updateOne(mine, {
        $set: { 'training.state': 'failed', 'training.problem': '没学成，原来的照常用' },
      });
    } finally {
      clearInterval(renew);
    }
  }

  private async learn(training: TrainingDoc, onProgress: (done: number) => void): Promise<void> {
    const { db, models, lessons, trainer, clock } = this.deps;
    const until = clock.now();
    const rows = await lessons.recent(mostLessons);
    const { bytes: running } = await this.running();
    const result = await trainer.train(
      {
        lessons: rows.map((r) => ({
          text: r.text,
          label: r.category,
          corrected: r.source === 'corrected',
        })),
        running,
      },
      onProgress,
    );
    await inTransaction(db, async (session) => {
      // Whoever lost the lease meanwhile must not put its result in charge.
      const { matchedCount } = await models.states.updateOne(
        { _id: 'categories', 'training.clientId': training.clientId },
        {
          $set: {
            'training.state': 'done',
            ...(result.accepted ? { running: result.version, why: result.why } : {}),
          },
        },
        { session },
      );
      if (matchedCount === 0) return;
      await models.models.updateOne(
        { _id: result.version },
        {
          $set: {
            bytes: Buffer.from(result.bytes),
            madeAt: clock.now(),
            madeBy: training.by,
            lessons: result.lessons,
            learntUntil: until,
            rejected: !result.accepted,
            why: result.why,
            ...(result.figures ? { figures: result.figures } : {}),
            ...(result.against ? { against: result.against } : {}),
          },
        },
        { upsert: true, session },
      );
    });
  }
}
