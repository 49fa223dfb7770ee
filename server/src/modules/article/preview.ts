import type { AnswerCard, ArticleFields, ArticleProblem } from '@alley-chief/shared/contract';
import type { Clock } from '../../kernel/clock';
import { sure, type ArticleSearch } from '../../understanding';
import type { Article } from '../../understanding/types';
import { answerCard } from './answerCard';
import { articleOf, problemsOf } from './fields';
import type { ArticleService } from './service';

export interface PreviewDeps {
  articles: ArticleService;
  /** The search of the assistant over other articles. */
  searchIn: (articles: readonly Article[]) => ArticleSearch;
  clock: Clock;
}

export interface Preview {
  problems: ArticleProblem[];
  answer?: AnswerCard;
  sure: boolean;
  own: boolean;
}

/** How the assistant would answer if a draft were published; nothing is stored. */
export class ArticlePreview {
  constructor(private readonly deps: PreviewDeps) {}

  async show(id: string | undefined, fields: ArticleFields, question: string): Promise<Preview> {
    const problems = problemsOf(fields);
    if (problems.length > 0) return { problems, sure: false, own: false };
    const draft = articleOf(id ?? 'draft', fields);
    const first = draft.paragraphs[0] ?? '';
    if (!question) {
      return { problems, answer: answerCard(draft, first, 'preview'), sure: true, own: true };
    }
    const others = (await this.deps.articles.published()).filter((a) => a.id !== draft.id);
    const now = this.deps.clock.now();
    // Asked by somebody who lives where it is meant to hold.
    const [best] = this.deps.searchIn([...others, draft])(question, {
      now,
      areaPath: draft.region,
    });
    if (!best || best.score < sure) return { problems, sure: false, own: false };
    const found = best.id === draft.id ? draft : others.find((a) => a.id === best.id);
    return {
      problems,
      ...(found ? { answer: answerCard(found, best.passage, 'preview') } : {}),
      sure: true,
      own: best.id === draft.id,
    };
  }
}
