import type { CaseDraft } from '../modules/case/build';
import type { DirectoryService } from '../modules/directory/service';
import type { Matter } from '../understanding/types';
import { wordsOf, type Situation } from './context';
import { whereIs } from './places';

/** Names and posts in a complaint become people who must never see it. */
const againstOf = async (
  m: Matter,
  s: Situation,
  directory: DirectoryService,
): Promise<string[]> => {
  const found = new Set<string>();
  for (const a of m.against) {
    if (a.personId) found.add(a.personId);
    else if (a.role) {
      const [closest] = await directory.holders(a.role as never, s.household.areaPath);
      if (closest) found.add(closest._id);
    }
  }
  found.delete(s.reporter._id);
  return [...found];
};

/**
 * What the villager said about it, as they said it: the understanding works on tidied text, and
 * tidied punctuation is not theirs.
 */
export const ownWords = (m: Matter, s: Situation): string =>
  s.understanding.matters.length === 1 || !m.text
    ? wordsOf(s.message)
    : m.text.replaceAll(',', '，').replaceAll('?', '？').replaceAll('!', '！');

/** A matter as a case about to be opened. `index` tells several matters of one message apart. */
export const draftOf = async (
  m: Matter,
  index: number,
  s: Situation,
  directory: DirectoryService,
): Promise<CaseDraft> => {
  const category = m.category ?? (m.intent === 'suggestion' ? 'other.suggestion' : 'other.unclear');
  return {
    ...(await whereIs(m, s, directory)),
    openKey: `m:${s.message._id}:${index}`,
    title: m.title,
    text: ownWords(m, s),
    category,
    categoryConfidence: m.category ? m.categoryConfidence : 0,
    alternatives: m.alternatives,
    ...(m.category
      ? {
          guess: {
            category: m.category,
            confidence: m.categoryConfidence,
            by: `${s.understanding.version}${m.secondOpinion ? '+llm' : ''}`,
          },
        }
      : {}),
    evidence: m.evidence.filter((e) => e.for === category || e.for === m.intent).map((e) => e.text),
    reporterId: s.reporter._id,
    reporterName: s.reporter.name,
    householdId: s.household._id,
    conversationId: s.conversation._id,
    against: await againstOf(m, s, directory),
    confidential: m.confidential,
    emergency: m.emergency !== undefined,
    emergencyKind: m.emergency,
    care: m.care !== undefined,
    secondOpinion: m.secondOpinion,
    careKind: m.care?.kind,
    urgent: m.urgency !== 'normal',
    excluded: [],
    photos: s.loosePhotos,
    asking: m.emergency
      ? []
      : m.missing.filter((slot) => !(slot === 'photo' && s.loosePhotos.length)).slice(0, 2),
  };
};
