import mongoose, { type Connection } from 'mongoose';
import { DatabaseError } from './embedded';

/** Credentials never reach a log or a terminal. */
export const withoutPassword = (url: string): string => url.replace(/\/\/[^@/]*@/, '//***@');

/**
 * Opens the one connection of a node. Majority writes: what is acknowledged survives a failover.
 * @throws DatabaseError when nothing answers within five seconds
 */
export const connect = async (uri: string, dbName: string): Promise<Connection> => {
  try {
    return await mongoose
      .createConnection(uri, {
        dbName,
        serverSelectionTimeoutMS: 5000,
        maxPoolSize: 50,
        writeConcern: { w: 'majority', journal: true },
        retryWrites: true,
        // An undefined field is absent; null would enter partial indexes and break replies.
        ignoreUndefined: true,
        autoIndex: false,
        autoCreate: false,
      })
      .asPromise();
  } catch (error) {
    throw new DatabaseError(
      `连不上数据库 ${withoutPassword(uri)}：${(error as Error).message.split('\n')[0] ?? ''}`,
    );
  }
};

/** Creates every declared index; existing ones are left alone. */
export const ensureIndexes = async (db: Connection): Promise<void> => {
  await Promise.all(Object.values(db.models).map((model) => model.createIndexes()));
};
