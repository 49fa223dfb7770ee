import type { CategoryCode } from '@alley-chief/shared/domain';

/**
 * What people say about a category, in the canonical form (`我` for 俺, `怎` for 咋). Entries are
 * separated by spaces, in the notation of `phrases.ts`.
 */
export interface Words {
  /** One of these is enough. */
  sure?: string;
  /** Probably, but something else says it too. */
  likely?: string;
  /** Supports, does not decide. */
  hint?: string;
  /** Sounds alike and is something else. */
  not?: string;
}

export type Lexicon = Partial<Record<CategoryCode, Words>>;
