import type { AnswerCard } from '@alley-chief/shared/contract';
import type { Article } from '../understanding/types';

/** A knowledge answer as it hangs in the thread: the passage as it stands, with its source. */
export const answerCard = (article: Article, messageId: string): AnswerCard => ({
  type: 'answer',
  id: `${article.id}.${messageId}`.slice(0, 64),
  rev: 1,
  title: article.title,
  passage: article.passage,
  source: article.source,
  sourceDate: article.sourceDate,
  note: article.sample ? '这是样例，以本地文件为准' : undefined,
  actions: [],
});
