import type { ClientSession, Connection } from 'mongoose';

/**
 * Runs `work` in a transaction; the driver repeats it on write conflicts, so it must be repeatable.
 * Duplicate keys leave as they are: the caller knows what they mean.
 */
export const inTransaction = async <T>(
  db: Connection,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> => {
  const session = await db.startSession();
  try {
    return await session.withTransaction(() => work(session));
  } finally {
    await session.endSession();
  }
};
