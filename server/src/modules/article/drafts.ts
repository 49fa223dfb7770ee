import type { ClientSession, Connection } from 'mongoose';
import type { ArticleDraft, ArticleFields, BodyOf } from '@alley-chief/shared/contract';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import { newId } from '../../kernel/ids';
import { isDuplicateKey } from '../../kernel/mongoErrors';
import { inTransaction } from '../../kernel/transaction';
import { dayOf } from '../../understanding';
import type { DirectoryService } from '../directory/service';
import { noFields, problemsOf } from './fields';
import type { ArticleDoc, ArticleModels } from './model';
import { presentRow } from './present';
import type { QuestionService } from './questions';
import { choicesOf, homeRegion, mayKnow, mayReview, mayTakeBack, mayWrite } from './rights';
import type { ArticleService } from './service';
import { actionsOf, stepOf, type Step } from './steps';

export interface DraftDeps {
  db: Connection;
  models: ArticleModels;
  articles: ArticleService;
  questions: QuestionService;
  directory: DirectoryService;
  clock: Clock;
  /** Makes this node quote what is published; others follow the version. */
  afterPublish: () => Promise<void>;
}

type ActBody = BodyOf<'POST /articles/:id/actions'>;

/** Writing and reviewing: the working copies, beside what is published. */
export class ArticleDrafts {
  constructor(private readonly deps: DraftDeps) {}

  private get model(): ArticleModels['articles'] {
    return this.deps.models.articles;
  }

  /** @throws AppError notFound */
  async get(id: string): Promise<ArticleDoc> {
    const doc = await this.model.findById(id).lean();
    if (!doc) throw new AppError('notFound');
    return doc;
  }

  async knownTo(id: string, viewer: Viewer): Promise<boolean> {
    return mayKnow(viewer, (await this.get(id)).fields.region);
  }

  /** Whether the viewer may write it as it is, and as it would be. */
  async writableBy(id: string, viewer: Viewer, fields: ArticleFields): Promise<boolean> {
    const { responsibilities } = await this.deps.directory.staff();
    const doc = await this.get(id);
    return (
      mayWrite(viewer, doc.fields, responsibilities) && mayWrite(viewer, fields, responsibilities)
    );
  }

  async allows(id: string, viewer: Viewer, body: ActBody): Promise<boolean> {
    const doc = await this.get(id);
    // Whoever repeats an act that was carried out hears of its outcome.
    if (this.done(doc, viewer, body.clientId)) return true;
    if (body.action === 'submit') return this.writableBy(id, viewer, doc.fields);
    if (body.action === 'withdraw') {
      const neverPublished = doc.version === 0 && doc.editors.includes(viewer.personId);
      return neverPublished || mayTakeBack(viewer, doc.fields.region);
    }
    return mayReview(viewer, doc);
  }

  /** Begins a draft; repeating a clientId gives the first one. @throws AppError taken */
  async create(viewer: Viewer, body: BodyOf<'POST /articles'>): Promise<ArticleDraft> {
    const { clientId, questionId } = body;
    const by = viewer.personId;
    const earlier = await this.model.findOne({ authorId: by, clientId }).lean();
    if (earlier) return this.present(earlier, viewer);
    const question = questionId ? await this.deps.questions.get(questionId) : undefined;
    const { responsibilities } = await this.deps.directory.staff();
    const at = this.deps.clock.now();
    const region = homeRegion(viewer);
    const category = question?.category ?? '';
    const fields: ArticleFields = {
      ...noFields,
      title: question?.text.slice(0, 40) ?? '',
      words:
        question?.text
          .replace(/[\s,，、;；。？?！!]+/g, ' ')
          .trim()
          .slice(0, 40) ?? '',
      region,
      // A category that is not the unit's to write about stays to be chosen.
      category: mayWrite(viewer, { region, category }, responsibilities) ? category : '',
    };
    const doc: ArticleDoc = {
      _id: newId('k'),
      state: 'draft',
      fields,
      version: 0,
      editors: [by],
      authorId: by,
      ...(questionId ? { questionId } : {}),
      history: [
        { at, by, name: viewer.name, what: '起草', ...(question && { note: question.text }) },
      ],
      clientId,
      acts: [],
      rev: 1,
      createdAt: at,
      updatedAt: at,
      updatedBy: viewer.name,
    };
    try {
      await inTransaction(this.deps.db, async (session) => {
        await this.model.create([doc], { session });
        if (!questionId) return;
        if (!(await this.deps.questions.takeInTx(session, questionId, doc._id))) {
          throw new AppError('taken', undefined, '慢了一步，已经有人在写了');
        }
      });
    } catch (error) {
      const mine =
        isDuplicateKey(error, 'clientId') &&
        (await this.model.findOne({ authorId: by, clientId }).lean());
      if (!mine) throw error;
      return this.present(mine, viewer);
    }
    return this.present(doc, viewer);
  }

  /** Saves the working copy; also one that is not yet well-formed. @throws AppError conflict, wrongStep */
  async save(id: string, viewer: Viewer, body: BodyOf<'PUT /articles/:id'>): Promise<ArticleDraft> {
    const doc = await this.get(id);
    if (this.done(doc, viewer, body.clientId)) return this.present(doc, viewer);
    // What waits for review is not changed under the reviewer's eyes.
    if (doc.state === 'inReview')
      throw new AppError('wrongStep', undefined, '已经送审了，先等审完');
    const step: Step = {
      what: '修改',
      set: { state: doc.state === 'sentBack' ? 'sentBack' : 'draft', fields: body.fields },
      // Publishing emptied the list: whoever writes first afterwards is its first editor.
      editor: true,
    };
    return this.present(await this.change(doc, viewer, body, step), viewer);
  }

  /** @throws AppError conflict, wrongStep, invalid */
  async act(id: string, viewer: Viewer, body: ActBody): Promise<ArticleDraft> {
    const doc = await this.get(id);
    if (this.done(doc, viewer, body.clientId)) return this.present(doc, viewer);
    const step = stepOf(doc, body, viewer);
    const { action } = body;
    const quoted = action === 'publish' || (action === 'withdraw' && doc.live !== undefined);
    const after = await this.change(doc, viewer, body, step, async (session, now) => {
      if (action === 'publish') {
        const n = doc.version + 1;
        await this.deps.models.versions.create(
          [
            {
              _id: `${id}:${n}`,
              articleId: id,
              n,
              fields: doc.fields,
              at: now,
              publishedBy: viewer.personId,
              editors: doc.editors,
            },
          ],
          { session },
        );
        await this.deps.questions.settleInTx(session, id, 'answered');
      }
      if (action === 'withdraw') await this.deps.questions.settleInTx(session, id, 'open');
      if (quoted) await this.deps.articles.bumpInTx(session);
    });
    if (quoted) await this.deps.afterPublish();
    return this.present(after, viewer);
  }

  private done(doc: ArticleDoc, viewer: Viewer, clientId: string): boolean {
    return doc.acts.some((a) => a.by === viewer.personId && a.clientId === clientId);
  }

  /** One step with its entry in the audit trail, if nobody moved the article since `body.rev`. */
  private async change(
    doc: ArticleDoc,
    viewer: Viewer,
    { clientId, rev }: { clientId: string; rev: number },
    step: Step,
    beside: (session: ClientSession, now: Date) => Promise<void> = async () => undefined,
  ): Promise<ArticleDoc> {
    const at = this.deps.clock.now();
    const by = viewer.personId;
    if (rev !== doc.rev) throw new AppError('conflict');
    const note = step.note ? { note: step.note } : {};
    return inTransaction(this.deps.db, async (session) => {
      const after = await this.model
        .findOneAndUpdate(
          { _id: doc._id, rev },
          {
            $set: { ...step.set, updatedAt: at, updatedBy: viewer.name },
            ...(step.unset ? { $unset: Object.fromEntries(step.unset.map((k) => [k, 1])) } : {}),
            ...(step.editor ? { $addToSet: { editors: by } } : {}),
            $inc: { rev: 1 },
            $push: {
              acts: { $each: [{ by, clientId }], $slice: -30 },
              history: { at, by, name: viewer.name, what: step.what, ...note },
            },
          },
          { session, returnDocument: 'after' },
        )
        .lean();
      if (!after) throw new AppError('conflict');
      await beside(session, at);
      return after;
    });
  }

  async present(doc: ArticleDoc, viewer: Viewer): Promise<ArticleDraft> {
    const { areas, responsibilities } = await this.deps.directory.staff();
    const [nameOf, marksOf, question] = await Promise.all([
      this.deps.articles.names(),
      this.deps.articles.marksOf([doc._id]),
      doc.questionId ? this.deps.questions.get(doc.questionId) : undefined,
    ]);
    return {
      ...presentRow(doc, dayOf(this.deps.clock.now()), nameOf, marksOf(doc._id)),
      rev: doc.rev,
      fields: doc.fields,
      problems: problemsOf(doc.fields),
      ...(doc.live && doc.state !== 'published' ? { live: doc.live } : {}),
      ...(doc.sentBack ? { sentBack: doc.sentBack } : {}),
      ...(question ? { question: question.text } : {}),
      history: doc.history
        .map(({ at, name, what, note }) => ({
          at: at.toISOString(),
          by: name,
          what,
          ...(note ? { note } : {}),
        }))
        .reverse(),
      actions: actionsOf(doc, {
        writes: mayWrite(viewer, doc.fields, responsibilities),
        reviews: mayReview(viewer, doc),
        takesBack: mayTakeBack(viewer, doc.fields.region),
        wrote: doc.editors.includes(viewer.personId),
      }),
      ...choicesOf(viewer, [...areas.values()], responsibilities),
    };
  }
}
