import type { ClientSession } from 'mongoose';
import { ancestorPaths } from '@alley-chief/shared/domain';
import {
  familyOf,
  likenessOf,
  longestApart,
  type Likeness,
  type Report,
} from '../../../understanding/similar';
import { isDuplicateKey } from '../../../kernel/mongoErrors';
import type { CaseDraft } from '../build';
import type { CaseDoc, CaseModels } from '../model';
import { CaseMoved } from '../notes';

/** In these states a case is worked on by somebody who knows what it is: others can join it. */
export const leadStates = ['assigned', 'handling', 'waitingReporter'] as const;
/** More open cases of one family in one village than a person would look through. */
const mostCandidates = 50;
/** From here nobody needs to decide what a matter is (docs of the understanding). */
const sureFrom = 0.8;

type Described = Pick<
  CaseDoc,
  | 'text'
  | 'category'
  | 'categoryConfidence'
  | 'areaPath'
  | 'plateText'
  | 'point'
  | 'householdId'
  | 'confidential'
  | 'against'
>;

/** A case, or what is about to become one, as the comparison sees it. */
export const reportOf = (c: Described, at: Date, emergency: boolean): Report => ({
  text: c.text,
  category: c.category,
  sure: c.categoryConfidence >= sureFrom,
  areaPath: c.areaPath,
  plateText: c.plateText,
  ...(c.point ? { point: c.point } : {}),
  ...(c.householdId ? { householdId: c.householdId } : {}),
  at,
  confidential: c.confidential,
  accuses: c.against.length > 0,
  emergency,
});

export const storedReport = (c: CaseDoc): Report =>
  reportOf(c, c.openedAt, c.emergency !== undefined);

export const draftReport = (d: CaseDraft, now: Date): Report => reportOf(d, now, d.emergency);

/** Village and family: only reports under the same key are compared. */
export const matchKeyOf = (report: Report): string | undefined => {
  const family = familyOf(report);
  const village = ancestorPaths(report.areaPath)[2];
  return family && village ? `${village}~${family}` : undefined;
};

export interface Match {
  lead: CaseDoc;
  likeness: Likeness;
}

/** Looks for the open case a new report belongs to. */
export class Matcher {
  constructor(private readonly models: CaseModels) {}

  /**
   * The most alike of the open cases; undefined when none is even worth a question. One query.
   *
   * Reports of one key take turns: the write comes before the search, so that of two transactions
   * side by side the second begins again and sees the case of the first.
   */
  async find(
    session: ClientSession,
    key: string,
    report: Report,
    now: Date,
  ): Promise<Match | undefined> {
    await this.takeTurn(session, key);
    const family = familyOf(report);
    if (!family) return undefined;
    const since = new Date(now.getTime() - longestApart(family) * 3_600_000);
    const candidates = await this.models.cases
      .find({ matchKey: key, state: { $in: leadStates }, openedAt: { $gte: since } })
      .sort({ openedAt: -1 })
      .limit(mostCandidates)
      .session(session)
      .lean();
    let best: Match | undefined;
    for (const lead of candidates) {
      // What the own household says again is not one more household.
      if (lead.householdId && lead.householdId === report.householdId) continue;
      const likeness = likenessOf(report, storedReport(lead));
      if (likeness.verdict === 'different') continue;
      // Of equals the older: candidates come newest first.
      if (!best || likeness.score >= best.likeness.score) best = { lead, likeness };
    }
    return best;
  }

  private async takeTurn(session: ClientSession, key: string): Promise<void> {
    try {
      await this.models.counters.updateOne(
        { _id: `event:${key}` },
        { $inc: { n: 1 } },
        { upsert: true, session },
      );
    } catch (error) {
      // Two first reports at once: whoever comes second begins again.
      if (isDuplicateKey(error)) throw new CaseMoved();
      throw error;
    }
  }
}
