import mongoose from 'mongoose';
import { concurrency, median } from '../measure';

const { MongoClient } = mongoose.mongo;

/** One kind of command against a no-op `ping` on the same client. */
export interface OperationFigure {
  name: string;
  perSecond: number;
  pingPerSecond: number;
  /** Median of the rounds' ratios. */
  ratio: number;
  aim: number;
}

interface Doc {
  _id: number;
  village: string;
  n: number;
  text: string;
}

const documents = 20_000;
const newId = (() => {
  let next = documents;
  return (): number => ++next;
})();
const someId = (): number => Math.floor(Math.random() * documents);
const docOf = (_id: number): Doc => ({
  _id,
  village: `village-${_id % 97}`,
  n: 0,
  text: '东头的路灯坏了三天了，晚上看不见路',
});

/** Calls per second with `concurrency` in flight all the time. */
const rate = async (seconds: number, act: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  const until = began + seconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < until) {
        await act();
        done++;
      }
    }),
  );
  return (done / (performance.now() - began)) * 1000;
};

/**
 * Rounds alternate between `ping` and each operation, so that a slow moment of the machine hits both.
 */
export const measureOperations = async (
  uri: string,
  rounds: number,
  seconds: number,
): Promise<OperationFigure[]> => {
  const client = await new MongoClient(uri, { maxPoolSize: concurrency }).connect();
  try {
    const db = client.db('bench');
    const docs: mongoose.mongo.Collection<Doc> = db.collection('docs');
    const inserts: mongoose.mongo.Collection<Doc> = db.collection('inserts');
    for (let at = 0; at < documents; at += 1000)
      await docs.insertMany(Array.from({ length: 1000 }, (_, i) => docOf(at + i)));
    const acts: [string, number, () => Promise<unknown>][] = [
      ['insertOne', 0.5, () => inserts.insertOne(docOf(newId()))],
      ['findOne by _id', 0.5, () => docs.findOne({ _id: someId() })],
      [
        'findOneAndUpdate by _id',
        0.35,
        () => docs.findOneAndUpdate({ _id: someId() }, { $inc: { n: 1 } }),
      ],
    ];
    const ping = (): Promise<unknown> => db.command({ ping: 1 });
    const seen = acts.map(() => ({ own: [] as number[], ping: [] as number[] }));
    for (let round = 0; round <= rounds; round++)
      for (const [i, [, , act]] of acts.entries()) {
        const pings = await rate(seconds, ping);
        const own = await rate(seconds, act);
        // Round 0 warms both up and does not count.
        if (round === 0) continue;
        seen[i]!.ping.push(pings);
        seen[i]!.own.push(own);
      }
    return acts.map(([name, aim], i) => ({
      name,
      aim,
      perSecond: median(seen[i]!.own),
      pingPerSecond: median(seen[i]!.ping),
      ratio: median(seen[i]!.own.map((own, r) => own / seen[i]!.ping[r]!)),
    }));
  } finally {
    await client.close();
  }
};
