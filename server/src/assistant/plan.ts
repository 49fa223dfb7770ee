import type { Matter, Slot, Understanding } from '../understanding/types';
import { decideThreshold } from '../routing/types';
import type { CaseDoc } from '../modules/case/model';

/** One thing the assistant does about a message. */
export type Act =
  | { do: 'open'; matter: Matter }
  | { do: 'help'; matter: Matter }
  | { do: 'service'; matter: Matter; serviceId: string }
  | { do: 'article'; matter: Matter; articleId: string }
  | { do: 'status'; matter: Matter; caseId: string }
  | { do: 'answer'; caseId: string; slot?: Slot }
  | { do: 'skip'; caseId: string; slot: Slot }
  | { do: 'attach'; caseId: string }
  | { do: 'again'; caseId: string }
  | { do: 'askWithdraw'; caseId: string }
  | { do: 'falseAlarm'; caseId: string }
  | { do: 'greet' }
  | { do: 'thank' }
  | { do: 'callPerson' }
  | { do: 'askWhat' }
  | { do: 'passToChief' };

export interface PlanContext {
  understanding: Understanding;
  kind: 'text' | 'image' | 'voice' | 'location';
  hasWords: boolean;
  text: string;
  /** Open cases of the household this person may know of, newest first. */
  openCases: CaseDoc[];
  pending?: { slot: Slot; caseId: string };
  /** 小同 asked "what is it" with its last words and got no further. */
  askedBefore: boolean;
  now: Date;
}

/** A picture or place sent within this time after opening belongs to that case. */
const attachMinutes = 10;

const skipWords = ['跳过', '不知道', '不用问了', '没有照片', '拍不了', '再说吧'];

const recent = (c: CaseDoc, now: Date): boolean =>
  now.getTime() - c.updatedAt.getTime() < attachMinutes * 60_000;

/** Turns an understanding into acts. Pure: the same message in the same situation, the same acts. */
export const planFor = (ctx: PlanContext): Act[] => {
  const waiting = ctx.openCases.find((c) => c.state === 'waitingReporter');
  if (!ctx.hasWords) return [planWordless(ctx, waiting)];
  const first = ctx.understanding.matters[0];
  if (ctx.pending && skipWords.includes(ctx.text.trim())) {
    return [{ do: 'skip', ...ctx.pending }];
  }
  const acts = ctx.understanding.matters.map((m) => planMatter(m, ctx, waiting));
  // A greeting beside a real matter needs no answer of its own.
  const real = acts.filter((a) => a.do !== 'greet' && a.do !== 'thank' && a.do !== 'askWhat');
  return real.length ? real : first ? acts.slice(0, 1) : [{ do: 'askWhat' }];
};

const planWordless = (ctx: PlanContext, waiting: CaseDoc | undefined): Act => {
  if (waiting) return { do: 'answer', caseId: waiting._id };
  if (ctx.pending) return { do: 'answer', ...ctx.pending };
  const last = ctx.openCases[0];
  if (ctx.kind !== 'voice' && last && recent(last, ctx.now))
    return { do: 'attach', caseId: last._id };
  return ctx.kind === 'voice' ? { do: 'passToChief' } : { do: 'askWhat' };
};

/**
 * Somebody asked back and waits: what is no matter of its own for sure is the answer. 下午四点以后都有人
 * sounds like half a dozen things a little, and like nothing else much.
 */
const isReply = (m: Matter): boolean =>
  (m.intent === 'concern' || m.intent === 'suggestion' || m.intent === 'unclear') &&
  !m.care &&
  !m.trouble &&
  m.categoryConfidence < decideThreshold;

const planMatter = (m: Matter, ctx: PlanContext, waiting: CaseDoc | undefined): Act => {
  const knows = (id: string | undefined): id is string =>
    id !== undefined && ctx.openCases.some((c) => c._id === id);
  if (waiting && isReply(m)) return { do: 'answer', caseId: waiting._id };
  switch (m.intent) {
    case 'emergency':
    case 'concern':
    case 'dispute':
    case 'suggestion':
    case 'staffComplaint':
      return { do: 'open', matter: m };
    case 'elderHelp':
      return { do: 'help', matter: m };
    case 'service': {
      const best = m.services[0];
      return best
        ? { do: 'service', matter: m, serviceId: best.serviceId }
        : { do: 'open', matter: m };
    }
    case 'question': {
      const article = m.articleIds[0];
      if (article) return { do: 'article', matter: m, articleId: article };
      // Not sure of an answer: a person gets the question, with the limit of its category.
      return { do: 'open', matter: m };
    }
    case 'followUp': {
      const target = knows(m.caseId) ? m.caseId : ctx.openCases[0]?._id;
      return target ? { do: 'status', matter: m, caseId: target } : unclear(ctx);
    }
    case 'answer': {
      if (waiting) return { do: 'answer', caseId: waiting._id };
      const target = ctx.pending ?? (knows(m.caseId) ? { caseId: m.caseId } : undefined);
      return target ? { do: 'answer', ...target } : unclear(ctx);
    }
    case 'withdraw': {
      const target = ctx.openCases.find((c) => c._id === m.caseId) ?? ctx.openCases[0];
      if (!target) return { do: 'thank' };
      return target.emergency
        ? { do: 'falseAlarm', caseId: target._id }
        : { do: 'askWithdraw', caseId: target._id };
    }
    case 'greeting':
      return { do: 'greet' };
    case 'thanks':
      return { do: 'thank' };
    case 'person':
      return { do: 'callPerson' };
    case 'unclear':
      if (waiting) return { do: 'answer', caseId: waiting._id };
      if (ctx.pending) return { do: 'answer', ...ctx.pending };
      return unclear(ctx);
  }
};

/** First ask once; who still is not understood gets a person. */
const unclear = (ctx: PlanContext): Act =>
  ctx.askedBefore ? { do: 'passToChief' } : { do: 'askWhat' };
