import type { RoutingDecision } from '../routing/types';
import type { Article, Slot, Understander } from '../understanding/types';
import type { CaseDraft } from '../modules/case/build';
import { CaseService } from '../modules/case/service';
import type { CaseDoc, CaseModels } from '../modules/case/model';
import { noteInTx, type CaseNote } from '../modules/case/notes';
import type { ConversationService } from '../modules/conversation/service';
import type { Draft, ThreadTx } from '../modules/conversation/thread';
import type { MessageDoc } from '../modules/conversation/model';
import type { DirectoryService } from '../modules/directory/service';
import type { HelpService } from '../modules/help/service';
import type { Clock } from '../kernel/clock';
import { KeyedMutex } from '../kernel/mutex';
import type { Consult } from '../secondOpinion/consult';
import { bundleRef } from '../modules/service/service';
import { botSender } from '../modules/conversation/bot';
import { answerCard } from './answerCard';
import { situationOf, wordsOf, type Situation } from './context';
import { draftOf, ownWords } from './drafts';
import { placeSaid } from './places';
import { planFor, type Act } from './plan';
import * as words from './words';

export interface OutcomeDeps {
  conversations: ConversationService;
  directory: DirectoryService;
  cases: CaseService;
  caseModels: CaseModels;
  help: HelpService;
  understander: Understander;
  consult: Consult;
  articles: Map<string, Article>;
  clock: Clock;
}

interface Opening {
  id: string;
  draft: CaseDraft;
  decision: RoutingDecision;
}

/** Carries out what the assistant decided: everything a message leads to is one transaction. */
export class Outcomes {
  private readonly turns = new KeyedMutex();

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
    await this.inTurn([...drafts.values()], async () => {
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

  /**
   * Matters of one township go to the same few people: they are routed and stored one after the
   * other, so that each choice sees the load the one before it left behind. Side by side most of
   * them would only abort each other and begin again. Saves this node from itself, like the
   * thread's mutex; between nodes the check of the load decides.
   */
  private inTurn<T>(drafts: readonly CaseDraft[], work: () => Promise<T>): Promise<T> {
    // An emergency waits for nobody.
    const townships = drafts
      .filter((d) => !d.emergency)
      .map((d) => d.areaPath.split('/').slice(0, 3).join('/'));
    // In one order for everybody, so that two never wait for each other.
    return [...new Set(townships)]
      .sort()
      .reduceRight<() => Promise<T>>((inner, key) => () => this.turns.run(key, inner), work)();
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
        await this.quote(act.articleId, s, tx);
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
    // In an emergency the instructions are the first thing on the screen.
    if (act.matter.care && !doc.emergency) {
      await this.say(tx, s, words.caredFor(act.matter.care));
    } else if (!doc.emergency) {
      const text = words.received(act.matter, s.loosePhotos.length > 0, decision.undecided);
      await this.say(tx, s, { text });
    }
    await CaseService.sayCard(tx, doc, doc.emergency ? '[紧急]' : `[${doc.title}]`);
    const slot = doc.asking[0];
    if (slot) await this.say(tx, s, words.askSlot(slot));
  }

  private async quote(articleId: string, s: Situation, tx: ThreadTx): Promise<void> {
    const article = this.deps.articles.get(articleId);
    if (!article) return;
    const card = answerCard(article, s.message._id);
    await tx.say({
      from: botSender,
      kind: 'card',
      text: article.title,
      card: { type: 'answer', id: card.id },
      staticCard: card,
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

/** Several matters of one message may go to one person: each expects the load the one before made. */
const countClaim = (o: Opening, claimed: Map<string, number>): Opening => {
  const { assignee } = o.decision;
  const before = claimed.get(assignee.personId) ?? 0;
  claimed.set(assignee.personId, before + 1);
  const load = assignee.load + before;
  return { ...o, decision: { ...o.decision, assignee: { ...assignee, load } } };
};

const caseOf = (s: Situation, id: string): CaseDoc => {
  const found = s.openCases.find((c) => c._id === id);
  if (!found) throw new Error('plan names a case that is not open');
  return found;
};
