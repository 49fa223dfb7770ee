import type { CaseActionBody } from '@alley-chief/shared/contract';
import { isCategory, type Need, type WorkflowStep } from '@alley-chief/shared/domain';
import { AppError } from '../../kernel/errors';

interface Check {
  field: keyof CaseActionBody;
  given(body: CaseActionBody): boolean;
  /** What to say when it is missing. */
  ask: string;
}

const hasText = (body: CaseActionBody): boolean => Boolean(body.text);

const checks: Record<Need, Check> = {
  text: { field: 'text', given: hasText, ask: '说一句再发' },
  reason: { field: 'text', given: hasText, ask: '写一句为什么' },
  result: { field: 'text', given: hasText, ask: '写一句办成了什么样' },
  photo: { field: 'fileIds', given: (b) => Boolean(b.fileIds?.length), ask: '先选一张照片' },
  stars: { field: 'stars', given: (b) => Boolean(b.stars), ask: '点一下星星再交' },
  person: { field: 'personId', given: (b) => Boolean(b.personId), ask: '选一个人再派' },
  category: {
    field: 'category',
    given: (b) => Boolean(b.category && isCategory(b.category)),
    ask: '先定下来是哪类事',
  },
  case: { field: 'caseId', given: (b) => Boolean(b.caseId), ask: '说清楚是哪一件' },
};

/** @throws AppError invalid, with what the step still needs */
export const checkNeeds = (step: WorkflowStep<string>, body: CaseActionBody): void => {
  for (const need of step.needs ?? []) {
    const check = checks[need];
    if (!check.given(body)) throw new AppError('invalid', { field: check.field }, check.ask);
  }
};
