import type { CaseDoc } from '../modules/case/model';
import type { CaseService } from '../modules/case/service';
import type { ConversationDoc, MessageDoc } from '../modules/conversation/model';
import type { ConversationService } from '../modules/conversation/service';
import type { HouseholdDoc, PersonDoc } from '../modules/directory/model';
import type { DirectoryService } from '../modules/directory/service';
import { local } from '../kernel/localTime';
import type { Clock } from '../kernel/clock';
import type { Consult } from '../secondOpinion/consult';
import type { Slot, Understander, Understanding } from '../understanding/types';

/** A question of 小同 waits this long for its answer. */
const pendingMinutes = 30;

/** Everything known when a resident has said something. */
export interface Situation {
  message: MessageDoc;
  conversation: ConversationDoc;
  household: HouseholdDoc;
  reporter: PersonDoc;
  chief?: PersonDoc;
  openCases: CaseDoc[];
  pending?: { slot: Slot; caseId: string };
  /** Own pictures of the last minutes that hang in no case yet. */
  loosePhotos: string[];
  /** 小同's last words asked what it was about. */
  askedBefore: boolean;
  understanding: Understanding;
  elder: boolean;
  now: Date;
}

export interface ContextDeps {
  conversations: ConversationService;
  directory: DirectoryService;
  cases: CaseService;
  understander: Understander;
  consult: Consult;
  clock: Clock;
}

export const wordsOf = (m: MessageDoc): string =>
  m.kind === 'text' || m.kind === 'voice' || m.kind === 'image' ? (m.text ?? '') : '';

/** Reads what the understanding needs and asks it. */
export const situationOf = async (message: MessageDoc, deps: ContextDeps): Promise<Situation> => {
  const { conversations, directory, cases, clock } = deps;
  const now = clock.now();
  const conversation = await conversations.head(message.conversationId);
  const personId = message.from.id ?? '';
  const [household, reporter, openCases, before] = await Promise.all([
    directory.household(conversation.householdId ?? ''),
    directory.person(personId),
    cases.openOf(conversation.householdId ?? '', personId),
    conversations.before(message.conversationId, message.seq, 12),
  ]);
  const chief = await directory.chiefOf(household.areaPath);
  const age = local(now).year() - reporter.birthYear;
  const asking = openCases.find(
    (c) => c.asking.length > 0 && now.getTime() - c.updatedAt.getTime() < pendingMinutes * 60_000,
  );
  const pending = asking?.asking[0] ? { slot: asking.asking[0], caseId: asking._id } : undefined;
  const taken = new Set(openCases.flatMap((c) => c.photos));
  const loosePhotos = [...before, message]
    .filter((m) => m.kind === 'image' && m.from.id === personId && m.fileId)
    .filter((m) => now.getTime() - m.at.getTime() < 10 * 60_000 && !taken.has(m.fileId!))
    .map((m) => m.fileId!);
  const lastBot = before.findLast((m) => m.from.kind === 'bot' && m.kind === 'text');
  return {
    message,
    conversation,
    household,
    reporter,
    chief,
    openCases,
    pending,
    loosePhotos,
    askedBefore: Boolean(lastBot?.text?.includes('没听准') && lastBot.seq >= message.seq - 2),
    elder: reporter.elderMode || age >= 65,
    now,
    understanding: await deps.consult(
      deps.understander.understand({
        text: wordsOf(message),
        hasPhoto: message.kind === 'image' || loosePhotos.length > 0,
        hasVoice: message.kind === 'voice',
        hasLocation: message.kind === 'location',
        openCases: openCases.map((c) => ({
          id: c._id,
          title: c.title,
          text: c.text,
          category: c.category,
          openedAt: c.openedAt,
        })),
        pending,
        reporter: { age, elder: reporter.elderMode || age >= 65, areaPath: household.areaPath },
        now,
      }),
    ),
  };
};
