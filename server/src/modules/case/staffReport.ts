import type { BodyOf } from '@alley-chief/shared/contract';
import { isCategory } from '@alley-chief/shared/domain';
import type { Viewer } from '../../http/viewer';
import { AppError } from '../../kernel/errors';
import { isDuplicateKey } from '../../kernel/mongoErrors';
import { inTransaction } from '../../kernel/transaction';
import type { Connection } from 'mongoose';
import type { Understander } from '../../understanding/types';
import type { Clock } from '../../kernel/clock';
import { ConversationService } from '../conversation/service';
import type { DirectoryService } from '../directory/service';
import type { FileService } from '../file/service';
import type { CaseDoc } from './model';
import type { CaseDraft } from './build';
import { CaseService } from './service';

export interface ReportDeps {
  db: Connection;
  cases: CaseService;
  directory: DirectoryService;
  files: FileService;
  conversations: ConversationService;
  understander: Understander;
  clock: Clock;
}

/** Cases opened by staff: found on a walk-round, or told to them in the alley. */
export class StaffReports {
  constructor(private readonly deps: ReportDeps) {}

  /** Repeating a clientId returns the first case. */
  async open(viewer: Viewer, body: BodyOf<'POST /cases'>): Promise<CaseDoc> {
    const openKey = `p:${viewer.personId}:${body.clientId}`;
    const earlier = await this.deps.cases.byOpenKey(openKey);
    if (earlier) return earlier;
    for (const id of body.fileIds) await this.deps.files.claim(id, viewer.personId, 'image');
    const draft = { ...(await this.draftOf(viewer, body)), openKey };
    const { id, decision } = await this.deps.cases.prepare(draft);
    try {
      if (!draft.conversationId) {
        return await inTransaction(this.deps.db, (session) =>
          this.deps.cases.openInTx(
            { session, say: () => Promise.reject(new Error('no thread')) },
            id,
            draft,
            decision,
            false,
          ),
        );
      }
      return await this.deps.conversations.transact(draft.conversationId, async (tx) => {
        const doc = await this.deps.cases.openInTx(tx, id, draft, decision, false);
        await CaseService.sayCard(tx, doc, `${viewer.callName}替您报了一件事：${doc.title}`);
        return doc;
      });
    } catch (error) {
      const other = isDuplicateKey(error) && (await this.deps.cases.byOpenKey(openKey));
      if (other) return other;
      throw error;
    }
  }

  private async draftOf(
    viewer: Viewer,
    body: BodyOf<'POST /cases'>,
  ): Promise<Omit<CaseDraft, 'openKey'>> {
    const { directory, understander, clock } = this.deps;
    if (body.category && !isCategory(body.category)) {
      throw new AppError('invalid', { field: 'category' }, '没有这一类，重新选一个');
    }
    const household = body.householdId ? await directory.household(body.householdId) : undefined;
    const located =
      body.point && (await directory.areaAt(body.point.longitude, body.point.latitude));
    const areaPath =
      household?.areaPath ??
      located?.path ??
      viewer.grants.find((g) => g.role !== 'resident')?.areaPath ??
      '';
    const { matters, version } = understander.understand({
      text: body.text,
      hasPhoto: body.fileIds.length > 0,
      hasVoice: false,
      hasLocation: body.point !== undefined,
      openCases: [],
      reporter: { elder: false, ...(areaPath ? { areaPath } : {}) },
      now: clock.now(),
    });
    const matter = matters[0]!;
    const category = body.category && isCategory(body.category) ? body.category : matter.category;
    const area = await directory.areaByPath(areaPath);
    return {
      title: matter.title,
      text: body.text,
      category: category ?? 'other.unclear',
      categoryConfidence: body.category ? 1 : matter.categoryConfidence,
      alternatives: matter.alternatives,
      ...(body.category || !matter.category
        ? {}
        : {
            guess: {
              category: matter.category,
              confidence: matter.categoryConfidence,
              by: version,
            },
          }),
      evidence: matter.evidence.map((e) => e.text),
      areaPath,
      placeSource: body.place ? 'named' : located ? 'located' : 'home',
      placeText: body.place ?? household?.plate ?? area?.name ?? '',
      plateText: household?.plate ?? body.place ?? area?.name ?? '',
      point: body.point,
      reporterId: viewer.personId,
      reporterName: viewer.name,
      householdId: household?._id,
      conversationId: household && ConversationService.householdThread(household._id),
      against: [],
      confidential: matter.care !== undefined,
      emergency: matter.emergency !== undefined,
      emergencyKind: matter.emergency,
      care: matter.care !== undefined,
      careKind: matter.care?.kind,
      urgent: matter.urgency !== 'normal',
      excluded: [],
      photos: body.fileIds,
      asking: [],
    };
  }
}
