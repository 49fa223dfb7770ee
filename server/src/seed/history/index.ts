import type { Connection } from 'mongoose';
import { concernWorkflow } from '@alley-chief/shared/domain';
import type { Clock } from '../../kernel/clock';
import { local } from '../../kernel/localTime';
import type { Modules } from '../../modules';
import { buildCase, type CaseDraft } from '../../modules/case/build';
import type { CaseDoc, TimelineDoc } from '../../modules/case/model';
import { botSender } from '../../modules/conversation/bot';
import type { MessageDoc } from '../../modules/conversation/model';
import { ConversationService } from '../../modules/conversation/service';
import type { HouseholdDoc, PersonDoc } from '../../modules/directory/model';
import { remembered, type Remembered } from './matters';

/** Doors the visitor walks through himself stay as they are: nothing was said there yet. */
const untouched = new Set(['lg03-hs-7', 'lg03-hs-3']);

/** What a chief says when a family's matter has found its way. */
const chiefSays = ['知道了，我盯着呢。', '我去看过了，师傅就来。', '好，弄完我再去您家看看。'];

/**
 * Gives the demo town a past: matters of the last fortnight, understood and routed by the very code
 * that will do it from now on, then written with the times at which they would have happened.
 */
export const seedHistory = async (
  db: Connection,
  modules: Modules,
  clock: Clock,
): Promise<void> => {
  const marks = db.db!.collection<{ _id: string }>('seeds');
  if (await marks.findOne({ _id: 'history' })) return;
  const { directory, caseModels, conversationModels } = modules;
  const homes = (await directory.householdsIn('/')).filter((h) => !untouched.has(h._id));
  const families = await directory.families();
  const perDay = new Map<string, number>();
  for (const [i, matter] of remembered.entries()) {
    // Spread over the town, with a few doors of the visitor's own alley among them.
    // Not the chief's: she does not wait for herself.
    const own = homes.filter((h) => h.alleyId === 'lg03-hs' && h._id !== 'lg03-hs-1');
    const home = i % 4 === 0 ? own[(i / 4) % own.length] : homes[(i * 37 + 11) % homes.length];
    const reporter = home && families.get(home._id)?.find((p) => p.relation === '户主');
    if (!home || !reporter) continue;
    const at = local(clock.now())
      .subtract(matter.daysAgo, 'day')
      .hour(matter.hour)
      .minute((i * 7) % 60)
      .second(0);
    const day = at.format('YYMMDD');
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
    const id = `XC-${day}-${String(perDay.get(day)).padStart(4, '0')}`;
    const doc = await pastCase(id, matter, at.toDate(), home, reporter, modules);
    const thread = ConversationService.householdThread(home._id);
    const chief = await directory.chiefOf(home.areaPath);
    const messages = pastThread(doc, matter, thread, reporter, chief);
    const words = messages.findLast((m) => m.from.kind === 'person');
    // Each is named by its case, so that an interrupted seeding only repeats itself.
    await caseModels.cases.replaceOne({ _id: id }, doc, { upsert: true });
    // The head before the messages: what follows the stream finds nothing left to change.
    const waits = words?.from.id === reporter._id && chief?._id !== reporter._id;
    await conversationModels.conversations.updateOne(
      { _id: thread },
      {
        ...(waits ? {} : { $unset: { waitingSince: 1 } }),
        $set: {
          lastSeq: messages.length,
          lastText: words?.text ?? matter.text,
          lastAt: words?.at ?? doc.openedAt,
          lastFromId: words?.from.id ?? reporter._id,
          ...(waits ? { waitingSince: doc.openedAt } : {}),
          reads: {
            [reporter._id]: messages.length,
            ...(chief ? { [chief._id]: messages.length } : {}),
          },
        },
      },
    );
    for (const m of messages) {
      await conversationModels.messages.replaceOne({ conversationId: thread, seq: m.seq }, m, {
        upsert: true,
      });
    }
  }
  await countLoads(modules);
  await marks.updateOne({ _id: 'history' }, { $set: { at: clock.now() } }, { upsert: true });
};

const pastCase = async (
  id: string,
  matter: Remembered,
  at: Date,
  home: HouseholdDoc,
  reporter: PersonDoc,
  { understander, caseRouter }: Modules,
): Promise<CaseDoc> => {
  const [m] = understander.understand({
    text: matter.text,
    hasPhoto: false,
    hasVoice: false,
    hasLocation: false,
    openCases: [],
    reporter: { elder: false },
    now: at,
  }).matters;
  const draft: CaseDraft = {
    openKey: `history:${id}`,
    title: m?.title ?? matter.text.slice(0, 14),
    text: matter.text,
    category: m?.category ?? 'other.unclear',
    // What was unsure then has been decided by somebody since.
    categoryConfidence: Math.max(0.85, m?.categoryConfidence ?? 0),
    alternatives: m?.alternatives ?? [],
    evidence: m?.evidence.map((e) => e.text) ?? [],
    areaPath: home.areaPath,
    placeSource: 'home',
    placeText: home.plate,
    plateText: home.plate,
    reporterId: reporter._id,
    reporterName: reporter.name,
    householdId: home._id,
    conversationId: ConversationService.householdThread(home._id),
    against: [],
    confidential: false,
    emergency: false,
    urgent: false,
    excluded: [],
    photos: [],
    asking: [],
  };
  const doc = buildCase(id, draft, await caseRouter.decide(draft), at);
  return movedOn(doc, matter);
};

/** The case as far as it has come, with the lines of its history. */
const movedOn = (c: CaseDoc, matter: Remembered): CaseDoc => {
  const after = (hours: number): Date => new Date(c.openedAt.getTime() + hours * 3_600_000);
  const line = (at: Date, action: string, by: string, text: string): TimelineDoc => ({
    at,
    action,
    by,
    text,
    photos: [],
  });
  const held = line(after(0.4), 'acknowledge', c.holder.name, '接单');
  const step = (
    state: CaseDoc['state'],
    at: Date,
    lines: TimelineDoc[],
    more: Partial<CaseDoc> = {},
  ): CaseDoc => ({
    ...c,
    ...more,
    state,
    rev: c.rev + lines.length,
    updatedAt: at,
    timeline: [...c.timeline, ...lines],
  });
  if (matter.howFar === 'assigned') return { ...c, dueAt: after(c.limitHours + 24) };
  if (matter.howFar === 'handling')
    return step('handling', held.at, [held], { dueAt: after(c.limitHours + 12) });
  if (matter.howFar === 'late') return step('handling', held.at, [held], { dueAt: after(30) });
  const resolvedAt = after(Math.min(20, c.limitHours * 0.7));
  const ended = line(resolvedAt, 'resolve', c.holder.name, `办结：${matter.result ?? ''}`);
  const result = { resolvedAt, resultText: matter.result };
  if (matter.howFar === 'resolved') return step('resolved', resolvedAt, [held, ended], result);
  const ratedAt = new Date(resolvedAt.getTime() + 2 * 3_600_000);
  return step('rated', ratedAt, [held, ended, line(ratedAt, 'rate', c.reporterName, '评价')], {
    ...result,
    closedAt: ratedAt,
    rating: { stars: matter.stars ?? 5, tags: [] },
  });
};

const pastThread = (
  c: CaseDoc,
  matter: Remembered,
  conversationId: string,
  reporter: PersonDoc,
  chief: PersonDoc | undefined,
): MessageDoc[] => {
  const bot = { from: botSender, conversationId };
  const about = [{ type: 'case', id: c._id }];
  const lines: MessageDoc[] = [
    {
      _id: `${c._id}-1`,
      conversationId,
      seq: 1,
      from: {
        kind: 'person',
        id: reporter._id,
        name: reporter.name,
        surname: reporter.surname,
        title: '',
        tone: 'household',
      },
      kind: 'text',
      text: matter.text,
      at: c.openedAt,
      assistant: { state: 'done', attempts: 1 },
    },
    {
      ...bot,
      _id: `${c._id}-2`,
      seq: 2,
      kind: 'text',
      text: '收到。管这事的人找到了。',
      at: c.openedAt,
    },
    {
      ...bot,
      _id: `${c._id}-3`,
      seq: 3,
      kind: 'card',
      text: `[${c.title}]`,
      card: about[0],
      at: c.openedAt,
    },
  ];
  // Only what came last night still waits for its chief.
  if (chief && chief._id !== reporter._id && matter.howFar !== 'assigned') {
    lines.push({
      _id: `${c._id}-4`,
      conversationId,
      seq: 4,
      from: {
        kind: 'person',
        id: chief._id,
        name: chief.name,
        surname: chief.surname,
        title: '胡同长',
        tone: 'chief',
      },
      kind: 'text',
      text: chiefSays[matter.daysAgo % chiefSays.length],
      at: new Date(c.openedAt.getTime() + 15 * 60_000),
    });
  }
  const moved = c.timeline.filter((t) => t.action in concernWorkflow.steps);
  return [
    ...lines,
    ...moved.map((t, i): MessageDoc => ({
      ...bot,
      _id: `${c._id}-${lines.length + i + 1}`,
      seq: lines.length + i + 1,
      kind: 'notice',
      text:
        t.action === 'acknowledge'
          ? `${t.by}接了`
          : t.action === 'resolve'
            ? `${t.by}说办好了，您看行不行？`
            : `您打了${c.rating?.stars ?? 5}星，谢谢`,
      about,
      at: t.at,
    })),
  ];
};

/** Loads are what the open cases say, written once they are all there. */
const countLoads = async ({ caseModels }: Modules): Promise<void> => {
  const open = await caseModels.cases.find({ state: { $in: ['assigned', 'handling'] } }).lean();
  const loads = new Map<string, number>();
  for (const c of open) loads.set(c.holder.personId, (loads.get(c.holder.personId) ?? 0) + 1);
  for (const [_id, n] of loads) {
    await caseModels.workloads.updateOne({ _id }, { $set: { open: n } }, { upsert: true });
  }
};
