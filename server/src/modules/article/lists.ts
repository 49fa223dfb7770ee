import type { ArticleRow, QueryOf } from '@alley-chief/shared/contract';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { dayOf } from '../../understanding';
import type { ArticleModels } from './model';
import { after, positionOf } from './paging';
import { presentRow } from './present';
import { homeRegion, knownTo } from './rights';
import type { ArticleService } from './service';

export interface ArticleListDeps {
  models: ArticleModels;
  articles: ArticleService;
  clock: Clock;
}

type Filter = Record<string, unknown>;

/** The articles of one's ground, newest change first. */
export class ArticleLists {
  constructor(private readonly deps: ArticleListDeps) {}

  async list(
    viewer: Viewer,
    q: QueryOf<'GET /articles'>,
  ): Promise<{
    items: ArticleRow[];
    nextCursor?: string;
    counts: Record<string, number>;
    mayWrite: boolean;
  }> {
    const { articles } = this.deps.models;
    const today = dayOf(this.deps.clock.now());
    const scope = knownTo(viewer, 'fields.region');
    const expired: Filter = { 'live.validTo': { $gt: '', $lt: today } };
    const place = after('updatedAt', q.cursor);
    const filters: Filter[] = [
      scope,
      q.state === 'expired' ? expired : q.state ? { state: q.state } : {},
      q.category ? { 'fields.category': q.category } : {},
      textFilter(q.q),
      ...(place ? [place] : []),
    ];
    const [found, byState, expiredCount] = await Promise.all([
      articles
        .find({ $and: filters })
        .sort({ updatedAt: -1, _id: -1 })
        .limit(q.limit + 1)
        .lean(),
      articles.aggregate<{ _id: string; n: number }>([
        { $match: scope },
        { $group: { _id: '$state', n: { $sum: 1 } } },
      ]),
      articles.countDocuments({ $and: [scope, expired] }),
    ]);
    const page = found.slice(0, q.limit);
    const last = page.at(-1);
    const [nameOf, marksOf] = await Promise.all([
      this.deps.articles.names(),
      this.deps.articles.marksOf(page.map((a) => a._id)),
    ]);
    return {
      items: page.map((a) => presentRow(a, today, nameOf, marksOf(a._id))),
      ...(found.length > q.limit && last
        ? { nextCursor: positionOf(last.updatedAt, last._id) }
        : {}),
      counts: { ...Object.fromEntries(byState.map((s) => [s._id, s.n])), expired: expiredCount },
      mayWrite: homeRegion(viewer) !== '',
    };
  }
}

/** Plain text, escaped: what is typed is looked for as it stands. */
const textFilter = (q: string | undefined): Filter => {
  if (!q) return {};
  const pattern = { $regex: q.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), $options: 'i' };
  return { $or: ['title', 'words', 'body', 'source'].map((f) => ({ [`fields.${f}`]: pattern })) };
};
