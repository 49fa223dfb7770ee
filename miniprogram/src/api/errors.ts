import type { ErrorBody } from '@alley-chief/shared/contract';

/** Codes made on this side; all others come from the server's catalogue. */
export type LocalCode = 'offline' | 'signedOut' | 'unreadable';

const sentences: Record<LocalCode, string> = {
  offline: '这会儿没有网，连上再试',
  signedOut: '登录过期了，请重新登录',
  unreadable: '不是您的事，是我们这边卡住了，过一会儿再试',
};

/** Why a call did not succeed. `message` is a Chinese sentence that can be shown as it is. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly details?: unknown,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** The same call may succeed later without anybody changing it. */
  get retryable(): boolean {
    return this.status === 0 || this.status >= 500 || this.status === 429 || this.status === 401;
  }
}

export const localError = (code: LocalCode): ApiError => new ApiError(code, sentences[code], 0);

/** Reads the single error shape of the server; anything else is our own fault. */
export function errorFrom(status: number, data: unknown): ApiError {
  const body = data as Partial<ErrorBody> | null | undefined;
  return typeof body?.code === 'string' && typeof body.message === 'string'
    ? new ApiError(body.code, body.message, status, body.details)
    : new ApiError('unreadable', sentences.unreadable, status);
}

/** Any thrown thing as an ApiError, for pages that show why. */
export const problemOf = (error: unknown): ApiError =>
  error instanceof ApiError ? error : localError('unreadable');
