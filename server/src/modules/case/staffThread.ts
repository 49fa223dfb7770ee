import type { ConversationView } from '@alley-chief/shared/contract';
import type { Viewer } from '../../http/viewer';
import { ConversationService } from '../conversation/service';
import type { CaseDoc } from './model';

/**
 * The thread of those who work on a case, made when somebody first wants to talk. Whoever opens it
 * joins; the household is not in it.
 */
export const openCaseThread = async (
  c: CaseDoc,
  viewer: Viewer,
  { conversations }: { conversations: ConversationService },
): Promise<ConversationView> => {
  const id = ConversationService.caseThread(c._id);
  const known = await conversations.byIds([id]);
  const members = new Set([
    ...(known[0]?.memberIds ?? c.watchers),
    c.holder.personId,
    viewer.personId,
  ]);
  for (const person of c.against) members.delete(person);
  await conversations.ensure({
    _id: id,
    kind: 'case',
    caseId: c._id,
    areaPath: c.areaPath,
    title: c.title,
    subtitle: c._id,
    plate: c.plateText,
    memberIds: [...members],
  });
  return conversations.get(id, viewer.personId);
};
