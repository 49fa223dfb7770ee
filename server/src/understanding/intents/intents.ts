import { groupOf, type CategoryCode } from '@alley-chief/shared/domain';
import type { Accusation } from './accused';
import type { Classification } from '../categories/classifier';
import { allClearChips, emergencyChips } from '../emergencies/guides';
import type { ArticleMatch } from '../retrieval/articles';
import { sure, type Match } from '../retrieval/match';
import type { Link } from './openCases';
import { takes, withoutCourtesies } from './turns';
import type { Entities, Intent, UnderstandingInput } from '../types';

/** Everything read from one part of a message before deciding what it wants. */
export interface Reading {
  text: string;
  plain: string;
  classification: Classification;
  services: Match[];
  articles: ArticleMatch[];
  entities: Entities;
  accusation?: Accusation;
  /** The open case the words refer to, if they refer to one. */
  link?: Link;
}

export interface Decision {
  intent: Intent;
  confidence: number;
  caseId?: string;
}

/** A word about a case just opened belongs to it, if it says nothing else. */
const justOpened = 30 * 60_000;
const chipWindow = 6 * 3_600_000;
/** Rules and entitlements: what people ask about rather than report. */
const policyGroups = new Set([
  'security',
  'health',
  'education',
  'housing',
  'farm',
  'labour',
  'other',
]);
const again = /还是|又|仍|依然|一直|那个|那盏|这个事|上次|上回|说的那|报的|还没|还不|还在/u;
const socialLimit = 30;
const shortCall = 10;

type Rule = (r: Reading, input: UnderstandingInput) => Decision | undefined;
const decided = (intent: Intent, confidence: number, caseId?: string): Decision => ({
  intent,
  confidence,
  ...(caseId ? { caseId } : {}),
});
const top = (r: Reading) => r.classification.guesses[0];
const isAbout = (r: Reading, group: string, least = 0.5) => {
  const best = top(r);
  return !!best && best.probability >= least && groupOf(best.label) === group;
};

/** Replies of the emergency card. */
const chip: Rule = (r, { openCases, now }) => {
  const newest = openCases[0];
  const said = r.text.replace(/[。!！]$/u, '').replace(/,/g, '，');
  if (!newest || !emergencyChips.has(said)) return undefined;
  if (now.getTime() - newest.openedAt.getTime() > chipWindow) return undefined;
  return allClearChips.has(said)
    ? decided('withdraw', 0.95, newest.id)
    : decided('followUp', 0.95, newest.id);
};

const withdraw: Rule = (r, { openCases, pending }) => {
  if (!takes('withdraw', r.plain)) return undefined;
  // 医保卡不用了咋停 is a question, not a withdrawal.
  if (takes('question', r.plain) || takes('broken', r.plain)) return undefined;
  if (!openCases.length && !pending) {
    return r.plain.length <= 12 && !top(r) ? decided('withdraw', 0.7) : undefined;
  }
  const caseId = r.link?.caseId ?? pending?.caseId;
  return caseId ? decided('withdraw', 0.9, caseId) : undefined;
};

/** 槐树胡同7号门口, 老槐树那根杆子: a place and hardly a word more. */
const saysOnlyWhere = (r: Reading): boolean => {
  if (takes('broken', r.plain) || takes('request', r.plain) || takes('question', r.plain)) {
    return false;
  }
  const rest = r.entities.places.reduce((text, p) => text.replace(p.text, ''), r.text);
  const left = withoutCourtesies(rest).length;
  return left <= (r.entities.places.length > 0 ? 3 : 8);
};

/** What was asked for has come, in whatever form the slot allows. */
const answer: Rule = (r, { pending, openCases, hasPhoto, hasLocation }) => {
  if (!pending) return undefined;
  const asked = openCases.find((c) => c.id === pending.caseId);
  const best = top(r);
  // Words are no picture: after that question they are sooner about something else.
  const evident = pending.slot === 'photo' ? 0.5 : 0.8;
  const other = !!best && best.probability >= evident && best.label !== asked?.category;
  const yes = decided('answer', 0.9, pending.caseId);
  if (pending.slot === 'what') {
    return withoutCourtesies(r.plain).length >= 2 ? yes : undefined;
  }
  if (pending.slot === 'photo' && (hasPhoto || /照片|拍|没法照|图/u.test(r.plain))) return yes;
  const nowhere = r.entities.places.length === 0 && !hasLocation;
  // 槐树胡同7号门口 says where and nothing else, whatever a model makes of it.
  if (pending.slot === 'place' && saysOnlyWhere(r)) return yes;
  if (other || takes('followUp', r.plain)) return undefined;
  if (pending.slot === 'place' && !nowhere) return yes;
  if (pending.slot === 'time' && r.entities.times.length > 0) return yes;
  const short = r.plain.length <= 20 && withoutCourtesies(r.plain).length >= 2;
  const elsewhere = takes('request', r.plain) || takes('question', r.plain);
  const trouble = takes('broken', r.plain) || takes('serviceTrouble', r.plain);
  const another = trouble && best?.label !== asked?.category;
  return short && !elsewhere && !another ? decided('answer', 0.65, pending.caseId) : undefined;
};

const followUp: Rule = (r, { openCases, now }) => {
  const { link } = r;
  const asks = takes('followUp', r.plain);
  const solved = takes('solved', r.plain) && !takes('question', r.plain);
  if (solved && link) {
    return takes('solvedSelf', r.plain) && /不用|自己|自个/u.test(r.plain)
      ? decided('withdraw', 0.8, link.caseId)
      : decided('followUp', 0.85, link.caseId);
  }
  if (asks && link) return decided('followUp', link.by === 'newest' ? 0.8 : 0.92, link.caseId);
  if (link && link.by !== 'newest' && again.test(r.plain)) {
    return decided('followUp', 0.8, link.caseId);
  }
  const best = top(r);
  if (asks && !openCases.length && (best?.probability ?? 0) < 0.3) return decided('followUp', 0.6);
  if (!link || best || r.services.some((s) => s.score >= sure)) return undefined;
  const newest = openCases.find((c) => c.id === link.caseId)!;
  const fresh = now.getTime() - newest.openedAt.getTime() <= justOpened;
  const bare = !takes('request', r.plain) && !takes('person', r.plain);
  const said = withoutCourtesies(r.plain).length >= 3;
  return fresh && bare && said && !takes('thanks', r.plain) && !takes('greeting', r.plain)
    ? decided('followUp', 0.6, link.caseId)
    : undefined;
};

const social: Rule = (r) => {
  const said = r.plain.replace(/[^\p{L}\p{N}]/gu, '');
  if (takes('greeting', said)) return decided('greeting', 0.95);
  if (!takes('thanks', r.plain) || r.plain.length > socialLimit) return undefined;
  const wantsMore =
    takes('request', r.plain) || takes('question', r.plain) || takes('conflict', r.plain);
  if (withoutCourtesies(r.plain).length <= 3) return decided('thanks', 0.95);
  return wantsMore || takes('broken', r.plain) ? undefined : decided('thanks', 0.8);
};

const staffComplaint: Rule = (r) => {
  const style = isAbout(r, 'style', 0.6);
  if (r.accusation?.weight === 'misconduct') return decided('staffComplaint', 0.92);
  if (!style && !(r.accusation && (top(r)?.probability ?? 0) < 0.75)) return undefined;
  const asksRule = takes('question', r.plain) && !r.accusation && /在哪|怎(查|看)/u.test(r.plain);
  return asksRule ? undefined : decided('staffComplaint', style ? 0.85 : 0.7);
};

const person: Rule = (r) => {
  // Whoever the directory knows by name is asked for like an office.
  const named = r.entities.people
    .filter((p) => p.personId)
    .reduce((text, p) => text.replace(p.text, '网格员'), r.plain);
  if (!takes('person', named) || takes('broken', r.plain)) return undefined;
  if (isAbout(r, 'elder') || isAbout(r, 'dispute')) return undefined;
  // 叫一下村医 names nothing but whom; longer sentences say what for.
  const bare = r.plain.length <= shortCall;
  return !bare && (top(r)?.probability ?? 0) >= 0.8 ? undefined : decided('person', 0.9);
};

const dispute: Rule = (r) => {
  const conflict = takes('conflict', r.plain);
  const asksRule =
    takes('howTo', r.plain) || (takes('question', r.plain) && (r.articles[0]?.score ?? 0) >= sure);
  if (isAbout(r, 'dispute') && !(asksRule && !conflict)) {
    return decided('dispute', conflict ? 0.92 : 0.8);
  }
  const withNeighbour = r.entities.people.some((p) => p.relation === 'neighbour');
  return conflict && withNeighbour && (top(r)?.probability ?? 0) < 0.8
    ? decided('dispute', 0.7)
    : undefined;
};

const elderHelp: Rule = (r, { reporter }) => {
  const canHelp = r.services.some((s) => s.score >= sure) || isAbout(r, 'elder', 0.4);
  const errand = canHelp || r.articles.some((a) => a.score >= sure);
  if (takes('noPhone', r.plain) && (errand || top(r))) return decided('elderHelp', 0.9);
  const broken = takes('serviceTrouble', r.plain) || isAbout(r, 'roads') || isAbout(r, 'utilities');
  if (broken || !takes('help', r.plain)) return undefined;
  const ruleAsked =
    takes('question', r.plain) && !/能不能|有没有|可不可以|谁能|[吗么不]$/u.test(r.plain);
  if (ruleAsked) return undefined;
  if (reporter.elder && errand) return decided('elderHelp', 0.85);
  return takes('elder', r.plain) && isAbout(r, 'elder', 0.4)
    ? decided('elderHelp', 0.88)
    : undefined;
};

const suggestion: Rule = (r) => {
  if (!takes('suggestion', r.plain)) return undefined;
  if (takes('broken', r.plain) && !/^建议|提个?(建议|意见)/u.test(r.plain)) return undefined;
  return decided('suggestion', /建议|意见/u.test(r.plain) ? 0.92 : 0.8);
};

/** A service to be done, or a rule to be told. */
const serviceOrQuestion: Rule = (r) => {
  const service = (r.services[0]?.score ?? 0) >= sure;
  const article = (r.articles[0]?.score ?? 0) >= sure;
  // 断了一年还能补不 asks for the rule, whatever went wrong before.
  const remedy = /(还能|能不能|能补|可以补|还可以).*[不吗么?？]$/u.test(r.plain);
  const trouble = takes('serviceTrouble', r.plain) && !remedy;
  const asks = takes('question', r.plain);
  const howTo = takes('howTo', r.plain);
  const broken = takes('broken', r.plain);
  if (service && !trouble) {
    const asksRule = asks && !howTo && article;
    if (howTo || (takes('request', r.plain) && !asksRule)) return decided('service', 0.9);
    // A bare name: 孩子转学, 身份证丢了.
    if (!asks && r.plain.length <= 8 && (r.services[0]?.score ?? 0) >= 0.6) {
      return decided('service', 0.8);
    }
  }
  const best = top(r);
  const policy = !!best && policyGroups.has(groupOf(best.label));
  if (asks && !trouble && (article || policy) && !(broken && !policy)) {
    return decided('question', article ? 0.92 : 0.75);
  }
  if (asks && !trouble && !broken && (!best || best.probability < 0.6)) {
    return service ? decided('service', 0.7) : decided('question', best ? 0.6 : 0.5);
  }
  if (!asks && article && policy && !trouble && !broken && r.plain.length <= 10)
    return decided('question', 0.7);
  return undefined;
};

const concern: Rule = (r) => {
  const best = top(r);
  if (best && best.probability >= 0.35) {
    const group = groupOf(best.label);
    // Nobody else may see a complaint about an official, or be sent to repair a quarrel.
    if (group === 'style') return decided('staffComplaint', 0.6);
    if (group === 'dispute') return decided('dispute', 0.6);
    return decided('concern', best.probability >= 0.8 ? 0.9 : 0.7);
  }
  return takes('broken', r.plain) ? decided('concern', 0.5) : undefined;
};

const rules: Rule[] = [
  chip,
  withdraw,
  answer,
  followUp,
  social,
  staffComplaint,
  person,
  dispute,
  elderHelp,
  suggestion,
  serviceOrQuestion,
  concern,
];

/** The first rule that recognises something decides; their order is part of the meaning. */
export const decideIntent = (r: Reading, input: UnderstandingInput): Decision => {
  for (const rule of rules) {
    const decision = rule(r, input);
    if (decision) return decision;
  }
  return decided('unclear', 0.5);
};

/** For intents that carry a category of their own making, and how sure that is. */
export const categoryFor = (
  intent: Intent,
  r: Reading,
  articleCategory: CategoryCode | undefined,
  intentConfidence: number,
): { category?: CategoryCode; confidence: number } => {
  const best = top(r);
  const guessed = { category: best?.label, confidence: best?.probability ?? 0 };
  const within = (group: string, fallback: CategoryCode) => {
    const fit = r.classification.guesses.find((g) => groupOf(g.label) === group);
    return {
      category: fit?.label ?? fallback,
      confidence: Math.max(fit?.probability ?? 0, Math.min(0.85, intentConfidence * 0.9)),
    };
  };
  switch (intent) {
    case 'concern':
    case 'answer':
      return best ? guessed : intent === 'answer' ? { confidence: 0 } : unclear;
    case 'dispute':
      return isAbout(r, 'dispute') ? guessed : within('dispute', 'dispute.neighbour');
    case 'elderHelp':
      return within('elder', 'elder.care');
    case 'staffComplaint':
      return within('style', 'style.staff');
    // What is wished for is answered, not repaired within the day.
    case 'suggestion':
      return { category: 'other.suggestion', confidence: intentConfidence };
    case 'question':
      if (best && best.probability >= 0.5) return guessed;
      return articleCategory
        ? { category: articleCategory, confidence: 0.75 }
        : best
          ? guessed
          : unclear;
    case 'unclear':
      return unclear;
    default:
      return { confidence: 0 };
  }
};
const unclear = {
  category: 'other.unclear' as const,
  confidence: 0.3,
};
