import type { ClientSession, Model } from 'mongoose';
import type { WorkloadDoc } from './model';

/** The load somebody was chosen by is no longer true: choose again. */
export class LoadMoved extends Error {}

/** How many open cases each person holds, counted in the transactions that move cases. */
export class Workloads {
  constructor(private readonly model: Model<WorkloadDoc>) {}

  async of(personIds: readonly string[]): Promise<Map<string, number>> {
    const docs = await this.model.find({ _id: { $in: personIds } }).lean();
    return new Map(docs.map((d) => [d._id, d.open]));
  }

  /**
   * Takes one more case for somebody, if their load is still what the choice was based on.
   * @param expected undefined: take it whatever the load is
   * @throws LoadMoved
   */
  async claim(session: ClientSession, personId: string, expected?: number): Promise<void> {
    const filter = expected === undefined ? {} : { open: { $lte: expected } };
    const result = await this.model.updateOne(
      { _id: personId, ...filter },
      { $inc: { open: 1 } },
      { session },
    );
    if (result.matchedCount === 1) return;
    const known = await this.model.findById(personId).session(session).lean();
    if (known) throw new LoadMoved();
    await this.model.collection.insertOne({ _id: personId, open: 1 } as never, { session });
  }

  async release(session: ClientSession, personId: string): Promise<void> {
    await this.model.updateOne(
      { _id: personId, open: { $gt: 0 } },
      { $inc: { open: -1 } },
      { session },
    );
  }
}
