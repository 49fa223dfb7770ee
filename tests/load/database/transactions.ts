import mongoose from 'mongoose';
import { inTransaction } from '../../../server/src/kernel/transaction';
import { concurrency } from '../measure';

const schemaOptions = { versionKey: false, autoIndex: false } as const;

/**
 * Opens a connection and gives back a round: transactions of three writes through mongoose (a
 * message, its thread's head, a counter of its own) with `concurrency` in flight, per second.
 */
export const transactionRounds = async (
  uri: string,
): Promise<{ round(seconds: number): Promise<number>; close(): Promise<void> }> => {
  const db = await mongoose.createConnection(uri, { dbName: 'bench' }).asPromise();
  const messages = db.model(
    'messages',
    new mongoose.Schema({ thread: Number, text: String }, schemaOptions),
  );
  const threads = db.model(
    'threads',
    new mongoose.Schema({ _id: Number, last: String, n: Number }, schemaOptions),
  );
  const counters = db.model(
    'counters',
    new mongoose.Schema({ _id: Number, n: Number }, schemaOptions),
  );
  await Promise.all([messages, threads, counters].map((model) => model.createCollection()));
  const ids = Array.from({ length: concurrency }, (_, i) => i);
  await threads.insertMany(ids.map((_id) => ({ _id, n: 0 })));
  await counters.insertMany(ids.map((_id) => ({ _id, n: 0 })));
  const one = (worker: number): Promise<unknown> =>
    inTransaction(db, async (session) => {
      await messages.create([{ thread: worker, text: '东头的路灯坏了' }], { session });
      await threads.updateOne({ _id: worker }, { $inc: { n: 1 } }, { session });
      await counters.updateOne({ _id: worker }, { $inc: { n: 1 } }, { session });
    });
  return {
    async round(seconds) {
      const began = performance.now();
      const until = began + seconds * 1000;
      let done = 0;
      await Promise.all(
        ids.map(async (worker) => {
          while (performance.now() < until) {
            await one(worker);
            done++;
          }
        }),
      );
      return (done / (performance.now() - began)) * 1000;
    },
    close: () => db.close(),
  };
};
