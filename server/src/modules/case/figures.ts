import { openStates } from './build';
import type { CaseDoc, CaseModels } from './model';

/** Counts for the duty desk, computed live from the cases themselves. */
export class CaseFigures {
  constructor(private readonly models: CaseModels) {}

  /** Counts of an area as they stand now; closed = solved, rated or found needless. */
  async figures(
    areaPath: string,
    now: Date,
    endOfDay: Date,
  ): Promise<{
    collected: number;
    closed: number;
    open: number;
    dueToday: number;
    overdue: number;
  }> {
    const ground = { areaPath: { $gte: areaPath, $lt: `${areaPath}\uffff` } };
    const ticking = { $in: ['sorting', 'assigned', 'handling'] as CaseDoc['state'][] };
    const { cases } = this.models;
    const [collected, open, joined, dueToday, overdue] = await Promise.all([
      cases.countDocuments(ground),
      cases.countDocuments({ ...ground, state: { $in: openStates } }),
      // Reported, but worked on under a neighbour's number.
      cases.countDocuments({ ...ground, state: 'joined' }),
      cases.countDocuments({ ...ground, state: ticking, dueAt: { $gt: now, $lt: endOfDay } }),
      cases.countDocuments({ ...ground, state: ticking, dueAt: { $lte: now } }),
    ]);
    return { collected, closed: collected - open - joined, open, dueToday, overdue };
  }

  /** What came in and what was ended on an area in a span of time. */
  async flow(
    areaPath: string,
    from: Date,
    until: Date,
  ): Promise<{ collected: number; closed: number }> {
    const ground = { areaPath: { $gte: areaPath, $lt: `${areaPath}\uffff` } };
    const span = { $gte: from, $lt: until };
    // A few days of all areas are fewer than everything an area ever had.
    const count = (field: 'openedAt' | 'closedAt' | 'resolvedAt', more: object): Promise<number> =>
      this.models.cases.countDocuments({ ...ground, [field]: span, ...more }).hint({ [field]: 1 });
    const [collected, closed, resolved] = await Promise.all([
      count('openedAt', {}),
      count('closedAt', {}),
      count('resolvedAt', { closedAt: { $exists: false } }),
    ]);
    return { collected, closed: closed + resolved };
  }
}
