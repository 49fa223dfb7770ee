import type { CaseDetail } from '@alley-chief/shared/contract';
import type { Viewer } from '../../http/viewer';
import { AppError } from '../../kernel/errors';
import type { RoutingReason } from '../../routing/types';
import { ConversationService } from '../conversation/service';
import type { DirectoryService } from '../directory/service';
import type { FileService } from '../file/service';
import { actorsOf, maySee } from './actors';
import type { CaseDoc } from './model';
import { presentCase } from './present';
import type { EventViews } from './event/view';
import type { CaseService } from './service';
import type { Workloads } from './workload';

const reasonLabels: Record<RoutingReason['kind'], string> = {
  what: '什么事',
  where: '在哪儿',
  whose: '谁管',
  onDuty: '谁在岗',
  notChosen: '没选谁',
  fallback: '兜底',
};

export interface DetailDeps {
  cases: CaseService;
  directory: DirectoryService;
  files: FileService;
  workloads: Workloads;
  events: EventViews;
}

/** Everything one viewer may know of a case. @throws AppError forbidden */
export const caseDetail = async (
  c: CaseDoc,
  viewer: Viewer,
  deps: DetailDeps,
): Promise<CaseDetail> => {
  if (!maySee(c, viewer)) throw new AppError('forbidden');
  const actors = actorsOf(c, viewer);
  const staff = actors.some((a) => ['holder', 'chief', 'leader', 'desk'].includes(a));
  const url = (id: string): string => deps.files.addressOf(id, viewer.personId);
  return {
    card: presentCase(c, await deps.cases.presentation(c, viewer)),
    text: c.text,
    reasons: staff
      ? c.reasons.map((r) => ({ ...r, label: reasonLabels[r.kind] }))
      : [{ kind: 'whose', label: '为什么是他', text: c.sentence, evidence: '' }],
    timeline: c.timeline.map((t) => ({
      at: t.at.toISOString(),
      action: t.action,
      who: c.confidential && t.byId === c.reporterId ? '反映人' : t.by,
      text: t.text,
      photos: t.photos.map(url),
    })),
    candidates: await candidatesFor(c, actors, deps),
    event: await deps.events.eventOf(c, viewer),
    householdConversationId:
      c.conversationId &&
      (actors.includes('chief') || actors.includes('reporter') || actors.includes('household'))
        ? c.conversationId
        : undefined,
    caseConversationId: staff ? ConversationService.caseThread(c._id) : undefined,
  };
};

/** Whom the duty desk or the leader may give it to: next in line first. */
const candidatesFor = async (
  c: CaseDoc,
  actors: readonly string[],
  { directory, workloads }: DetailDeps,
): Promise<CaseDetail['candidates']> => {
  if (!actors.some((a) => ['desk', 'leader', 'chief', 'holder'].includes(a))) return [];
  const ids = c.chain
    .filter((id) => id !== c.holder.personId && !c.against.includes(id))
    .slice(0, 8);
  const [people, loads] = await Promise.all([directory.people(ids), workloads.of(ids)]);
  const found: CaseDetail['candidates'] = [];
  for (const id of ids) {
    const person = people.get(id);
    if (!person) continue;
    const tile = directory.tile(person, await directory.titleOf(person), false);
    found.push({ ...tile, why: `手里 ${loads.get(id) ?? 0} 件` });
  }
  return found;
};
