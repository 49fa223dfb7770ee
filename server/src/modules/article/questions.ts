import { createHash } from 'node:crypto';
import type { ClientSession, Connection } from 'mongoose';
import type { UnansweredQuestion } from '@alley-chief/shared/contract';
import { ancestorPaths, maskPapersIn } from '@alley-chief/shared/domain';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import type { DirectoryService } from '../directory/service';
import type { ArticleModels, QuestionDoc, QuestionState } from './model';
import { after, positionOf } from './paging';
import { presentQuestion } from './present';
import { knownTo, mayKnow } from './rights';

export interface QuestionDeps {
  db: Connection;
  models: ArticleModels;
  directory: DirectoryService;
  clock: Clock;
  /** The words of a text that carry its meaning. */
  tokens: (text: string) => string[];
}

export interface Asked {
  text: string;
  /** Where who asked lives. */
  areaPath: string;
  category?: string | undefined;
  /** Names that stand in it. */
  names: readonly string[];
}

const longest = 120;

/** Nobody's name, number or phone: the list is read by people the question was not told to. */
export const maskQuestion = (text: string, names: readonly string[]): string => {
  const nameless = [...names]
    .filter((n) => n.length > 1)
    .sort((a, b) => b.length - a.length)
    .reduce((t, name) => t.replaceAll(name, '某人'), maskPapersIn(text));
  return nameless
    .replace(/\d{5,}/g, '*****')
    .slice(0, longest)
    .trim();
};

/** What people asked and no article answered for sure. The same question in a township counts up. */
export class QuestionService {
  constructor(private readonly deps: QuestionDeps) {}

  private get model(): ArticleModels['questions'] {
    return this.deps.models.questions;
  }

  /** Notes a question in the transaction that answered it with a person. */
  async noteInTx(session: ClientSession, asked: Asked): Promise<void> {
    const now = this.deps.clock.now();
    const text = maskQuestion(asked.text, asked.names);
    if (!text) return;
    const township = ancestorPaths(asked.areaPath)[1] ?? asked.areaPath;
    // By character, not by word: 多高 is cut as one word here and as two there.
    const words = [...new Set(this.deps.tokens(text).join(''))].sort().join('') || text;
    const _id = createHash('sha256').update(`${township} ${words}`).digest('hex').slice(0, 32);
    await this.model.updateOne(
      { _id },
      {
        $inc: { count: 1 },
        $set: { lastAt: now },
        $setOnInsert: {
          text,
          areaPath: township,
          ...(asked.category ? { category: asked.category } : {}),
          state: 'open',
          acts: [],
          firstAt: now,
        },
      },
      { upsert: true, session },
    );
    // An answer that is not found by who asks for it is none.
    await this.model.updateOne(
      { _id, state: 'answered' },
      { $set: { state: 'open' } },
      { session },
    );
  }

  /** @throws AppError notFound */
  async get(id: string): Promise<QuestionDoc> {
    const found = await this.model.findById(id).lean();
    if (!found) throw new AppError('notFound');
    return found;
  }

  async knownTo(id: string, viewer: Viewer): Promise<boolean> {
    return mayKnow(viewer, (await this.get(id)).areaPath);
  }

  async list(
    viewer: Viewer,
    q: { state: QuestionState; cursor?: string; limit: number },
  ): Promise<{
    items: UnansweredQuestion[];
    nextCursor?: string;
    counts: Record<string, number>;
  }> {
    const scope = knownTo(viewer, 'areaPath');
    const place = after('lastAt', q.cursor);
    const [found, counted, nameOf] = await Promise.all([
      this.model
        .find({ $and: [scope, { state: q.state }, ...(place ? [place] : [])] })
        .sort({ lastAt: -1, _id: -1 })
        .limit(q.limit + 1)
        .lean(),
      this.model.aggregate<{ _id: string; n: number }>([
        { $match: scope },
        { $group: { _id: '$state', n: { $sum: 1 } } },
      ]),
      this.names(),
    ]);
    const page = found.slice(0, q.limit);
    const last = page.at(-1);
    return {
      items: page.map((one) => presentQuestion(one, nameOf)),
      ...(found.length > q.limit && last ? { nextCursor: positionOf(last.lastAt, last._id) } : {}),
      counts: Object.fromEntries(counted.map((c) => [c._id, c.n])),
    };
  }

  /** A repeated clientId changes nothing. @throws AppError wrongStep */
  async act(
    id: string,
    viewer: Viewer,
    { clientId, action }: { clientId: string; action: 'dismiss' | 'reopen' },
  ): Promise<UnansweredQuestion> {
    const by = viewer.personId;
    const [from, to]: QuestionState[] =
      action === 'dismiss' ? ['open', 'dismissed'] : ['dismissed', 'open'];
    const changed = await this.model
      .findOneAndUpdate(
        { _id: id, state: from, acts: { $not: { $elemMatch: { by, clientId } } } },
        {
          $set: { state: to },
          $push: { acts: { $each: [{ by, clientId }], $slice: -30 } },
        },
        { returnDocument: 'after' },
      )
      .lean();
    const doc = changed ?? (await this.get(id));
    if (!changed && !doc.acts.some((a) => a.by === by && a.clientId === clientId)) {
      throw new AppError('wrongStep');
    }
    return presentQuestion(doc, await this.names());
  }

  /** Somebody begins to write: nobody else needs to. @returns false when another was quicker */
  async takeInTx(session: ClientSession, id: string, articleId: string): Promise<boolean> {
    const taken = await this.model.updateOne(
      { _id: id, state: { $in: ['open', 'dismissed'] } },
      { $set: { state: 'drafted', articleId } },
      { session },
    );
    return taken.modifiedCount === 1;
  }

  /** The article begun for it was published, or given up. */
  async settleInTx(
    session: ClientSession,
    articleId: string,
    state: 'answered' | 'open',
  ): Promise<void> {
    await this.model.updateMany(
      { articleId, state: { $in: ['drafted', 'answered'] } },
      { $set: { state }, ...(state === 'open' ? { $unset: { articleId: 1 } } : {}) },
      { session },
    );
  }

  private async names(): Promise<(path: string) => string> {
    const { areasByPath } = await this.deps.directory.staff();
    return (path) => areasByPath.get(path)?.name ?? path;
  }
}
