import type { CategoryCode } from '@alley-chief/shared/domain';
import type { Intent } from '../../../../../server/src/understanding';

/** A sentence as somebody says it, what they want, and what it is about where that matters. */
export type Case = [text: string, intent: Intent, category?: CategoryCode];
