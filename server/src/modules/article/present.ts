import type {
  ArticlePage,
  ArticleRow,
  CardAction,
  StatusTag,
  UnansweredQuestion,
} from '@alley-chief/shared/contract';
import { categories, isCategory } from '@alley-chief/shared/domain';
import { validityOf } from '../../understanding';
import { paragraphsOf } from './fields';
import type { ArticleDoc, QuestionDoc } from './model';

export const categoryName = (code: string): string =>
  isCategory(code) ? categories[code].name : '还没选类别';

/** Paths as people call them; told by the caller, who has the directory. */
export type NameOf = (path: string) => string;

const workTags: Record<Exclude<ArticleDoc['state'], 'published'>, StatusTag> = {
  draft: { text: '草稿', tone: 'free' },
  inReview: { text: '等审', tone: 'wait' },
  sentBack: { text: '退回来了', tone: 'hotTint' },
  withdrawn: { text: '撤下了', tone: 'done' },
};

const liveTag = (live: ArticleDoc['fields'], today: string): StatusTag => {
  switch (validityOf(daysOf(live), today)) {
    case 'valid':
      return { text: '在用', tone: 'do' };
    case 'expired':
      return { text: '过期了', tone: 'hotTint' };
    case 'notYet':
      return { text: '还没起用', tone: 'wait' };
  }
};

/** Empty days are no days. */
const daysOf = (f: ArticleDoc['fields']) => ({
  ...(f.validFrom ? { validFrom: f.validFrom } : {}),
  ...(f.validTo ? { validTo: f.validTo } : {}),
});

export const statusOf = (a: ArticleDoc, today: string): StatusTag =>
  a.state === 'published' && a.live ? liveTag(a.live, today) : workTags[a.state as 'draft'];

export interface Marks {
  useful: number;
  useless: number;
}

export const presentRow = (
  a: ArticleDoc,
  today: string,
  nameOf: NameOf,
  marks: Marks,
): ArticleRow => ({
  id: a._id,
  title: a.fields.title.trim() || '还没写标题',
  categoryName: categoryName(a.fields.category),
  regionName: nameOf(a.fields.region),
  state: a.state,
  status: statusOf(a, today),
  sample: a.fields.sample,
  version: a.version,
  ...(a.fields.validTo ? { validTo: a.fields.validTo } : {}),
  updatedAt: a.updatedAt.toISOString(),
  updatedBy: a.updatedBy,
  ...marks,
});

/** @param live absent when it was withdrawn; then only its name is told */
export const presentPage = (
  a: ArticleDoc,
  today: string,
  nameOf: NameOf,
  useful: boolean | undefined,
): ArticlePage => {
  const f = a.live ?? a.fields;
  return {
    id: a._id,
    title: f.title,
    categoryName: categoryName(f.category),
    regionName: nameOf(f.region),
    status: a.live ? liveTag(a.live, today) : workTags.withdrawn,
    valid: a.live !== undefined && validityOf(daysOf(a.live), today) === 'valid',
    paragraphs: a.live ? paragraphsOf(f.body).map((p) => p.text) : [],
    source: f.source,
    ...(f.sourceDate ? { sourceDate: f.sourceDate } : {}),
    ...daysOf(f),
    sample: f.sample,
    ...(useful === undefined ? {} : { useful }),
  };
};

export const button = (
  action: string,
  label: string,
  style: CardAction['style'],
  more: Partial<CardAction> = {},
): CardAction => ({ action, label, style, needs: [], ...more });

const questionTags: Record<QuestionDoc['state'], StatusTag> = {
  open: { text: '没人答', tone: 'wait' },
  drafted: { text: '正在写', tone: 'do' },
  answered: { text: '写好了', tone: 'done' },
  dismissed: { text: '不用答', tone: 'free' },
};

const questionActions = (q: QuestionDoc): CardAction[] => {
  switch (q.state) {
    case 'open':
      return [button('draft', '写答案', 'filled'), button('dismiss', '不用答', 'text')];
    case 'drafted':
    case 'answered':
      return q.articleId
        ? [button('open:article', '看这一篇', 'outline', { target: q.articleId })]
        : [];
    case 'dismissed':
      return [button('reopen', '还是要答', 'outline')];
  }
};

export const presentQuestion = (q: QuestionDoc, nameOf: NameOf): UnansweredQuestion => ({
  id: q._id,
  text: q.text,
  count: q.count,
  ...(q.category ? { categoryName: categoryName(q.category) } : {}),
  areaName: nameOf(q.areaPath),
  firstAt: q.firstAt.toISOString(),
  lastAt: q.lastAt.toISOString(),
  state: q.state,
  status: questionTags[q.state],
  ...(q.articleId ? { articleId: q.articleId } : {}),
  actions: questionActions(q),
});
