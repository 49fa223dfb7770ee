import { Schema, type Connection, type Model } from 'mongoose';
import { isDuplicateKey } from '../kernel/mongoErrors';

interface SpentDoc {
  /** `llm:2026-11-27` */
  _id: string;
  calls: number;
}

/** Takes one call out of a day's budget; false when the day has none left. */
export type Budget = (day: string) => Promise<boolean>;

/** Shared by all nodes: the count stands in the database and moves by one atomic write. */
export const createBudget = (db: Connection, perDay: number): Budget => {
  const spent: Model<SpentDoc> = db.model<SpentDoc>(
    'SecondOpinionDay',
    new Schema<SpentDoc>({ _id: String, calls: Number }, { versionKey: false, autoIndex: false }),
    'secondOpinionDays',
  );
  return async (day) => {
    if (perDay <= 0) return false;
    try {
      const { modifiedCount, upsertedCount } = await spent.updateOne(
        { _id: `llm:${day}`, calls: { $lt: perDay } },
        { $inc: { calls: 1 } },
        { upsert: true },
      );
      return modifiedCount + upsertedCount > 0;
    } catch (error) {
      // The day's document is there and full: the upsert ran into it.
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  };
};
