import type { PersonTile } from '@alley-chief/shared/contract';
import { isWithin, roleLabels, type Role } from '@alley-chief/shared/domain';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import { newId } from '../../kernel/ids';
import { isDuplicateKey } from '../../kernel/mongoErrors';
import { inTransaction } from '../../kernel/transaction';
import { covers } from '../../routing/duty';
import type { Connection } from 'mongoose';
import type { AreaDoc, DirectoryModels, LeaveDoc } from './model';
import type { DirectoryService } from './service';

export interface RosterDeps {
  db: Connection;
  models: DirectoryModels;
  directory: DirectoryService;
  clock: Clock;
  loads(ids: string[]): Promise<Map<string, number>>;
}

type StaffRow = PersonTile & { area: string; onDuty: boolean; load: number };

/** Who serves where, who is on duty, who is away. */
export class RosterService {
  constructor(private readonly deps: RosterDeps) {}

  /** Staff and volunteers on the viewer's ground, by name. */
  async people(
    viewer: Viewer,
    q: { role?: Role; q?: string; cursor?: string; limit: number },
  ): Promise<{ items: StaffRow[]; nextCursor?: string }> {
    const index = await this.deps.directory.staff();
    const now = this.deps.clock.now();
    const ground = viewer.grants.filter((g) => g.role !== 'resident' && g.role !== 'volunteer');
    const found = [...index.people.values()]
      .filter((p) =>
        p.roles.some(
          (g) =>
            (q.role ? g.role === q.role : g.role !== 'resident') &&
            ground.some((mine) => isWithin(g.areaPath, mine.areaPath)),
        ),
      )
      .filter((p) => !q.q || p.name.includes(q.q))
      .sort((a, b) => (a._id < b._id ? -1 : 1));
    const start = q.cursor ? found.findIndex((p) => p._id > q.cursor!) : 0;
    const page = start < 0 ? [] : found.slice(start, start + q.limit);
    const loads = await this.deps.loads(page.map((p) => p._id));
    const items = await Promise.all(
      page.map(async (p) => ({
        ...this.deps.directory.tile(p, await this.deps.directory.titleOf(p), true),
        area: index.areasByPath.get(p.roles[0]?.areaPath ?? '')?.name ?? '',
        onDuty: (index.shifts.get(p._id) ?? []).some((shift) => covers(shift, now)),
        load: loads.get(p._id) ?? 0,
      })),
    );
    const more = start >= 0 && start + q.limit < found.length;
    return { items, nextCursor: more ? page.at(-1)?._id : undefined };
  }

  /** Areas one level below, on the viewer's ground. */
  async areas(
    viewer: Viewer,
    q: { parent?: string; cursor?: string; limit: number },
  ): Promise<{ items: AreaDoc[]; nextCursor?: string }> {
    const ground = viewer.grants.filter((g) => g.role !== 'resident' && g.role !== 'volunteer');
    const found = await this.deps.models.areas
      .find({
        parentId: q.parent ?? { $exists: false },
        ...(q.cursor ? { _id: { $gt: q.cursor } } : {}),
      })
      .sort({ _id: 1 })
      .lean();
    const mine = found.filter((a) =>
      ground.some((g) => isWithin(a.path, g.areaPath) || isWithin(g.areaPath, a.path)),
    );
    const items = mine.slice(0, q.limit);
    return { items, nextCursor: mine.length > q.limit ? items.at(-1)?._id : undefined };
  }

  /** Repeating a clientId returns the first leave. @throws AppError invalid */
  async takeLeave(
    viewer: Viewer,
    body: { clientId: string; from: string; until: string; standInId?: string },
  ): Promise<{ id: string; from: string; until: string; standIn?: string }> {
    const [from, until] = [new Date(body.from), new Date(body.until)];
    if (until <= from) throw new AppError('invalid', { field: 'until' }, '回来的时间要在走之后');
    if (body.standInId === viewer.personId) {
      throw new AppError('invalid', { field: 'standInId' }, '不能让自己替自己');
    }
    const standIn = body.standInId ? await this.deps.directory.person(body.standInId) : undefined;
    const roles = viewer.grants.map((g) => g.role);
    if (standIn && !standIn.roles.some((g) => g.role !== 'resident' && roles.includes(g.role))) {
      throw new AppError(
        'invalid',
        { field: 'standInId' },
        `替班的人也得是${roleLabels[roles.find((r) => r !== 'resident') ?? 'resident']}`,
      );
    }
    const doc: LeaveDoc = {
      _id: newId('l'),
      personId: viewer.personId,
      from,
      until,
      clientId: body.clientId,
      ...(body.standInId ? { standInId: body.standInId } : {}),
    };
    const stored = await this.storeLeave(doc);
    return {
      id: stored._id,
      from: stored.from.toISOString(),
      until: stored.until.toISOString(),
      standIn: standIn?.name,
    };
  }

  private async storeLeave(doc: LeaveDoc): Promise<LeaveDoc> {
    const { db, models, directory } = this.deps;
    try {
      await inTransaction(db, async (session) => {
        await models.leaves.collection.insertOne(doc as never, { session });
        await directory.bumpVersion(session);
      });
      directory.invalidate();
      return doc;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const { personId, clientId } = doc;
      return (await models.leaves.findOne({ personId, clientId }).lean()) ?? doc;
    }
  }

  /** Ends one's own leave. @throws AppError notFound */
  async endLeave(viewer: Viewer, leaveId: string): Promise<void> {
    const { db, models, directory } = this.deps;
    await inTransaction(db, async (session) => {
      const result = await models.leaves.deleteOne(
        { _id: leaveId, personId: viewer.personId },
        { session },
      );
      if (result.deletedCount === 0) throw new AppError('notFound');
      await directory.bumpVersion(session);
    });
    directory.invalidate();
  }
}
