import type { z } from 'zod';
import { maxText } from '@alley-chief/shared/contract';
import { AppError } from '../kernel/errors';

/** Turns zod's findings into our error: which field, and a sentence a person can act on. */
export const validationError = (error: z.ZodError, where: string): AppError => {
  const fields = error.issues.slice(0, 10).map((issue) => ({
    field: [where, ...issue.path].join('.'),
    message: sayIssue(issue),
  }));
  const tooLong = error.issues.some(
    (i) => i.code === 'too_big' && i.path.at(-1) === 'text' && i.maximum === maxText,
  );
  if (tooLong) return new AppError('textTooLong', { fields });
  const first = fields[0]?.message;
  return new AppError('invalid', { fields }, first && /[一-鿿]/.test(first) ? first : undefined);
};

const sayIssue = (issue: z.core.$ZodIssue): string => {
  if (/[一-鿿]/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return '这一项没填，或者填的类型不对';
    case 'too_big':
      return `太长或太大了，最多 ${String(issue.maximum)}`;
    case 'too_small':
      return `太短或太小了，最少 ${String(issue.minimum)}`;
    case 'unrecognized_keys':
      return `不认得这些项：${issue.keys.join('、')}`;
    default:
      return '这一项填的不对';
  }
};
