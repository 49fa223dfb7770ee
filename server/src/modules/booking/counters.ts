import type { Model } from 'mongoose';
import { isWithin } from '@alley-chief/shared/domain';
import type { Viewer } from '../../http/viewer';
import { AppError } from '../../kernel/errors';
import type { CounterDoc } from './model';

/** The counters of the city's service halls. */
export class Counters {
  constructor(private readonly model: Model<CounterDoc>) {}

  /** Writes counters and their opening hours; what is booked stays booked. */
  async import(counters: readonly CounterDoc[]): Promise<void> {
    for (const counter of counters) {
      await this.model.replaceOne({ _id: counter._id }, counter, { upsert: true });
    }
  }

  /** @throws AppError notFound */
  async get(id: string): Promise<CounterDoc> {
    const counter = await this.model.findById(id).lean();
    if (!counter) throw new AppError('notFound');
    return counter;
  }

  /** The one closest to home; people without a home here get that of the ground they serve. */
  async forViewer(viewer: Viewer): Promise<CounterDoc> {
    const path = viewer.homePath ?? viewer.grants[0]?.areaPath ?? '';
    const best = (await this.model.find().lean())
      .filter((c) => isWithin(path, c.areaPath))
      .sort((a, b) => b.areaPath.length - a.areaPath.length || (a._id < b._id ? -1 : 1))[0];
    if (!best) {
      throw new AppError('notFound', undefined, '您那儿的便民中心还不能在这儿约，先问问胡同长');
    }
    return best;
  }
}
