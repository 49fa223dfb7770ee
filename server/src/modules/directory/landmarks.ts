import type { Connection } from 'mongoose';
import type { BodyOf, Landmark } from '@alley-chief/shared/contract';
import { isWithin, type Role } from '@alley-chief/shared/domain';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import { newId } from '../../kernel/ids';
import { isDuplicateKey } from '../../kernel/mongoErrors';
import { inTransaction } from '../../kernel/transaction';
import { saysOnlyHome } from '../../understanding';
import type { AreaDoc, DirectoryModels, LandmarkDoc } from './model';
import type { DirectoryService } from './service';

export interface LandmarkDeps {
  db: Connection;
  models: DirectoryModels;
  directory: DirectoryService;
  clock: Clock;
  /** Lets the next message find what was added. */
  afterChange(): Promise<void>;
}

const keepers: readonly Role[] = ['alleyChief', 'gridWorker'];

/** What people call the spots of a ground; each kept by who serves there. */
export class LandmarkService {
  constructor(private readonly deps: LandmarkDeps) {}

  /** Those of the own ground, alley by alley. */
  async list(
    viewer: Viewer,
    q: { cursor?: string; limit: number },
  ): Promise<{ items: Landmark[]; nextCursor?: string }> {
    const found = await this.deps.models.landmarks
      .find({ live: true, $or: groundOf(viewer).map(within) })
      .sort({ areaPath: 1, name: 1 })
      .lean();
    const start = q.cursor ? found.findIndex((l) => l._id === q.cursor) + 1 : 0;
    const page = found.slice(start, start + q.limit);
    const more = found.length > start + q.limit;
    return {
      items: await Promise.all(page.map((l) => this.view(l))),
      nextCursor: more ? page.at(-1)?._id : undefined,
    };
  }

  /** Repeating a clientId returns the first one. @throws AppError invalid, forbidden, conflict */
  async add(viewer: Viewer, body: BodyOf<'POST /landmarks'>): Promise<Landmark> {
    const area = await this.areaFor(viewer, body.areaId);
    const names = [...new Set([body.name, ...body.aliases])];
    const vague = names.find(saysOnlyHome);
    if (vague) {
      throw new AppError(
        'invalid',
        { field: vague === body.name ? 'name' : 'aliases' },
        `“${vague}”谁家都有，写细点，像“老槐树底下”`,
      );
    }
    const doc: LandmarkDoc = {
      _id: newId('k'),
      name: body.name,
      aliases: names.slice(1),
      areaId: area._id,
      areaPath: area.path,
      live: true,
      addedById: viewer.personId,
      addedAt: this.deps.clock.now(),
      clientId: body.clientId,
    };
    return this.view(await this.store(doc));
  }

  private async store(doc: LandmarkDoc): Promise<LandmarkDoc> {
    const { models } = this.deps;
    try {
      await this.change((session) =>
        models.landmarks.collection.insertOne(doc as never, { session }),
      );
      return doc;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const { addedById, clientId } = doc;
      const first = await models.landmarks.findOne({ addedById, clientId }).lean();
      if (first) return first;
      throw new AppError('conflict', { field: 'name' }, `“${doc.name}”已经记过了`);
    }
  }

  /** @throws AppError notFound: not there, removed already, or not on the own ground */
  async remove(viewer: Viewer, landmarkId: string): Promise<void> {
    await this.change(async (session) => {
      const result = await this.deps.models.landmarks.updateOne(
        { _id: landmarkId, live: true, $or: groundOf(viewer).map(within) },
        {
          $unset: { live: true },
          $set: { removedById: viewer.personId, removedAt: this.deps.clock.now() },
        },
        { session },
      );
      if (result.matchedCount === 0) throw new AppError('notFound');
    });
  }

  private async change(
    write: (session: Parameters<DirectoryService['bumpVersion']>[0]) => Promise<unknown>,
  ): Promise<void> {
    const { db, directory } = this.deps;
    await inTransaction(db, async (session) => {
      await write(session);
      await directory.bumpVersion(session);
    });
    await this.deps.afterChange();
  }

  /** @throws AppError forbidden for ground that is somebody else's */
  private async areaFor(viewer: Viewer, areaId: string | undefined): Promise<AreaDoc> {
    const { areas, areasByPath } = await this.deps.directory.staff();
    const ground = groundOf(viewer);
    const area = areaId ? areas.get(areaId) : areasByPath.get(ground[0] ?? '');
    if (!area || !ground.some((path) => isWithin(area.path, path))) throw new AppError('forbidden');
    return area;
  }

  private async view(l: LandmarkDoc): Promise<Landmark> {
    const { areas } = await this.deps.directory.staff();
    const people = await this.deps.directory.people([l.addedById]);
    return {
      id: l._id,
      name: l.name,
      aliases: l.aliases,
      areaId: l.areaId,
      areaName: areas.get(l.areaId)?.name ?? '',
      addedBy: people.get(l.addedById)?.callName ?? '',
      addedAt: l.addedAt.toISOString(),
    };
  }
}

/** Paths a viewer keeps, narrowest first. */
const groundOf = (viewer: Viewer): string[] =>
  viewer.grants
    .filter((g) => keepers.includes(g.role))
    .map((g) => g.areaPath)
    .sort((a, b) => b.length - a.length);

const within = (path: string): object => ({ areaPath: { $gte: path, $lt: `${path}\uffff` } });
