import type { AnswerCard } from '@alley-chief/shared/contract';
import type { Article } from '../../understanding/types';

/** A knowledge answer as it hangs in the thread: the paragraph as it stands, with its source. */
export const answerCard = (article: Article, passage: string, messageId: string): AnswerCard => ({
  type: 'answer',
  id: `${article.id}.${messageId}`.slice(0, 64),
  rev: 1,
  title: article.title,
  passage,
  source: article.source,
  sourceDate: article.sourceDate,
  note: article.sample ? '这是样例，以本地文件为准' : undefined,
  actions: [
    {
      action: 'open:article',
      label: '看全文',
      style: 'outline',
      needs: [],
      target: article.id,
    },
  ],
});
