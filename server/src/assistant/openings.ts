import type { RoutingDecision } from '../routing/types';
import { repeats } from '../understanding/similar';
import type { CaseDraft } from '../modules/case/build';
import { draftReport, storedReport } from '../modules/case/event/match';
import type { CaseDoc } from '../modules/case/model';
import { KeyedMutex } from '../kernel/mutex';
import type { Situation } from './context';

/** A case about to be opened, with who is to get it. */
export interface Opening {
  id: string;
  draft: CaseDraft;
  decision: RoutingDecision;
}

/** Lets the matters of a township follow each other. */
export class Turns {
  private readonly mutex = new KeyedMutex();

  /**
   * Matters of one township go to the same few people: they are routed and stored one after the
   * other, so that each choice sees the load the one before it left behind. Side by side most of
   * them would only abort each other and begin again. Saves this node from itself, like the
   * thread's mutex; between nodes the check of the load decides.
   */
  take<T>(drafts: readonly CaseDraft[], work: () => Promise<T>): Promise<T> {
    // An emergency waits for nobody.
    const townships = drafts
      .filter((d) => !d.emergency)
      .map((d) => d.areaPath.split('/').slice(0, 3).join('/'));
    // In one order for everybody, so that two never wait for each other.
    return [...new Set(townships)]
      .sort()
      .reduceRight<() => Promise<T>>((inner, key) => () => this.mutex.run(key, inner), work)();
  }
}

/** Several matters of one message may go to one person: each expects the load the one before made. */
export const countClaim = (o: Opening, claimed: Map<string, number>): Opening => {
  const { assignee } = o.decision;
  const before = claimed.get(assignee.personId) ?? 0;
  claimed.set(assignee.personId, before + 1);
  const load = assignee.load + before;
  return { ...o, decision: { ...o.decision, assignee: { ...assignee, load } } };
};

/** The household's open case that a draft only says once more. */
export const sameMatter = (draft: CaseDraft, s: Situation): CaseDoc | undefined => {
  const report = draftReport(draft, s.now);
  // What was solved and is broken again is a new matter, or sent back by the card.
  return s.openCases.find((c) => c.state !== 'resolved' && repeats(report, storedReport(c)));
};
