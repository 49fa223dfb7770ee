import mongoose from 'mongoose';
import { quantile } from '../measure';

const { MongoClient } = mongoose.mongo;

/** How long an insert waits while somebody else's slow command is at work. */
export interface FairnessFigure {
  name: string;
  slowMs: number;
  inserts: number;
  p50: number;
  p99: number;
  max: number;
}

/**
 * Runs each slow command against the collection `measureLarge` left, with small inserts from
 * another client beside it.
 */
export const measureFairness = async (uri: string): Promise<FairnessFigure[]> => {
  const slow = await new MongoClient(uri).connect();
  const quick = await new MongoClient(uri).connect();
  try {
    const many = slow.db('large').collection('many');
    const other = quick.db('bench').collection('beside');
    const commands: [string, () => Promise<unknown>][] = [
      ['find without index, nothing found', () => many.find({ text: 'nowhere' }).toArray()],
      ['count without index', () => many.countDocuments({ village: /7$/ })],
      [
        '$group over everything',
        () => many.aggregate([{ $group: { _id: '$village', n: { $sum: 1 } } }]).toArray(),
      ],
      [
        'sort without index, first 20',
        () => many.find().sort({ text: 1, _id: -1 }).limit(20).toArray(),
      ],
      ['updateMany of a tenth', () => many.updateMany({ village: /7$/ }, { $set: { seen: true } })],
      ['createIndex', () => many.createIndex({ village: 1, _id: -1 })],
      ['deleteMany of a tenth', () => many.deleteMany({ village: /3$/ })],
    ];
    const figures: FairnessFigure[] = [];
    for (const [name, command] of commands) {
      let running = true;
      const began = performance.now();
      const work = command().finally(() => (running = false));
      const waits: number[] = [];
      while (running) {
        const sent = performance.now();
        await other.insertOne({ n: waits.length });
        waits.push(performance.now() - sent);
      }
      await work;
      figures.push({
        name,
        slowMs: performance.now() - began,
        inserts: waits.length,
        p50: quantile(waits, 0.5),
        p99: quantile(waits, 0.99),
        max: Math.max(...waits),
      });
    }
    return figures;
  } finally {
    await Promise.all([slow.close(), quick.close()]);
  }
};
