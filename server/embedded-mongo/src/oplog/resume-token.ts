import { Timestamp } from 'bson';
import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import { MongoError, typeMismatch } from '../errors';
import type { Oplog } from './oplog';

/** Where a stream starts: after a position, or after the invalidation that follows it. */
export interface StartPosition {
  readonly position: number;
  /** The entry at the position was seen, but not the invalidation it may entail. */
  readonly mayInvalidate: boolean;
}

/** What a token stands for besides its position, as its last two digits. */
const KINDS = {
  /** The event at the position. */
  event: '',
  /** Everything up to the position, and whatever that entails. */
  passed: '80',
  /** The invalidation that the event at the position entails. */
  invalidation: 'FF',
} as const;

/** Resume tokens are the position in hexadecimal, so that they also sort as strings. */
export function token(position: number, kind: keyof typeof KINDS = 'event'): string {
  return position.toString(16).padStart(16, '0').toUpperCase() + KINDS[kind];
}

/**
 * @throws InvalidResumeToken 260, ChangeStreamHistoryLost 286 when the log no longer reaches back
 *   that far, TypeMismatch 14, 40674
 */
export function startPosition(stage: Document, oplog: Oplog): StartPosition {
  const { resumeAfter, startAfter, startAtOperationTime } = stage;
  const given = [resumeAfter, startAfter, startAtOperationTime].filter((o) => o !== undefined);
  if (given.length > 1)
    throw new MongoError(
      40674,
      'Location40674',
      'Only one type of resume option is allowed, but multiple were found.',
    );
  if (!given.length) return { position: oplog.durable, mayInvalidate: false };
  if (startAtOperationTime !== undefined) {
    if (!(startAtOperationTime instanceof Timestamp))
      throw typeMismatch("BSON field '$changeStream.startAtOperationTime' must be a timestamp");
    const position = oplog.positionBefore(startAtOperationTime);
    checkReachable(position, oplog);
    return { position, mayInvalidate: false };
  }
  const { position, kind } = parse(resumeAfter ?? startAfter);
  if (kind === KINDS.invalidation && resumeAfter !== undefined)
    throw new MongoError(
      260,
      'InvalidResumeToken',
      "Attempting to resume a change stream using 'resumeAfter' is not allowed from an invalidate notification.",
    );
  checkReachable(position, oplog);
  return { position, mayInvalidate: kind === KINDS.event };
}

function parse(resume: unknown): { position: number; kind: string } {
  const data = isDocument(resume) ? resume._data : undefined;
  const match = typeof data === 'string' && /^([0-9A-F]{16})(80|FF)?$/.exec(data);
  if (!match)
    throw new MongoError(260, 'InvalidResumeToken', 'Resume token not found or malformed');
  return { position: parseInt(match[1]!, 16), kind: match[2] ?? KINDS.event };
}

/** @throws ChangeStreamHistoryLost 286 when the log does not hold everything after the position. */
export function checkReachable(position: number, oplog: Oplog): void {
  if (position >= oplog.oldest - 1 && position <= oplog.durable) return;
  throw new MongoError(
    286,
    'ChangeStreamHistoryLost',
    'Resume of change stream was not possible, as the resume point may no longer be in the oplog.',
    {},
    ['NonResumableChangeStreamError'],
  );
}
