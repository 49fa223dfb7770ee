import { categories, type CategoryCode } from '@alley-chief/shared/domain';
import { careCategory, careOf } from './care/care';
import { createAccusationReader } from './intents/accused';
import { missingSlots } from './intents/asking';
import type { Spoken } from './categories/classifier';
import { emergencyCategory, type Alarm } from './emergencies/emergencies';
import { emergencyGuides } from './emergencies/guides';
import { createEntityReader } from './entities/entities';
import { linkToCase } from './intents/openCases';
import { categoryFor, decideIntent, type Reading } from './intents/intents';
import { createArticleSearch } from './retrieval/articles';
import { createMatcher, sure } from './retrieval/match';
import { createCanonical, tidy } from './language/normalise';
import { createSegmenter, type Segmenter } from './language/words';
import { splitMatters, type Segment, type Topic } from './messages/segments';
import { titleOf } from './messages/title';
import { takes } from './intents/turns';
import { rulesAlone, type Wits } from './wits';
import type { Care, Evidence, Knowledge, Matter, Understander, UnderstandingInput } from './types';

export type { CategoryClassifier, Classification } from './categories/classifier';
export { saysOnlyHome } from './entities/spots';
export { emergencyGuides, type EmergencyGuide } from './emergencies/guides';
export { modelsFromBytes, type UnderstandingModels } from './models';
export { createArticleSearch, type ArticleSearch } from './retrieval/articles';
export { sure } from './retrieval/match';
export { createMeaning } from './retrieval/synonyms';
export { createTokens } from './retrieval/tokens';
export { dayOf, validityOf } from './retrieval/validity';
export type * from './types';
export { rulesAlone, witsOf, type Wits } from './wits';

/** Articles worth quoting beside each other: no more than fit on one screen. */
const quoted = 2;
const urgencyRank = { emergency: 0, urgent: 1, normal: 2 } as const;

/**
 * Reads messages with hand-written rules and with what was learnt from examples. Built once from a city's names, services and articles;
 * deterministic, no I/O, a few milliseconds at most.
 * @param wits what decides; rules alone unless models are given
 * @param segmenter cuts words for the search of articles; one is enough for a whole server
 * @throws SpeechError when the city's words are not of equal length
 */
export const createUnderstander = (
  knowledge: Knowledge,
  { classifier, judge, alarms }: Wits = rulesAlone(),
  segmenter: Segmenter = createSegmenter(),
): Understander => {
  const canonical = createCanonical(knowledge.speech);
  const readEntities = createEntityReader(knowledge, canonical);
  const readAccusation = createAccusationReader(knowledge);
  const findServices = createMatcher(
    knowledge.services.map((s) => ({ id: s.serviceId, title: s.name, words: s.words })),
    canonical,
  );
  const findArticles = createArticleSearch(knowledge.articles, {
    cut: (text) => segmenter.cutForSearch(text),
    ...(knowledge.synonyms ? { synonyms: knowledge.synonyms } : {}),
  });
  const articleCategory = new Map(knowledge.articles.map((a) => [a.id, a.category]));

  const topicOf = (part: string): Topic | undefined => {
    if (alarms(part).length > 0) return { key: 'emergency', strength: 1 };
    const service = findServices(part)[0];
    const best = classifier.classify(part).guesses[0];
    if (service && service.score >= sure && takes('request', part)) {
      return { key: `service:${service.id}`, strength: 0.9 };
    }
    return best && best.probability >= 0.5
      ? { key: best.label, category: best.label, strength: best.probability }
      : undefined;
  };

  const read = (text: string, plain: string, input: UnderstandingInput): Reading => {
    const { now, reporter } = input;
    const { areaPath } = reporter;
    const entities = readEntities(text, plain, { now, ...(areaPath ? { areaPath } : {}) });
    const staff = entities.people.filter((p) => p.relation === 'staff');
    const accusation = readAccusation(text, plain, staff);
    const classification = classifier.classify(plain);
    const link = linkToCase(text, classification, input.openCases);
    return {
      text,
      plain,
      classification,
      services: findServices(plain),
      articles: findArticles(plain, { now, areaPath }),
      entities,
      ...(accusation ? { accusation } : {}),
      ...(link ? { link } : {}),
    };
  };

  const evidenceOf = (r: Reading, category: CategoryCode | undefined): Evidence[] =>
    category && category === r.classification.guesses[0]?.label
      ? outermost(r.classification.spoken).map((s) => ({
          text: r.text.slice(s.start, s.end),
          for: category,
        }))
      : [];

  const ordinary = (r: Reading, input: UnderstandingInput): Matter => {
    const { intent, confidence, caseId } = judge(r.plain, decideIntent(r, input), r.link?.caseId);
    const articles = r.articles.filter((a) => a.score >= sure).slice(0, quoted);
    const named = categoryFor(intent, r, articleCategory.get(articles[0]?.id ?? ''), confidence);
    const helped = intent === 'service' || intent === 'question' || intent === 'elderHelp';
    const urgent =
      (intent === 'concern' || intent === 'elderHelp' || intent === 'followUp') &&
      takes('urgent', r.plain);
    const accused = intent === 'staffComplaint';
    const words = accused ? r.accusation?.words : undefined;
    return {
      text: r.text,
      intent,
      intentConfidence: confidence,
      ...(named.category ? { category: named.category } : {}),
      categoryConfidence: named.confidence,
      alternatives: r.classification.guesses,
      title: titleOf(
        r.text,
        r.classification.spoken,
        named.category ? categories[named.category].name : '说个事',
        r.entities.places.map((p) => p.text),
      ),
      urgency: urgent ? 'urgent' : 'normal',
      ...(caseId ? { caseId } : {}),
      services: helped
        ? r.services.slice(0, 3).map((s) => ({ serviceId: s.id, score: s.score }))
        : [],
      articleIds: helped ? articles.map((a) => a.id) : [],
      ...(helped && articles[0] ? { passage: articles[0].passage } : {}),
      entities: r.entities,
      missing: missingSlots(intent, named.category, r.entities, input),
      confidential: accused || takes('confidential', r.plain),
      trouble: takes('broken', r.plain) || takes('serviceTrouble', r.plain),
      against: accused ? (r.accusation?.against ?? []) : [],
      evidence: words
        ? [...evidenceOf(r, named.category), { text: words, for: 'staffComplaint' }]
        : evidenceOf(r, named.category),
    };
  };

  const alarming = (r: Reading, alarm: Alarm): Matter => {
    const category = emergencyCategory[alarm.kind];
    const words = { start: alarm.start, end: alarm.end };
    return {
      text: r.text,
      intent: 'emergency',
      intentConfidence: 0.95,
      category,
      categoryConfidence: 0.9,
      alternatives: [{ label: category, probability: 0.9 }],
      title: titleOf(r.text, [words], emergencyGuides[alarm.kind].headline.split('，')[0]!),
      urgency: 'emergency',
      emergency: { kind: alarm.kind, dial: alarm.dial },
      services: [],
      articleIds: [],
      entities: r.entities,
      missing: [],
      confidential: takes('confidential', r.plain),
      trouble: true,
      against: [],
      evidence: [{ text: r.text.slice(words.start, words.end), for: alarm.kind }],
    };
  };

  return {
    understand: (input) => {
      const text = tidy(input.text);
      const plain = canonical(text);
      const segments = splitMatters(plain, topicOf);
      const parts: Segment[] = segments.length > 0 ? segments : [{ start: 0, end: text.length }];
      const matters = parts.map(({ start, end }) => {
        const r = read(text.slice(start, end).trim(), plain.slice(start, end).trim(), input);
        const said = ordinary(r, input);
        // A reply of the emergency card names what is already known, it is not a second emergency.
        const alarm = said.caseId && said.intentConfidence >= 0.95 ? undefined : alarms(r.plain)[0];
        const matter = alarm ? alarming(r, alarm) : said;
        const care = careOf(r.plain, alarm, said.intent, r.entities, input.reporter);
        return care ? caredFor(matter, care) : matter;
      });
      return { matters: settle(matters), normalised: plain, version: classifier.version };
    },
  };
};

/** Whatever else the rules made of it, it is nobody's business but the helpers'. */
const caredFor = (matter: Matter, care: Care): Matter => {
  if (matter.emergency) return { ...matter, care, confidential: true };
  const category = careCategory[care.kind];
  return {
    ...matter,
    care,
    intent: 'concern',
    category,
    categoryConfidence: 0.9,
    alternatives: [{ label: category, probability: 0.9 }],
    urgency: 'urgent',
    services: [],
    articleIds: [],
    missing: [],
    confidential: true,
  };
};

/** 路灯 inside 门口路灯坏 says nothing more. */
const outermost = (spoken: readonly Spoken[]): Spoken[] =>
  spoken.filter(
    (s, i) =>
      !spoken.some(
        (o, j) =>
          i !== j &&
          o.start <= s.start &&
          o.end >= s.end &&
          (o.end - o.start > s.end - s.start || j < i),
      ),
  );

const social = new Set(['greeting', 'thanks', 'unclear']);

/** One emergency, courtesies only when there is nothing else, whoever is in danger first. */
const settle = (matters: Matter[]): Matter[] => {
  const emergency = matters.find((m) => m.intent === 'emergency');
  let kept = matters.filter((m) => m.intent !== 'emergency' || m === emergency);
  if (kept.length > 1) {
    const business = kept.filter((m) => !social.has(m.intent));
    if (business.length > 0) kept = business;
  }
  // Asked once for secrecy, it holds for everything said in the same breath.
  if (kept.some((m) => m.confidential && m.intent !== 'staffComplaint')) {
    kept = kept.map((m) => ({ ...m, confidential: true }));
  }
  return [...kept].sort((a, b) => urgencyRank[a.urgency] - urgencyRank[b.urgency]);
};
