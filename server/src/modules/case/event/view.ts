import type { CaseEvent, EventReporter, EventSuggestion } from '@alley-chief/shared/contract';
import { concernWorkflow, maskName } from '@alley-chief/shared/domain';
import type { Viewer } from '../../../http/viewer';
import { openStates } from '../build';
import type { CaseDoc, CaseModels } from '../model';
import { serves } from './effects';
import { leadStates } from './match';
import type { LinkDoc } from './model';

const mostSuggestions = 5;

/** What there is to see of an event, for one viewer. */
export class EventViews {
  constructor(private readonly models: CaseModels) {}

  /** Undefined when a case has nothing to do with any other. */
  async eventOf(c: CaseDoc, viewer: Viewer): Promise<CaseEvent | undefined> {
    const staff = serves(c, viewer);
    if (c.leadId) return this.membership(c, c.leadId, staff, viewer);
    const reporters = c.reporters ?? 1;
    const suggestions = staff ? await this.suggestionsFor(c, viewer) : [];
    if (reporters < 2 && suggestions.length === 0) return undefined;
    return { role: reporters > 1 ? 'lead' : 'single', reporters, reasons: [], suggestions };
  }

  private async membership(
    c: CaseDoc,
    leadId: string,
    staff: boolean,
    viewer: Viewer,
  ): Promise<CaseEvent> {
    const [lead, link] = await Promise.all([
      this.models.cases.findById(leadId).lean(),
      this.models.links.findOne({ caseId: c._id, leadId }).lean(),
    ]);
    return {
      role: 'member',
      reporters: Math.max(2, lead?.reporters ?? 2),
      ...(staff && lead && serves(lead, viewer) ? { leadId } : {}),
      reasons: link?.reasons ?? [],
      suggestions: [],
    };
  }

  private async suggestionsFor(c: CaseDoc, viewer: Viewer): Promise<EventSuggestion[]> {
    if (!isOpen(c)) return [];
    const suggested = { state: 'suggested' } as const;
    const [joins, joined] = await Promise.all([
      this.models.links
        .find({ caseId: c._id, ...suggested })
        .limit(mostSuggestions)
        .lean(),
      this.models.links
        .find({ leadId: c._id, ...suggested })
        .sort({ at: 1 })
        .limit(mostSuggestions)
        .lean(),
    ]);
    const links = [...joins, ...joined];
    if (links.length === 0) return [];
    const otherOf = (l: LinkDoc): string => (l.caseId === c._id ? l.leadId : l.caseId);
    const others = await this.models.cases.find({ _id: { $in: links.map(otherOf) } }).lean();
    const byId = new Map(others.map((o) => [o._id, o]));
    return links
      .flatMap((l): EventSuggestion[] => {
        const other = byId.get(otherOf(l));
        if (!other || !serves(other, viewer)) return [];
        const [joiner, lead] = l.caseId === c._id ? [c, other] : [other, c];
        if (!isOpen(joiner) || !(leadStates as readonly string[]).includes(lead.state)) return [];
        return [
          {
            joinerId: joiner._id,
            leadId: lead._id,
            other: {
              id: other._id,
              title: other.title,
              plate: other.plateText,
              openedAt: other.openedAt.toISOString(),
            },
            sentence: `可能和 ${other._id} 是同一件事`,
            reasons: l.reasons,
          },
        ];
      })
      .slice(0, mostSuggestions);
  }

  /** Everybody but the first to report, oldest first. */
  async reporters(
    c: CaseDoc,
    viewer: Viewer,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<{ items: EventReporter[]; nextCursor?: string }> {
    const after = afterOf(page.cursor);
    const found = await this.models.cases
      .find({
        leadId: c._id,
        ...(after
          ? {
              $or: [
                { openedAt: { $gt: after.at } },
                { openedAt: after.at, _id: { $gt: after.id } },
              ],
            }
          : {}),
      })
      .sort({ openedAt: 1, _id: 1 })
      .limit(page.limit + 1)
      .lean();
    const members = found.slice(0, page.limit);
    const links = await this.models.links
      .find({ caseId: { $in: members.map((m) => m._id) }, leadId: c._id })
      .lean();
    const linkOf = new Map(links.map((l) => [l.caseId, l]));
    const last = members.at(-1);
    return {
      items: members.map((m) => ({
        caseId: m._id,
        name: maskName(m.reporterName),
        plate: m.plateText,
        text: m.text,
        at: m.openedAt.toISOString(),
        reasons: linkOf.get(m._id)?.reasons ?? [],
        by: linkOf.get(m._id)?.by?.name,
        status: m.state === 'resolved' ? '等打分' : concernWorkflow.states[m.state].label,
        maySplit: m.state === 'joined' && serves(m, viewer),
      })),
      ...(found.length > page.limit && last
        ? { nextCursor: `${last.openedAt.getTime()}_${last._id}` }
        : {}),
    };
  }
}

const isOpen = (c: CaseDoc): boolean => (openStates as readonly string[]).includes(c.state);

const afterOf = (cursor: string | undefined): { at: Date; id: string } | undefined => {
  const [ms, id] = cursor?.split('_') ?? [];
  const at = new Date(Number(ms));
  return ms && id && !Number.isNaN(at.getTime()) ? { at, id } : undefined;
};
