import type { Reply } from '../commands/context';
import { asMongoError } from '../errors';

/** An error as MongoDB sends it. */
export function errorReply(error: unknown): Reply {
  const known = asMongoError(error);
  return {
    ok: 0,
    errmsg: known.message,
    code: known.code,
    codeName: known.codeName,
    ...known.extra,
    ...(known.labels.length ? { errorLabels: known.labels } : {}),
  };
}
