import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import type { CommandContext, Reply } from '../commands/context';
import { writeConcernErrorOf } from './concerns';
import { labelsOf } from './error-labels';
import type { Failure } from './fail-points';

/** What adds to a reply beyond the command itself. */
export interface Circumstances {
  readonly failure: Failure | undefined;
  readonly isWrite: boolean;
  readonly onChangeStream: boolean;
}

/** Adds the write concern error and the labels that a reply must carry. */
export function finishReply(
  body: Document,
  name: string,
  reply: Reply,
  { failure, isWrite, onChangeStream }: Circumstances,
): Reply {
  const writeConcernError =
    failure?.writeConcernError ?? (isWrite ? writeConcernErrorOf(body) : undefined);
  if (!writeConcernError && reply.ok !== 0) return reply;
  const full = writeConcernError ? { ...reply, writeConcernError } : reply;
  const labels = failure?.labels ?? labelsOf(body, name, full, onChangeStream && !failure?.early);
  const own = Array.isArray(reply.errorLabels) ? (reply.errorLabels as string[]) : [];
  const { errorLabels: _, ...rest } = full;
  const all = [...new Set([...own, ...labels])];
  return all.length ? { ...rest, errorLabels: all } : rest;
}

/** Snapshot reads tell the time they read at. */
export function withClusterTime({ snapshot }: CommandContext, reply: Reply): Reply {
  if (!snapshot) return reply;
  const { atClusterTime } = snapshot;
  if (isDocument(reply.cursor)) return { ...reply, cursor: { ...reply.cursor, atClusterTime } };
  return { ...reply, atClusterTime };
}
