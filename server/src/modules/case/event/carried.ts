import type { CaseDoc } from '../model';
import type { Carried } from './model';

/** What a member carries of the case that leads it, so that it can be shown without that case. */
export const carriedFrom = (lead: CaseDoc): Carried => ({
  holder: lead.holder,
  chain: lead.chain,
  sentence: lead.sentence,
  reasons: lead.reasons,
  dueAt: lead.dueAt,
  limitHours: lead.limitHours,
  // Only the first reporter is waited for.
  leadState: lead.state === 'waitingReporter' ? 'handling' : lead.state,
});
