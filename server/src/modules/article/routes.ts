import { open, type Implementations } from '../../http/binder';
import type { ArticleDrafts } from './drafts';
import type { ArticleImporter } from './importer';
import type { ArticleLists } from './lists';
import { draftActor, draftBeginner, draftReader, draftWriter, questionActor } from './policy';
import type { ArticlePreview } from './preview';
import type { QuestionService } from './questions';
import type { ArticleService } from './service';

export interface ArticleRouteDeps {
  articles: ArticleService;
  drafts: ArticleDrafts;
  lists: ArticleLists;
  preview: ArticlePreview;
  importer: ArticleImporter;
  questions: QuestionService;
}

export const articleRoutes = (deps: ArticleRouteDeps): Implementations => {
  const { articles, drafts, lists, preview, importer, questions } = deps;
  return {
    'GET /articles': {
      policy: open(),
      handle: ({ query, viewer }) => lists.list(viewer, query),
    },
    'POST /articles': {
      policy: draftBeginner(questions),
      handle: ({ body, viewer }) => drafts.create(viewer, body),
    },
    'POST /articles/preview': {
      policy: open(),
      handle: ({ body }) => preview.show(body.id, body.fields, body.question),
    },
    'POST /articles/import': {
      policy: open(),
      handle: ({ body, viewer }) => importer.import(viewer, body),
    },
    'GET /articles/:id': {
      policy: open(),
      handle: ({ params, viewer }) => articles.page(params.id, viewer),
    },
    'GET /articles/:id/draft': {
      policy: draftReader(drafts),
      handle: async ({ params, viewer }) => drafts.present(await drafts.get(params.id), viewer),
    },
    'PUT /articles/:id': {
      policy: draftWriter(drafts),
      handle: ({ params, body, viewer }) => drafts.save(params.id, viewer, body),
    },
    'POST /articles/:id/actions': {
      policy: draftActor(drafts),
      handle: ({ params, body, viewer }) => drafts.act(params.id, viewer, body),
    },
    'POST /articles/:id/feedback': {
      policy: open(),
      handle: ({ params, body, viewer }) => articles.rate(params.id, viewer, body),
    },
    'GET /questions': {
      policy: open(),
      handle: ({ query, viewer }) => questions.list(viewer, query),
    },
    'POST /questions/:id/actions': {
      policy: questionActor(questions),
      handle: ({ params, body, viewer }) => questions.act(params.id, viewer, body),
    },
  };
};
