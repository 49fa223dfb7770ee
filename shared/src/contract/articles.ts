import { z } from 'zod';
import { answerCard, cardAction, statusTag } from './cards';
import { endpoint } from './endpoint';
import { clientId, id, isoTime, pageOf, pageQuery } from './primitives';

/** What staff write. Checked for length only, so that an unfinished draft can be put away. */
export const articleFields = z.object({
  title: z.string().max(200),
  /** A category's code; empty while not chosen. */
  category: z.string().max(60),
  /** Path of the area it holds in; `/` = everywhere. */
  region: z.string().max(200),
  source: z.string().max(400),
  /** Days are `YYYY-MM-DD` or empty. */
  sourceDate: z.string().max(20),
  validFrom: z.string().max(20),
  validTo: z.string().max(20),
  /** Ways to ask, separated by blanks. */
  words: z.string().max(2000),
  sample: z.boolean(),
  /** Markdown: paragraphs between blank lines. */
  body: z.string().max(8000),
});
export type ArticleFields = z.infer<typeof articleFields>;

/** What keeps an article from being handed in. */
export const articleProblem = z.object({
  field: articleFields.keyof(),
  /** Line of the body. */
  line: z.number().int().optional(),
  message: z.string(),
});
export type ArticleProblem = z.infer<typeof articleProblem>;

export const articleStates = ['draft', 'inReview', 'sentBack', 'published', 'withdrawn'] as const;
export type ArticleState = (typeof articleStates)[number];

const articleRow = z.object({
  id,
  title: z.string(),
  categoryName: z.string(),
  regionName: z.string(),
  state: z.enum(articleStates),
  status: statusTag,
  sample: z.boolean(),
  /** Published so often; 0 = never yet. */
  version: z.number().int(),
  validTo: z.string().optional(),
  updatedAt: isoTime,
  updatedBy: z.string(),
  useful: z.number().int(),
  useless: z.number().int(),
});
export type ArticleRow = z.infer<typeof articleRow>;

/** The working copy as staff see it, with everything that ever happened to the article. */
const articleDraft = articleRow.extend({
  rev: z.number().int(),
  fields: articleFields,
  problems: z.array(articleProblem),
  /** What is quoted meanwhile, when the working copy is another. */
  live: articleFields.optional(),
  /** Why it came back, while it has. */
  sentBack: z.object({ by: z.string(), reason: z.string() }).optional(),
  /** The question it was begun for. */
  question: z.string().optional(),
  history: z.array(
    z.object({ at: isoTime, by: z.string(), what: z.string(), note: z.string().optional() }),
  ),
  /** `edit` among them: the fields may be changed. */
  actions: z.array(cardAction),
  /** What may be chosen by this viewer. */
  regions: z.array(z.object({ path: z.string(), name: z.string() })),
  categories: z.array(z.object({ code: z.string(), name: z.string() })),
});
export type ArticleDraft = z.infer<typeof articleDraft>;

/** An article as everybody may read it. */
const articlePage = z.object({
  id,
  title: z.string(),
  categoryName: z.string(),
  regionName: z.string(),
  status: statusTag,
  valid: z.boolean(),
  /** Empty when it was withdrawn. */
  paragraphs: z.array(z.string()),
  source: z.string(),
  sourceDate: z.string().optional(),
  validFrom: z.string().optional(),
  validTo: z.string().optional(),
  sample: z.boolean(),
  /** What this viewer thought of it. */
  useful: z.boolean().optional(),
});
export type ArticlePage = z.infer<typeof articlePage>;

const questionStates = ['open', 'drafted', 'answered', 'dismissed'] as const;

const unansweredQuestion = z.object({
  id,
  /** As first asked, without names and numbers. */
  text: z.string(),
  count: z.number().int(),
  categoryName: z.string().optional(),
  areaName: z.string(),
  firstAt: isoTime,
  lastAt: isoTime,
  state: z.enum(questionStates),
  status: statusTag,
  articleId: id.optional(),
  actions: z.array(cardAction),
});
export type UnansweredQuestion = z.infer<typeof unansweredQuestion>;

const byId = z.object({ id });
/** Finer rules (ground, duties of the unit, never one's own) are the policies'. */
const writers = ['gridLeader', 'gridSupervisor', 'unitStaff', 'dispatcher', 'admin'] as const;

export const articleEndpoints = {
  'GET /articles': endpoint({
    operationId: 'listArticles',
    summary: 'Policies and how-tos of the own ground, in work and published, newest change first',
    access: writers,
    query: pageQuery.extend({
      state: z.enum([...articleStates, 'expired']).optional(),
      category: z.string().max(60).optional(),
      q: z.string().trim().max(50).optional(),
    }),
    reply: pageOf(articleRow).extend({
      counts: z.record(z.string(), z.number().int()),
      mayWrite: z.boolean(),
    }),
  }),
  'POST /articles': endpoint({
    operationId: 'createArticle',
    summary: 'Begin a draft, empty or from an unanswered question',
    access: writers,
    body: z.object({ clientId, questionId: id.optional() }),
    reply: articleDraft,
    status: 201,
  }),
  'POST /articles/preview': endpoint({
    operationId: 'previewArticle',
    summary: 'How the assistant would answer a question if these fields were published',
    access: writers,
    body: z.object({
      id: id.optional(),
      fields: articleFields,
      question: z.string().trim().max(200).default(''),
    }),
    reply: z.object({
      problems: z.array(articleProblem),
      /** Absent while the fields are not well-formed. */
      answer: answerCard.optional(),
      /** Whether the assistant would dare to answer the question, and from this article. */
      sure: z.boolean(),
      own: z.boolean(),
    }),
    perMinute: 120,
  }),
  'POST /articles/import': endpoint({
    operationId: 'importArticles',
    summary: 'Hand in Markdown files with front matter for review; bad ones are told by line',
    access: ['dispatcher', 'admin'],
    body: z.object({
      clientId,
      files: z
        .array(
          z.object({
            name: z.string().regex(/^[a-z0-9-]{1,60}\.md$/, '文件名只能用小写字母、数字和短横'),
            text: z.string().max(20_000),
          }),
        )
        .min(1)
        .max(100),
    }),
    reply: z.object({
      stored: z.array(z.string()),
      errors: z.array(z.object({ file: z.string(), line: z.number().int(), message: z.string() })),
    }),
  }),
  'GET /articles/:id': endpoint({
    operationId: 'getArticle',
    summary: 'One article as published, with its source and how long it holds',
    access: 'signedIn',
    params: byId,
    reply: articlePage,
  }),
  'GET /articles/:id/draft': endpoint({
    operationId: 'getArticleDraft',
    summary: 'The working copy with its history, for who writes or reviews it',
    access: writers,
    params: byId,
    reply: articleDraft,
  }),
  'PUT /articles/:id': endpoint({
    operationId: 'saveArticle',
    summary: 'Save the working copy; what is published stays as it is',
    access: writers,
    params: byId,
    body: z.object({ clientId, rev: z.number().int(), fields: articleFields }),
    reply: articleDraft,
    errors: ['conflict', 'wrongStep'],
  }),
  'POST /articles/:id/actions': endpoint({
    operationId: 'actOnArticle',
    summary: 'submit, publish (never by who wrote it), sendBack with a reason, withdraw',
    access: writers,
    params: byId,
    body: z.object({
      clientId,
      rev: z.number().int(),
      action: z.enum(['submit', 'publish', 'sendBack', 'withdraw']),
      reason: z.string().trim().max(300).optional(),
    }),
    reply: articleDraft,
    errors: ['conflict', 'wrongStep'],
  }),
  'POST /articles/:id/feedback': endpoint({
    operationId: 'rateArticle',
    summary: 'Useful or not; what it did not answer goes to the unanswered questions',
    access: 'signedIn',
    params: byId,
    body: z.object({
      clientId,
      useful: z.boolean(),
      question: z.string().trim().max(200).optional(),
    }),
    reply: articlePage,
  }),
  'GET /questions': endpoint({
    operationId: 'listUnansweredQuestions',
    summary: 'What people asked and no article answered for sure, latest first',
    access: writers,
    query: pageQuery.extend({ state: z.enum(questionStates).default('open') }),
    reply: pageOf(unansweredQuestion).extend({ counts: z.record(z.string(), z.number().int()) }),
  }),
  'POST /questions/:id/actions': endpoint({
    operationId: 'actOnQuestion',
    summary: 'dismiss a question nobody needs to answer, or take that back',
    access: writers,
    params: byId,
    body: z.object({ clientId, action: z.enum(['dismiss', 'reopen']) }),
    reply: unansweredQuestion,
    errors: ['wrongStep'],
  }),
} as const;
