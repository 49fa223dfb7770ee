import type { ClientSession } from 'mongoose';
import { newId } from '../../../kernel/ids';
import type { CaseDoc, CaseModels } from '../model';
import type { LinkDoc } from './model';
import { Matcher, matchKeyOf, storedReport, type Match } from './match';
import { carriedFrom } from './carried';
import { CaseMoved } from '../notes';

/** Puts new cases where they belong: beside the open case of the same event, or on their own. */
export class EventJoiner {
  private readonly matcher: Matcher;

  constructor(private readonly models: CaseModels) {
    this.matcher = new Matcher(models);
  }

  /**
   * The case as it is to be stored, inside the transaction that opens it. What is nobody else's
   * costs nothing; the rest one write (the turn) and one query.
   */
  async place(session: ClientSession, doc: CaseDoc): Promise<CaseDoc> {
    const report = storedReport(doc);
    const key = matchKeyOf(report);
    if (!key) return doc;
    const keyed = { ...doc, matchKey: key };
    const match = await this.matcher.find(session, key, report, doc.openedAt);
    if (!match) return keyed;
    if (match.likeness.verdict === 'same') return this.join(session, keyed, match);
    await this.note(session, keyed, match, 'suggested');
    return keyed;
  }

  private async join(session: ClientSession, doc: CaseDoc, match: Match): Promise<CaseDoc> {
    const { lead, likeness } = match;
    const counted = await this.models.cases.updateOne(
      { _id: lead._id, rev: lead.rev },
      {
        $set: { reporters: (lead.reporters ?? 1) + 1, updatedAt: doc.openedAt },
        $inc: { rev: 1 },
      },
      { session },
    );
    if (counted.modifiedCount === 0) throw new CaseMoved();
    await this.note(session, doc, match, 'joined');
    const [opened] = doc.timeline;
    return {
      ...doc,
      ...carriedFrom(lead),
      state: 'joined',
      leadId: lead._id,
      // Whoever comes asks where the first report was made.
      asking: [],
      timeline: [
        ...(opened ? [opened] : []),
        {
          at: doc.openedAt,
          action: 'join',
          by: '小同',
          text: `跟邻居报的是同一件事：${likeness.reasons.join('，')}`,
          photos: [],
        },
      ],
    };
  }

  private async note(
    session: ClientSession,
    doc: CaseDoc,
    { lead, likeness }: Match,
    state: LinkDoc['state'],
  ): Promise<void> {
    const link: LinkDoc = {
      _id: newId('l'),
      caseId: doc._id,
      leadId: lead._id,
      state,
      rev: 1,
      score: likeness.score,
      reasons: likeness.reasons,
      at: doc.openedAt,
    };
    await this.models.links.collection.insertOne(link as never, { session });
  }
}
