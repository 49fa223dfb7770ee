import type { CaseRow, QueryOf } from '@alley-chief/shared/contract';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { local } from '../../kernel/localTime';
import { openStates } from './build';
import type { CaseDoc, CaseModels } from './model';
import { isOverdue, presentCase, shownState } from './present';
import type { CaseService } from './service';

type Query = QueryOf<'GET /cases'>;
type Filter = Record<string, unknown>;

const closedStates = ['rated', 'withdrawn', 'dismissed'];

/** Prefix match on the materialised path, in the form an index can serve. */
const within = (path: string): Filter => ({ $gte: path, $lt: `${path}\uffff` });

export interface ListDeps {
  models: CaseModels;
  cases: CaseService;
  clock: Clock;
}

export class CaseLists {
  constructor(private readonly deps: ListDeps) {}

  /** Cases of a box with their counts; open ones by due time, closed ones newest first. */
  async list(
    viewer: Viewer,
    q: Query,
  ): Promise<{ items: CaseRow[]; nextCursor?: string; counts: Record<string, number> }> {
    const now = this.deps.clock.now();
    const scope = scopeOf(viewer, q.box);
    if (!scope) return { items: [], counts: noCounts };
    const newestFirst = q.state === 'closed' || q.box === 'mine';
    const key = newestFirst ? 'openedAt' : 'dueAt';
    const filters: Filter[] = [
      scope,
      stateFilter(q.state, q.box),
      rowFilter(q.filter, now),
      textFilter(q.q),
    ];
    const after = parseCursor(q.cursor);
    if (after) {
      const op = newestFirst ? '$lt' : '$gt';
      filters.push({
        $or: [{ [key]: { [op]: after.at } }, { [key]: after.at, _id: { [op]: after.id } }],
      });
    }
    const direction = newestFirst ? -1 : 1;
    const found = await this.deps.models.cases
      .find({ $and: filters })
      .sort({ [key]: direction, _id: direction })
      .limit(q.limit + 1)
      .lean();
    const page = found.slice(0, q.limit);
    const items = await Promise.all(page.map((c) => this.row(c, viewer, now)));
    const last = page.at(-1);
    return {
      items,
      nextCursor: found.length > q.limit && last ? `${last[key].getTime()}_${last._id}` : undefined,
      counts: await this.counts(scope, q.box, now),
    };
  }

  private async row(c: CaseDoc, viewer: Viewer, now: Date): Promise<CaseRow> {
    const card = presentCase(c, await this.deps.cases.presentation(c, viewer));
    const extra = [
      c.plateText,
      c.photos.length ? `照片 ${c.photos.length} 张` : '',
      c.nudgedAt ? '催过' : '',
      c.emergency ? '紧急' : '',
      (c.reporters ?? 1) > 1 ? `${c.reporters} 户报了` : '',
    ];
    return { card, band: bandOf(c, now), sub: extra.filter(Boolean).join(' · ') };
  }

  private async counts(
    scope: Filter,
    box: Query['box'],
    now: Date,
  ): Promise<Record<string, number>> {
    const { cases } = this.deps.models;
    const count = (filter: Filter): Promise<number> =>
      cases.countDocuments({ $and: [scope, filter] });
    const open = stateFilter('open', box);
    const [openCount, rating, closed, overdue, urgent, unclaimed, undecided] = await Promise.all([
      count(open),
      count({ state: 'resolved' }),
      count(stateFilter('closed', box)),
      count(rowFilter('overdue', now)),
      count({ $and: [open, { urgent: true }] }),
      count({ state: 'assigned' }),
      count({ state: 'sorting' }),
    ]);
    return { open: openCount, rating, closed, overdue, urgent, unclaimed, undecided };
  }
}

const noCounts = {
  open: 0,
  rating: 0,
  closed: 0,
  overdue: 0,
  urgent: 0,
  unclaimed: 0,
  undecided: 0,
};

/** Which cases a box holds for a viewer; undefined: none at all. */
const scopeOf = (viewer: Viewer, box: Query['box']): Filter | undefined => {
  // An event is one piece of work: its members are found on the page of the case that leads.
  const notAgainst = { against: { $ne: viewer.personId }, leadId: null };
  if (box === 'held') return { 'holder.personId': viewer.personId, ...notAgainst };
  if (box === 'mine') {
    return viewer.householdId
      ? {
          householdId: viewer.householdId,
          $or: [{ confidential: { $ne: true } }, { reporterId: viewer.personId }],
        }
      : { reporterId: viewer.personId };
  }
  const desk = viewer.grants.filter((g) => ['dispatcher', 'admin'].includes(g.role));
  const ground = viewer.grants.filter((g) =>
    ['alleyChief', 'gridWorker', 'gridLeader', 'gridSupervisor'].includes(g.role),
  );
  if (desk.length) return { areaPath: within(desk[0]!.areaPath), ...notAgainst };
  if (ground.length === 0) return undefined;
  return {
    $or: ground.map((g) => ({ areaPath: within(g.areaPath) })),
    confidential: { $ne: true },
    ...notAgainst,
  };
};

const stateFilter = (state: Query['state'], box: Query['box']): Filter => {
  if (state === 'open') {
    return { state: { $in: box === 'mine' ? [...openStates, 'joined'] : openStates } };
  }
  if (state === 'rating') return { state: 'resolved' };
  if (state === 'closed') return { state: { $in: closedStates } };
  return {};
};

const rowFilter = (filter: Query['filter'], now: Date): Filter => {
  switch (filter) {
    case 'urgent':
      return { urgent: true };
    case 'unclaimed':
      return { state: 'assigned' };
    case 'undecided':
      return { state: 'sorting' };
    case 'overdue':
      return { state: { $in: ['sorting', 'assigned', 'handling'] }, dueAt: { $lte: now } };
    default:
      return {};
  }
};

/** Plain text, escaped: what is typed is looked for as it stands. */
const textFilter = (q: string | undefined): Filter => {
  if (!q) return {};
  const pattern = { $regex: q.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), $options: 'i' };
  return { $or: ['title', 'plateText', 'holder.name', '_id'].map((f) => ({ [f]: pattern })) };
};

const parseCursor = (cursor: string | undefined): { at: Date; id: string } | undefined => {
  const [ms, id] = cursor?.split('_') ?? [];
  const at = new Date(Number(ms));
  return ms && id && !Number.isNaN(at.getTime()) ? { at, id } : undefined;
};

const bandOf = (c: CaseDoc, now: Date): CaseRow['band'] => {
  if (!(openStates as readonly string[]).includes(shownState(c))) return 'closed';
  if (isOverdue(c, now)) return 'overdue';
  const days = local(c.dueAt).startOf('day').diff(local(now).startOf('day'), 'day');
  if (days <= 0) return 'today';
  return days === 1 ? 'tomorrow' : 'later';
};
