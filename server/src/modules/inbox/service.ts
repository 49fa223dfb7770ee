import type { HouseholdView, InboxRow } from '@alley-chief/shared/contract';
import { isWithin } from '@alley-chief/shared/domain';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { local } from '../../kernel/localTime';
import type { CaseDoc } from '../case/model';
import type { CaseService } from '../case/service';
import type { ConversationDoc } from '../conversation/model';
import { ConversationService } from '../conversation/service';
import type { HouseholdDoc } from '../directory/model';
import type { DirectoryService } from '../directory/service';

export interface InboxDeps {
  directory: DirectoryService;
  conversations: ConversationService;
  cases: CaseService;
  clock: Clock;
}

/** From this age a member counts as an elder (老年人权益保障法, article 2: sixty; the town uses 65). */
const elderAge = 65;

/** The alley chief's households. */
export class InboxService {
  constructor(private readonly deps: InboxDeps) {}

  /** Urgent first, then longest waiting, then newest words. */
  async list(
    viewer: Viewer,
    page: { cursor?: string; limit: number },
  ): Promise<{
    items: InboxRow[];
    nextCursor?: string;
    areaName: string;
    households: number;
    people: number;
    waiting: number;
  }> {
    const { directory, conversations, cases } = this.deps;
    const alleys = viewer.grants.filter((g) => g.role === 'alleyChief').map((g) => g.areaPath);
    const households = (await Promise.all(alleys.map((a) => directory.householdsIn(a)))).flat();
    const ids = households.map((h) => h._id);
    const [threads, emergencies, people] = await Promise.all([
      conversations.byIds(ids.map((id) => ConversationService.householdThread(id))),
      cases.openEmergencies(ids),
      directory.countPeopleIn(ids),
    ]);
    const threadOf = new Map(threads.map((t) => [t.householdId, t]));
    const emergencyOf = new Map(emergencies.map((c) => [c.householdId, c]));
    const rows = await Promise.all(
      households.map((h) =>
        this.row(h, threadOf.get(h._id), emergencyOf.get(h._id), viewer.personId),
      ),
    );
    rows.sort(byUrgency);
    const start = Number(page.cursor ?? 0) || 0;
    const end = start + page.limit;
    return {
      items: rows.slice(start, end),
      nextCursor: end < rows.length ? String(end) : undefined,
      areaName: (await directory.areaByPath(alleys[0] ?? ''))?.name ?? '',
      households: households.length,
      people,
      waiting: rows.filter((r) => r.waitingSince ?? r.urgent).length,
    };
  }

  private async row(
    h: HouseholdDoc,
    thread: ConversationDoc | undefined,
    emergency: CaseDoc | undefined,
    personId: string,
  ): Promise<InboxRow> {
    const caller = emergency && (await this.deps.directory.person(emergency.reporterId));
    return {
      householdId: h._id,
      conversationId: ConversationService.householdThread(h._id),
      plate: `${h.doorNo} 号`,
      name: h.name,
      note: h.note,
      lastText: emergency?.title ?? lastWords(thread, personId),
      lastAt: thread?.lastAt?.toISOString(),
      waitingSince: (emergency?.openedAt ?? thread?.waitingSince)?.toISOString(),
      unread: thread ? await this.deps.conversations.unread(thread, personId) : 0,
      urgent: emergency !== undefined,
      dial: emergency?.emergency?.dial,
      caseId: emergency?._id,
      phone: caller && this.deps.directory.phoneOf(caller),
    };
  }

  /** A household with its members, for those who serve its ground. */
  async household(householdId: string): Promise<HouseholdView> {
    const { directory, clock } = this.deps;
    const h = await directory.household(householdId);
    const members = await directory.membersOf(householdId);
    const year = local(clock.now()).year();
    return {
      id: h._id,
      plate: h.plate,
      name: h.name,
      note: h.note,
      areaName: (await directory.areaByPath(h.areaPath))?.name ?? '',
      conversationId: ConversationService.householdThread(h._id),
      members: members.map((p) => ({
        person: directory.tile(p, p.relation ?? '', true),
        relation: p.relation ?? '',
        age: year - p.birthYear,
        elder: year - p.birthYear >= elderAge,
      })),
    };
  }

  /** Staff whose ground covers the household. Volunteers and neighbours do not serve it. */
  async serves(viewer: Viewer, householdId: string): Promise<boolean> {
    const { areaPath } = await this.deps.directory.household(householdId);
    return viewer.grants.some(
      (g) =>
        [
          'alleyChief',
          'gridWorker',
          'gridLeader',
          'gridSupervisor',
          'dispatcher',
          'admin',
        ].includes(g.role) && isWithin(areaPath, g.areaPath),
    );
  }
}

const lastWords = (thread: ConversationDoc | undefined, personId: string): string => {
  if (!thread?.lastText) return '';
  return thread.lastFromId === personId ? `您：${thread.lastText}` : thread.lastText;
};

const byUrgency = (a: InboxRow, b: InboxRow): number => {
  if (a.urgent !== b.urgent) return a.urgent ? -1 : 1;
  if (Boolean(a.waitingSince) !== Boolean(b.waitingSince)) return a.waitingSince ? -1 : 1;
  if (a.waitingSince && b.waitingSince) return a.waitingSince < b.waitingSince ? -1 : 1;
  return (b.lastAt ?? '') < (a.lastAt ?? '') ? -1 : (b.lastAt ?? '') > (a.lastAt ?? '') ? 1 : 0;
};
