import type { Reply } from '@alley-chief/shared/contract';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { local, weekdayNames } from '../../kernel/localTime';
import type { CaseFigures } from '../case/figures';
import type { DirectoryService } from '../directory/service';

type Summary = Reply<'GET /desk/summary'>;

/** Headline figures of the duty desk. */
export class DeskService {
  constructor(
    private readonly cases: CaseFigures,
    private readonly directory: DirectoryService,
    private readonly clock: Clock,
  ) {}

  async summary(viewer: Viewer): Promise<Summary> {
    const now = this.clock.now();
    const grant =
      viewer.grants.find((g) => ['dispatcher', 'admin'].includes(g.role)) ??
      viewer.grants.find((g) => ['gridSupervisor', 'gridLeader'].includes(g.role));
    const path = grant?.areaPath ?? '';
    const area = await this.directory.areaByPath(path);
    const midnight = local(now).startOf('day');
    const starts = Array.from({ length: 7 }, (_, i) => midnight.subtract(6 - i, 'day'));
    const weekStart = midnight.subtract((midnight.day() + 6) % 7, 'day');
    const [totals, week, days] = await Promise.all([
      this.cases.figures(path, now, midnight.add(1, 'day').toDate()),
      this.cases.flow(path, weekStart.toDate(), now),
      Promise.all(
        starts.map(async (start) => ({
          date: start.format('YYYY-MM-DD'),
          weekday: weekdayNames[start.day()] ?? '',
          ...(await this.cases.flow(path, start.toDate(), start.add(1, 'day').toDate())),
        })),
      ),
    ]);
    const centre = grant?.role === 'dispatcher' || grant?.role === 'admin';
    return {
      title: `${area?.name ?? ''}${centre ? '社会治理中心' : ''}`,
      dutyName: viewer.name,
      ...totals,
      collectedThisWeek: week.collected,
      closedThisWeek: week.closed,
      days,
    };
  }
}
