import { policy, type Policy } from '../../http/binder';
import type { ArticleDrafts } from './drafts';
import type { QuestionService } from './questions';

/** Who writes or reviews on the ground it holds for. */
export const draftReader = (drafts: ArticleDrafts): Policy<'GET /articles/:id/draft'> =>
  policy('articleOfOwnGround', ({ params, viewer }) => drafts.knownTo(params.id, viewer));

export const draftWriter = (drafts: ArticleDrafts): Policy<'PUT /articles/:id'> =>
  policy('articleWriter', ({ params, body, viewer }) =>
    drafts.writableBy(params.id, viewer, body.fields),
  );

/** Writers hand in; reviewers, never those who wrote it, decide. */
export const draftActor = (drafts: ArticleDrafts): Policy<'POST /articles/:id/actions'> =>
  policy('articleWriterOrReviewer', ({ params, body, viewer }) =>
    drafts.allows(params.id, viewer, body),
  );

/** Drafts are begun where one may write; a question must be of the own ground. */
export const draftBeginner = (questions: QuestionService): Policy<'POST /articles'> =>
  policy('questionOfOwnGround', ({ body, viewer }) =>
    body.questionId ? questions.knownTo(body.questionId, viewer) : true,
  );

export const questionActor = (questions: QuestionService): Policy<'POST /questions/:id/actions'> =>
  policy('questionOfOwnGround', ({ params, viewer }) => questions.knownTo(params.id, viewer));
