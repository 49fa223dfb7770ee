import type { CategoryCode } from '@alley-chief/shared/domain';
import { route } from '../../routing';
import type { RoutingDecision, RoutingMatter } from '../../routing/types';
import type { Clock } from '../../kernel/clock';
import type { DirectoryService } from '../directory/service';
import type { CaseDoc } from './model';
import type { Workloads } from './workload';

export interface RouteRequest {
  category: CategoryCode;
  categoryConfidence: number;
  alternatives: RoutingMatter['alternatives'];
  evidence: string[];
  secondOpinion?: RoutingMatter['secondOpinion'];
  areaPath: string;
  placeSource: RoutingMatter['placeSource'];
  placeText: string;
  reporterId: string;
  householdId?: string;
  against: string[];
  confidential: boolean;
  emergency: boolean;
  care?: boolean;
  excluded: string[];
}

/** Gathers what the pure router needs and asks it. */
export class CaseRouter {
  constructor(
    private readonly directory: DirectoryService,
    private readonly workloads: Workloads,
    private readonly clock: Clock,
  ) {}

  async decide(r: RouteRequest): Promise<RoutingDecision> {
    const members = r.householdId ? await this.directory.membersOf(r.householdId) : [];
    const snapshot = await this.directory.snapshot(r.areaPath, (ids) => this.workloads.of(ids), [
      r.reporterId,
      ...r.against,
    ]);
    return route(
      { ...r, householdMemberIds: members.map((m) => m._id) },
      snapshot,
      this.clock.now(),
    );
  }
}

/** A stored case as the router asks for it. */
export const requestOf = (c: CaseDoc): RouteRequest => ({
  category: c.category,
  categoryConfidence: c.categoryConfidence,
  alternatives: c.alternatives,
  evidence: [],
  areaPath: c.areaPath,
  placeSource: 'named',
  placeText: c.placeText,
  reporterId: c.reporterId,
  householdId: c.householdId,
  against: c.against,
  confidential: c.confidential,
  emergency: c.emergency !== undefined,
  care: c.care !== undefined,
  excluded: c.excluded,
});
