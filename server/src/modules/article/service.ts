import type { ClientSession, Connection } from 'mongoose';
import type { ArticleFields, ArticlePage } from '@alley-chief/shared/contract';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import { isDuplicateKey } from '../../kernel/mongoErrors';
import { inTransaction } from '../../kernel/transaction';
import { dayOf } from '../../understanding';
import type { Article } from '../../understanding/types';
import type { DirectoryService } from '../directory/service';
import { articleOf } from './fields';
import type { ArticleDoc, ArticleModels } from './model';
import { presentPage, type Marks, type NameOf } from './present';
import type { QuestionService } from './questions';

export interface ArticleDeps {
  db: Connection;
  models: ArticleModels;
  directory: DirectoryService;
  questions: QuestionService;
  clock: Clock;
}

/** Nobody among the people: what comes with the product. */
const seederId = 'system';
const seeder = '随程序带来';

/** What is published: for the understanding, and for everybody to read. */
export class ArticleService {
  constructor(private readonly deps: ArticleDeps) {}

  private get model(): ArticleModels['articles'] {
    return this.deps.models.articles;
  }

  /** Puts in what the product ships, unless there are articles already. */
  async seed(shipped: readonly { id: string; fields: ArticleFields }[]): Promise<void> {
    if (shipped.length === 0 || (await this.model.findOne().select('_id').lean())) return;
    const at = this.deps.clock.now();
    const docs = shipped.map(({ id, fields }): ArticleDoc => ({
      _id: id,
      state: 'published',
      fields,
      live: fields,
      version: 1,
      editors: [],
      authorId: seederId,
      history: [{ at, by: seederId, name: seeder, what: '发布' }],
      acts: [],
      rev: 1,
      createdAt: at,
      updatedAt: at,
      updatedBy: seeder,
    }));
    try {
      await inTransaction(this.deps.db, async (session) => {
        await this.model.insertMany(docs, { session });
        await this.deps.models.versions.insertMany(
          docs.map((d) => ({
            _id: `${d._id}:1`,
            articleId: d._id,
            n: 1,
            fields: d.fields,
            at,
            publishedBy: seederId,
            editors: [],
          })),
          { session },
        );
        await this.bumpInTx(session);
      });
    } catch (error) {
      // Another node was quicker.
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** Everything that is published; what may be quoted to whom and when the search decides. */
  async published(): Promise<Article[]> {
    const docs = await this.model
      .find({ live: { $exists: true } })
      .select('live')
      .lean();
    return docs.map((d) => articleOf(d._id, d.live!));
  }

  /** Tells this and every other node that what may be quoted has changed. */
  async bumpInTx(session: ClientSession): Promise<void> {
    await this.deps.models.knowledge.updateOne(
      { _id: 'articles' },
      { $inc: { n: 1 } },
      { upsert: true, session },
    );
  }

  /** @throws AppError notFound when it was never published */
  async page(id: string, viewer: Viewer): Promise<ArticlePage> {
    const doc = await this.model.findById(id).lean();
    if (!doc || doc.version === 0) throw new AppError('notFound');
    const mine = await this.deps.models.feedback.findById(`${id}:${viewer.personId}`).lean();
    return presentPage(doc, dayOf(this.deps.clock.now()), await this.names(), mine?.useful);
  }

  /** The viewer's last word; a question it left open is noted once per clientId. */
  async rate(
    id: string,
    viewer: Viewer,
    body: { clientId: string; useful: boolean; question?: string | undefined },
  ): Promise<ArticlePage> {
    const doc = await this.model.findById(id).select('version fields.category').lean();
    if (!doc || doc.version === 0) throw new AppError('notFound');
    const _id = `${id}:${viewer.personId}`;
    const { clientId, useful, question } = body;
    await inTransaction(this.deps.db, async (session) => {
      const before = await this.deps.models.feedback.findById(_id).session(session).lean();
      if (before?.clientId === clientId) return;
      await this.deps.models.feedback.replaceOne(
        { _id },
        { articleId: id, useful, clientId, at: this.deps.clock.now() },
        { upsert: true, session },
      );
      if (useful || !question) return;
      const areaPath = viewer.homePath ?? viewer.grants[0]?.areaPath;
      if (!areaPath) return;
      await this.deps.questions.noteInTx(session, {
        text: question,
        areaPath,
        category: doc.fields.category,
        names: [viewer.name],
      });
    });
    return this.page(id, viewer);
  }

  /** What readers thought, by article. */
  async marksOf(ids: readonly string[]): Promise<(id: string) => Marks> {
    const rows = await this.deps.models.feedback.aggregate<{
      _id: { articleId: string; useful: boolean };
      n: number;
    }>([
      { $match: { articleId: { $in: ids } } },
      { $group: { _id: { articleId: '$articleId', useful: '$useful' }, n: { $sum: 1 } } },
    ]);
    const countOf = (id: string, useful: boolean): number =>
      rows.find((r) => r._id.articleId === id && r._id.useful === useful)?.n ?? 0;
    return (id) => ({ useful: countOf(id, true), useless: countOf(id, false) });
  }

  async names(): Promise<NameOf> {
    const { areasByPath } = await this.deps.directory.staff();
    return (path) => (path === '/' ? '到处都管用' : (areasByPath.get(path)?.name ?? path));
  }
}
