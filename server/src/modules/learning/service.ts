import type { Connection } from 'mongoose';
import type { ModelView, Reply } from '@alley-chief/shared/contract';
import { categories } from '@alley-chief/shared/domain';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import { local } from '../../kernel/localTime';
import type { Logger } from '../../kernel/logger';
import {
  categoryModelFromBytes,
  categoryModelToBytes,
  type CategoryModel,
} from '../../understanding/categories/learnt';
import type { CaseLessons } from '../case/lessons';
import { ensureState, type LearningDoc, type LearningModels, type ModelDoc } from './model';
import { Trainings } from './trainings';
import type { Trainer } from './trainer';

export interface LearningDeps {
  db: Connection;
  models: LearningModels;
  lessons: CaseLessons;
  trainer: Trainer;
  /** What came with the software. */
  shipped: CategoryModel;
  /** Puts a model in charge of this node. */
  decideWith(model: CategoryModel): Promise<void>;
  clock: Clock;
  log: Logger;
}

const weeksShown = 12;
const confusionsShown = 20;

/** What the understanding has learnt in this city: figures, versions, and who puts which in charge. */
export class LearningService {
  readonly trainings: Trainings;
  /** Version that decides on this node. */
  private inCharge: string;

  constructor(private readonly deps: LearningDeps) {
    this.inCharge = deps.shipped.model.version;
    this.trainings = new Trainings(deps, () => this.running());
  }

  /** The model in charge. Falls back to what came with the software. */
  async running(): Promise<{ version: string; bytes: Uint8Array; learntUntil: Date }> {
    const { models, shipped } = this.deps;
    const state = await models.states.findById('categories').lean();
    const own = state?.running ? await models.models.findById(state.running).lean() : null;
    return own
      ? { version: own._id, bytes: bytesOf(own), learntUntil: own.learntUntil }
      : {
          version: shipped.model.version,
          bytes: categoryModelToBytes(shipped),
          learntUntil: new Date(0),
        };
  }

  /** Takes over whatever is in charge by now; on every node, whenever that may have changed. */
  async reload(): Promise<void> {
    const { models, shipped, log } = this.deps;
    const state = await models.states.findById('categories').lean();
    const wanted = state?.running ?? shipped.model.version;
    if (wanted === this.inCharge) return;
    try {
      const { version, bytes } = await this.running();
      await this.deps.decideWith(categoryModelFromBytes(bytes));
      this.inCharge = version;
    } catch (error) {
      // A model of another release: what came with this one is always readable.
      log.error({ err: String(error) }, 'model cannot be read, going on with the one at hand');
    }
  }

  /** Between two and four at night, when few are awake to wait for answers. */
  async nightly(): Promise<void> {
    const hour = local(this.deps.clock.now()).hour();
    if (hour >= 2 && hour < 4) await this.trainings.nightly();
  }

  async overview(): Promise<Reply<'GET /learning'>> {
    const { models, lessons, clock } = this.deps;
    const now = clock.now();
    const since = local(now).subtract(weeksShown, 'week').toDate();
    const [state, running] = await Promise.all([
      models.states.findById('categories').lean(),
      this.running(),
    ]);
    const own = await models.models.findById(running.version, { bytes: 0 }).lean();
    const [counts, weeks, confusions] = await Promise.all([
      lessons.counts(running.learntUntil),
      lessons.weeks(now, weeksShown),
      lessons.confusions(since, confusionsShown),
    ]);
    return {
      running: own ? viewOf(own, state) : this.shippedView(state),
      training: this.trainings.viewOf(state?.training),
      lessons: counts,
      weeks: weeks.map(({ from, ...w }) => ({ from: local(from).format('YYYY-MM-DD'), ...w })),
      confusions: confusions.map((c) => ({
        guessed: categories[c.guessed].name,
        was: categories[c.was].name,
        times: c.times,
      })),
    };
  }

  async list(q: { cursor?: string; limit: number }): Promise<Reply<'GET /learning/models'>> {
    const { models } = this.deps;
    const [at, id] = q.cursor?.split('~') ?? [];
    const before = new Date(Number(at));
    const older =
      id && !Number.isNaN(before.getTime())
        ? { $or: [{ madeAt: { $lt: before } }, { madeAt: before, _id: { $lt: id } }] }
        : {};
    const [state, found] = await Promise.all([
      models.states.findById('categories').lean(),
      models.models
        .find(older, { bytes: 0 })
        .sort({ madeAt: -1, _id: -1 })
        .limit(q.limit + 1)
        .lean(),
    ]);
    const items = found.slice(0, q.limit).map((m) => viewOf(m, state));
    const last = found[q.limit - 1];
    if (found.length > q.limit && last) {
      return { items, nextCursor: `${last.madeAt.getTime()}~${last._id}` };
    }
    return { items: [...items, this.shippedView(state)] };
  }

  /** Puts a version in charge; repeating the same act changes nothing. */
  async run(
    viewer: Viewer,
    version: string,
    body: { clientId: string; reason: string },
  ): Promise<ModelView> {
    const { models, shipped, clock } = this.deps;
    const own =
      version === shipped.model.version
        ? null
        : await models.models.findById(version, { bytes: 0 }).lean();
    if (version !== shipped.model.version && !own) throw new AppError('notFound');
    const entry = {
      to: version,
      by: viewer.personId,
      at: clock.now(),
      reason: body.reason,
      clientId: body.clientId,
    };
    // One document, one write: whoever comes second finds the act already in the list.
    await ensureState(models.states);
    await models.states.updateOne(
      {
        _id: 'categories',
        switches: { $not: { $elemMatch: { by: viewer.personId, clientId: body.clientId } } },
      },
      {
        $set: { why: `${viewer.name}换上的：${body.reason}`, ...(own ? { running: version } : {}) },
        ...(own ? {} : { $unset: { running: 1 } }),
        $push: { switches: { $each: [entry], $slice: -50 } },
      },
    );
    const state = await models.states.findById('categories').lean();
    return own ? viewOf(own, state) : this.shippedView(state);
  }

  private shippedView(state: LearningDoc | null): ModelView {
    const { version } = this.deps.shipped.model;
    const running = !state?.running || state.running === version;
    return {
      version,
      madeBy: '出厂',
      lessons: 0,
      state: running ? 'running' : 'ready',
      why: (running && state?.why) || '软件自带，没学过本地的事',
    };
  }
}

export const bytesOf = (m: Pick<ModelDoc, 'bytes'>): Uint8Array => {
  // Lean reads give the driver's Binary, documents a Buffer.
  const { bytes } = m as { bytes: Buffer | { buffer: Uint8Array } };
  return bytes instanceof Uint8Array ? bytes : bytes.buffer;
};

const viewOf = (m: Omit<ModelDoc, 'bytes'>, state: LearningDoc | null): ModelView => ({
  version: m._id,
  madeAt: m.madeAt.toISOString(),
  madeBy: m.madeBy,
  lessons: m.lessons,
  state: state?.running === m._id ? 'running' : m.rejected ? 'rejected' : 'ready',
  ...(m.figures ? { figures: m.figures } : {}),
  ...(m.against ? { against: m.against } : {}),
  why: (state?.running === m._id && state.why) || m.why,
});
