import { errorCatalogue, type ErrorCode } from '@alley-chief/shared/domain';

/** The one error a handler throws on purpose: a stable code and a Chinese sentence. */
export class AppError extends Error {
  readonly status: number;
  constructor(
    readonly code: ErrorCode,
    readonly details?: unknown,
    /** Only when the catalogue's sentence can be said better here. */
    sentence?: string,
  ) {
    super(sentence ?? errorCatalogue[code].message);
    this.name = 'AppError';
    this.status = errorCatalogue[code].status;
  }
}
