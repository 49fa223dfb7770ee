import type { QuestionService } from '../modules/article/questions';
import type { ThreadTx } from '../modules/conversation/thread';
import type { Matter } from '../understanding/types';
import type { Situation } from './context';

/** A question that went to a person is one the articles do not answer; a secret stays one. */
export const noteUnanswered = async (
  questions: QuestionService,
  m: Matter,
  s: Situation,
  tx: ThreadTx,
): Promise<void> => {
  if (m.intent !== 'question' || m.confidential || s.message.visibleTo) return;
  await questions.noteInTx(tx.session, {
    text: m.text,
    areaPath: s.household.areaPath,
    category: m.category,
    names: [s.reporter.name, ...m.entities.people.map((p) => p.text)],
  });
};
