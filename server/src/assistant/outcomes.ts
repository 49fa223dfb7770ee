import type { Article, Slot, Understander } from '../understanding/types';
import type { CaseDraft } from '../modules/case/build';
import { CaseService } from '../modules/case/service';
import type { CaseDoc, CaseModels } from '../modules/case/model';
import { noteInTx, type CaseNote } from '../modules/case/notes';
import type { ConversationService } from '../modules/conversation/service';
import type { Draft, ThreadTx } from '../modules/conversation/thread';
import type { MessageDoc } from '../modules/conversation/model';
import type { DirectoryService } from '../modules/directory/service';
import type { QuestionService } from '../modules/article/questions';
import type { HelpService } from '../modules/help/service';
import type { Clock } from '../kernel/clock';
import type { Consult } from '../secondOpinion/consult';
import { bundleRef } from '../modules/service/service';
import { botSender } from '../modules/conversation/bot';
import { answerCard } from '../modules/article/answerCard';
import { situationOf, wordsOf, type Situation } from './context';
import { draftOf, ownWords } from './drafts';
import { countClaim, sameMatter, Turns, type Opening } from './openings';
import { placeSaid } from './places';
import { planFor, type Act } from './plan';
import { noteUnanswered } from './unanswered';
import * as words from './words';

export interface OutcomeDeps {
  conversations: ConversationService;
  directory: DirectoryService;
  cases: CaseService;
  caseModels: CaseModels;
  help: HelpService;
  questions: QuestionService;
  understander: Understander & { article(id: string): Article | undefined };
  consult: Consult;
  clock: Clock;
}

/** Carries out what the assistant decided: everything a message leads to is one transaction. */
export class Outcomes {
  private readonly turns = new Turns();

  constructor(private readonly deps: OutcomeDeps) {}

  /**
   * @param strict insist that loads are what routing saw
   * @throws LoadMoved, CaseMoved: try again
   */
  async carryOut(message: MessageDoc, strict: boolean): Promise<void> {
    const s = await situationOf(message, this.deps);
    const acts = planFor({
      understanding: s.understanding,
      kind: message.kind as 'text' | 'image' | 'voice' | 'location',
      hasWords: wordsOf(message).trim() !== '',
      text: wordsOf(message),
      openCases: s.openCases,
      pending: s.pending,
      askedBefore: s.askedBefore,
      now: s.now,
    });
    const drafts = new Map<Act, CaseDraft>();
    for (const [i, act] of acts.entries()) {
      if (act.do === 'open') drafts.set(act, await draftOf(act.matter, i, s, this.deps.directory));
    }
    for (const [act, draft] of drafts) {
      const again = sameMatter(draft, s);
      if (!again) continue;
      drafts.delete(act);
      acts[acts.indexOf(act)] = { do: 'again', caseId: again._id };
    }
    await this.turns.take([...drafts.values()], async () => {
      // Routing reads the directory: it is done before the transaction, which then only writes.
      const openings = new Map<Act, Opening>();
      for (const [act, draft] of drafts) {
        openings.set(act, { draft, ...(await this.deps.cases.prepare(draft)) });
      }
      await this.deps.conversations.transact(message.conversationId, async (tx) => {
        if (!(await this.deps.conversations.settle(tx, message._id))) return;
        const claimed = new Map<string, number>();
        for (const act of acts) {
          const opening = openings.get(act);
          await this.perform(act, s, tx, opening && countClaim(opening, claimed), strict);
        }
      });
    });
  }

  private async perform(
    act: Act,
    s: Situation,
    tx: ThreadTx,
    opening: Opening | undefined,
    strict: boolean,
  ): Promise<void> {
    switch (act.do) {
      case 'open':
        if (opening) await this.open(opening, act, s, tx, strict);
        return;
      case 'help':
        await this.deps.help.openInTx(tx, {
          elder: s.reporter,
          askedBy: s.reporter,
          household: s.household,
          text: ownWords(act.matter, s),
          title: act.matter.title,
          when: act.matter.entities.times[0]?.text,
          key: s.message._id,
        });
        return;
      case 'service':
        await this.say(tx, s, { text: '听明白了，这件事能一起办。要带的东西我给您列好了。' });
        await tx.say({
          from: botSender,
          kind: 'card',
          text: '[办事清单]',
          card: bundleRef(act.serviceId, s.household._id),
        });
        return;
      case 'article':
        await this.quote(act, s, tx);
        return;
      case 'status':
        await this.status(act.caseId, s, tx);
        return;
      case 'answer':
        await this.answer(act, s, tx);
        return;
      case 'skip':
        await this.skip(act, s, tx);
        return;
      case 'again':
        await this.note(tx, s, act.caseId, '住户又说了一遍');
        await this.say(tx, s, words.again(caseOf(s, act.caseId), s.now), act.caseId);
        return;
      case 'attach':
        await this.attach(act.caseId, s, tx);
        return;
      case 'askWithdraw':
        await this.say(tx, s, words.withdrawAsk(caseOf(s, act.caseId)));
        return;
      case 'falseAlarm':
        await this.note(tx, s, act.caseId, '住户说是误会');
        await this.say(tx, s, words.falseAlarm(caseOf(s, act.caseId)), act.caseId);
        return;
      case 'greet':
        await this.say(tx, s, words.greeting(s.reporter.callName));
        return;
      case 'thank':
        await this.say(tx, s, words.thanks());
        return;
      case 'callPerson':
        await this.say(tx, s, words.callingPerson(this.chiefOf(s)));
        return;
      case 'passToChief':
        await this.say(tx, s, words.passedToChief(s.chief?.callName, s.message.kind));
        return;
      case 'askWhat':
        await this.say(tx, s, words.askWhat(s.message.kind as 'text', s.understanding.matters[0]));
    }
  }

  private chiefOf(s: Situation): { callName: string; phone?: string } | undefined {
    return s.chief && { callName: s.chief.callName, phone: this.deps.directory.phoneOf(s.chief) };
  }

  /** Says something as 小同; what answers a private word stays as private as the word. */
  private async say(
    tx: ThreadTx,
    s: Situation,
    saying: words.Saying,
    caseId?: string,
  ): Promise<void> {
    const draft: Draft = {
      from: botSender,
      kind: 'text',
      text: saying.text,
      chips: saying.chips,
      visibleTo: s.message.visibleTo,
      about: caseId ? [CaseService.refOf(caseOf(s, caseId))] : undefined,
    };
    await tx.say(draft);
  }

  private async open(
    { id, draft, decision }: Opening,
    act: Act & { do: 'open' },
    s: Situation,
    tx: ThreadTx,
    strict: boolean,
  ): Promise<void> {
    const doc = await this.deps.cases.openInTx(tx, id, draft, decision, strict);
    await noteUnanswered(this.deps.questions, act.matter, s, tx);
    // In an emergency the instructions are the first thing on the screen.
    if (act.matter.care && !doc.emergency) {
      await this.say(tx, s, words.caredFor(act.matter.care));
    } else if (!doc.emergency) {
      const joined = doc.state === 'joined' && (await this.deps.cases.eventOf(tx.session, doc));
      const text = joined
        ? words.joined(doc, joined.others, joined.reasons)
        : words.received(act.matter, s.loosePhotos.length > 0, decision.undecided);
      await this.say(tx, s, { text });
    }
    await CaseService.sayCard(tx, doc, doc.emergency ? '[紧急]' : `[${doc.title}]`);
    const slot = doc.asking[0];
    if (slot) await this.say(tx, s, words.askSlot(slot));
    if (doc.state === 'joined') await this.say(tx, s, words.askSame(doc));
  }

  private async quote(act: Act & { do: 'article' }, s: Situation, tx: ThreadTx): Promise<void> {
    const article = this.deps.understander.article(act.articleId);
    if (!article) return;
    const card = answerCard(article, act.matter.passage ?? '', s.message._id);
    await tx.say({
      from: botSender,
      kind: 'card',
      text: article.title,
      card: { type: 'answer', id: card.id },
      staticCard: card,
      visibleTo: s.message.visibleTo,
      chips: [
        { label: '明白了', text: '明白了，谢谢' },
        { label: '还是想问人', text: '找胡同长问问' },
      ],
    });
  }

  private async status(caseId: string, s: Situation, tx: ThreadTx): Promise<void> {
    const c = caseOf(s, caseId);
    await this.note(tx, s, caseId, '住户来问');
    await this.say(tx, s, words.statusOf(c, s.now), caseId);
  }

  private async answer(
    act: { caseId: string; slot?: Slot },
    s: Situation,
    tx: ThreadTx,
  ): Promise<void> {
    const c = caseOf(s, act.caseId);
    const left = act.slot ? c.asking.slice(1) : c.asking;
    await this.note(tx, s, act.caseId, act.slot ? '住户补充' : '住户回话', {
      asking: left,
      ...(act.slot === 'place' ? await placeSaid(s, this.deps.directory) : {}),
    });
    await this.say(tx, s, { text: words.answered(left.length > 0) }, act.caseId);
    if (act.slot && left[0]) await this.say(tx, s, words.askSlot(left[0]));
  }

  private async skip(
    act: { caseId: string; slot: Slot },
    s: Situation,
    tx: ThreadTx,
  ): Promise<void> {
    const left = caseOf(s, act.caseId).asking.slice(1);
    await this.note(tx, s, act.caseId, '没补', { asking: left });
    if (left[0]) await this.say(tx, s, words.askSlot(left[0]));
    else await this.say(tx, s, words.skipped());
  }

  private async attach(caseId: string, s: Situation, tx: ThreadTx): Promise<void> {
    const c = caseOf(s, caseId);
    await this.note(tx, s, caseId, '住户补充');
    await tx.say({
      from: botSender,
      kind: 'notice',
      text: words.attached(c),
      about: [CaseService.refOf(c)],
      visibleTo: s.message.visibleTo,
    });
  }

  private async note(
    tx: ThreadTx,
    s: Situation,
    caseId: string,
    what: string,
    extra: Pick<CaseNote, 'asking' | 'placeText' | 'plateText'> = {},
  ): Promise<void> {
    const photo = s.message.kind === 'image' && s.message.fileId ? [s.message.fileId] : [];
    await noteInTx(
      this.deps.caseModels,
      tx,
      caseOf(s, caseId),
      {
        by: { id: s.reporter._id, name: s.reporter.name },
        what,
        text: wordsOf(s.message) || s.message.location?.name || (photo.length ? '照片' : '语音'),
        photos: photo,
        point: s.message.location,
        ...extra,
      },
      s.now,
    );
  }
}

const caseOf = (s: Situation, id: string): CaseDoc => {
  const found = s.openCases.find((c) => c._id === id);
  if (!found) throw new Error('plan names a case that is not open');
  return found;
};
