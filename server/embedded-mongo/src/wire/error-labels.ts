import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import { toDouble } from '../bson/numbers';

/** Codes of a server that goes away or changes its role: the same command may work elsewhere. */
const RETRYABLE = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);
/** Codes after which the whole transaction may be tried again. */
const TRANSIENT = new Set([24, 112, 239, 246, 267]);
/** Further codes after which a change stream may be resumed. */
const RESUMABLE = new Set([43, 63, 133, 150, 175, 234, 13388]);

const codeOf = (value: unknown): number | undefined =>
  isDocument(value) && value.code !== undefined ? toDouble(value.code) : undefined;

/**
 * The labels MongoDB gives a reply, by what the client may do next.
 * @param body the command that was answered
 * @param onChangeStream the command opens or reads a change stream
 */
export function labelsOf(
  body: Document,
  name: string,
  reply: Document,
  onChangeStream: boolean,
): string[] {
  const code = reply.ok === 0 ? codeOf(reply) : undefined;
  const writeConcernCode = codeOf(reply.writeConcernError);
  if (code === undefined && writeConcernCode === undefined) return [];
  const ends = name === 'commitTransaction' || name === 'abortTransaction';
  const labels: string[] = [];
  if (body.autocommit === false && code !== undefined) {
    const transient =
      TRANSIENT.has(code) ||
      (code === 251 && !(ends && writeConcernCode !== undefined)) ||
      (!ends && RETRYABLE.has(code));
    if (transient) labels.push('TransientTransactionError');
  }
  const numbered = body.txnNumber !== undefined && (body.autocommit !== false || ends);
  const retryable = (c: number | undefined) => c !== undefined && RETRYABLE.has(c);
  if (numbered && (retryable(code) || retryable(writeConcernCode)))
    labels.push('RetryableWriteError');
  if (onChangeStream && code !== undefined && (RETRYABLE.has(code) || RESUMABLE.has(code)))
    labels.push('ResumableChangeStreamError');
  return labels;
}
