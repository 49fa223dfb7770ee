import { readFileSync } from 'node:fs';
import mongoose from 'mongoose';
import { median } from '../measure';
import { residentMb } from '../machine';

const { MongoClient } = mongoose.mongo;

export interface LargeFigures {
  small: number;
  large: number;
  loadSeconds: number;
  /** Mean time of one indexed lookup, µs: with `small` and with `large` documents. */
  smallMicros: number;
  largeMicros: number;
  ratio: number;
  /** Highest resident memory seen while loading, MB; of it, what belongs to the process alone. */
  residentMb: number;
  anonymousMb: number;
}

interface Doc {
  _id: number;
  phone: string;
  village: string;
  text: string;
}

const batch = 1000;

/** Memory that is not the mapped file, which the system takes back whenever it likes. */
const anonymousMb = (pid: number): number => {
  if (process.platform !== 'linux') return NaN;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
};

const fill = async (
  docs: mongoose.mongo.Collection<Doc>,
  count: number,
  seen: () => void,
): Promise<void> => {
  for (let at = 0; at < count; at += batch) {
    await docs.insertMany(
      Array.from({ length: batch }, (_, i): Doc => {
        const n = at + i;
        return {
          _id: n,
          phone: `139${String(n).padStart(8, '0')}`,
          village: `village-${n % 2584}`,
          text: '老人每天早上在村口晒太阳，志愿者下午去看她',
        };
      }),
    );
    seen();
  }
};

/** Lookups by an indexed field, one after the other, so that time is theirs alone. */
const lookUp = async (
  docs: mongoose.mongo.Collection<Doc>,
  count: number,
  times: number,
): Promise<number> => {
  const began = performance.now();
  for (let i = 0; i < times; i++) {
    const n = Math.floor(Math.random() * count);
    const found = await docs.findOne({ phone: `139${String(n).padStart(8, '0')}` });
    if (found?._id !== n) throw new Error(`document ${n} was not found`);
  }
  return ((performance.now() - began) / times) * 1000;
};

/** Loads two collections and compares lookups in rounds that alternate between them. */
export const measureLarge = async (
  uri: string,
  pid: number,
  large: number,
  rounds: number,
  progress: (line: string) => void,
): Promise<LargeFigures> => {
  const small = 10_000;
  const client = await new MongoClient(uri).connect();
  try {
    const db = client.db('large');
    const few: mongoose.mongo.Collection<Doc> = db.collection('few');
    const many: mongoose.mongo.Collection<Doc> = db.collection('many');
    await Promise.all([few, many].map((docs) => docs.createIndex({ phone: 1 })));
    await fill(few, small, () => undefined);
    let resident = 0;
    let anonymous = 0;
    let loaded = 0;
    const began = performance.now();
    await fill(many, large, () => {
      loaded += batch;
      resident = Math.max(resident, residentMb(pid));
      anonymous = Math.max(anonymous, anonymousMb(pid));
      if (loaded % 200_000 === 0) progress(`${loaded} documents loaded`);
    });
    const loadSeconds = (performance.now() - began) / 1000;
    const times = { few: [] as number[], many: [] as number[] };
    for (let round = 0; round <= rounds; round++) {
      const a = await lookUp(few, small, 1500);
      const b = await lookUp(many, large, 1500);
      if (round === 0) continue;
      times.few.push(a);
      times.many.push(b);
    }
    return {
      small,
      large,
      loadSeconds,
      smallMicros: median(times.few),
      largeMicros: median(times.many),
      ratio: median(times.many.map((t, i) => t / times.few[i]!)),
      residentMb: resident,
      anonymousMb: anonymous,
    };
  } finally {
    await client.close();
  }
};
