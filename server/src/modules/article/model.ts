import { Schema, type Connection, type Model } from 'mongoose';
import { articleStates, type ArticleFields, type ArticleState } from '@alley-chief/shared/contract';

/** One entry of the audit trail: who did what when. */
export interface ArticleEvent {
  at: Date;
  by: string;
  name: string;
  what: string;
  note?: string;
}

export interface ArticleDoc {
  _id: string;
  /** Of the working copy; what is quoted stands in `live`. */
  state: ArticleState;
  /** The working copy. */
  fields: ArticleFields;
  /** What is published, as long as it is. */
  live?: ArticleFields;
  /** Published so often. */
  version: number;
  /** Who wrote on the working copy since it was last published: none of them may review it. */
  editors: string[];
  authorId: string;
  /** Why the review sent it back. */
  sentBack?: { by: string; reason: string };
  questionId?: string;
  history: ArticleEvent[];
  /** The act that began it; unique per author. */
  clientId?: string;
  /** The last client acts carried out, so that a retry changes nothing. */
  acts: { by: string; clientId: string }[];
  rev: number;
  createdAt: Date;
  updatedAt: Date;
  updatedBy: string;
}

/** Everything that was ever published. */
export interface ArticleVersionDoc {
  /** `article:n` */
  _id: string;
  articleId: string;
  n: number;
  fields: ArticleFields;
  at: Date;
  publishedBy: string;
  editors: string[];
}

export interface ArticleFeedbackDoc {
  /** `article:person`: everybody's last word counts once. */
  _id: string;
  articleId: string;
  useful: boolean;
  clientId: string;
  at: Date;
}

export type QuestionState = 'open' | 'drafted' | 'answered' | 'dismissed';

/** What was asked and could not be answered for sure. */
export interface QuestionDoc {
  /** Made of township and words: the same question is the same document. */
  _id: string;
  /** As first asked, masked. */
  text: string;
  /** Path of the township it was asked in. */
  areaPath: string;
  category?: string;
  count: number;
  state: QuestionState;
  articleId?: string;
  acts: { by: string; clientId: string }[];
  firstAt: Date;
  lastAt: Date;
}

/** Moves with every change of what may be quoted; other nodes follow it. */
export interface KnowledgeVersionDoc {
  _id: 'articles';
  n: number;
}

export interface ArticleModels {
  articles: Model<ArticleDoc>;
  versions: Model<ArticleVersionDoc>;
  feedback: Model<ArticleFeedbackDoc>;
  questions: Model<QuestionDoc>;
  knowledge: Model<KnowledgeVersionDoc>;
}

const opts = { versionKey: false as const, autoIndex: false, minimize: false };
const text = { type: String, required: true };
const mixed = { type: Schema.Types.Mixed };
const acts = [{ _id: false, by: String, clientId: String }];

export const defineArticles = (db: Connection): ArticleModels => {
  const article = new Schema<ArticleDoc>(
    {
      _id: String,
      state: { type: String, enum: articleStates, required: true },
      fields: { ...mixed, required: true },
      live: mixed,
      version: { type: Number, default: 0 },
      editors: [String],
      authorId: text,
      sentBack: mixed,
      questionId: String,
      history: { ...mixed, default: [] },
      clientId: String,
      acts,
      rev: { type: Number, default: 1 },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
      updatedBy: text,
    },
    opts,
  );
  article.index({ updatedAt: -1, _id: -1 });
  article.index({ state: 1, updatedAt: -1, _id: -1 });
  article.index(
    { authorId: 1, clientId: 1 },
    { unique: true, partialFilterExpression: { clientId: { $exists: true } } },
  );
  const version = new Schema<ArticleVersionDoc>(
    {
      _id: String,
      articleId: text,
      n: { type: Number, required: true },
      fields: { ...mixed, required: true },
      at: { type: Date, required: true },
      publishedBy: text,
      editors: [String],
    },
    opts,
  );
  const feedback = new Schema<ArticleFeedbackDoc>(
    {
      _id: String,
      articleId: text,
      useful: { type: Boolean, required: true },
      clientId: text,
      at: { type: Date, required: true },
    },
    opts,
  );
  feedback.index({ articleId: 1, useful: 1 });
  const question = new Schema<QuestionDoc>(
    {
      _id: String,
      text,
      areaPath: text,
      category: String,
      count: { type: Number, required: true },
      state: {
        type: String,
        enum: ['open', 'drafted', 'answered', 'dismissed'],
        required: true,
      },
      articleId: String,
      acts,
      firstAt: { type: Date, required: true },
      lastAt: { type: Date, required: true },
    },
    opts,
  );
  question.index({ state: 1, lastAt: -1, _id: -1 });
  question.index({ articleId: 1 }, { sparse: true });
  const knowledge = new Schema<KnowledgeVersionDoc>({ _id: String as never, n: Number }, opts);
  return {
    articles: db.model<ArticleDoc>('Article', article, 'articles'),
    versions: db.model<ArticleVersionDoc>('ArticleVersion', version, 'articleVersions'),
    feedback: db.model<ArticleFeedbackDoc>('ArticleFeedback', feedback, 'articleFeedback'),
    questions: db.model<QuestionDoc>('Question', question, 'unansweredQuestions'),
    knowledge: db.model<KnowledgeVersionDoc>('KnowledgeVersion', knowledge, 'knowledgeVersions'),
  };
};
