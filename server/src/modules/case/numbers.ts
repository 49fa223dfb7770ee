import type { Model } from 'mongoose';
import type { Clock } from '../../kernel/clock';
import { local } from '../../kernel/localTime';

/** Numbers are taken in blocks: one write serves many cases, a crash leaves a gap and no harm. */
const block = 20;

/** Case numbers people can read out: XC-261123-0007 (city, day, running). */
export class CaseNumbers {
  private day = '';
  private next = 0;
  private end = 0;
  private taking?: Promise<void>;

  constructor(
    private readonly counters: Model<{ _id: string; n: number }>,
    private readonly clock: Clock,
    private readonly prefix: string,
  ) {}

  async take(): Promise<string> {
    const now = local(this.clock.now());
    const day = now.format('YYMMDD');
    while (day !== this.day || this.next >= this.end) {
      this.taking ??= this.takeBlock(day).finally(() => (this.taking = undefined));
      await this.taking;
    }
    const n = this.next++;
    return `${this.prefix}-${day}-${String(n + 1).padStart(4, '0')}`;
  }

  private async takeBlock(day: string): Promise<void> {
    const doc = await this.counters
      .findOneAndUpdate(
        { _id: `case:${day}` },
        { $inc: { n: block } },
        { upsert: true, returnDocument: 'after' },
      )
      .lean();
    this.day = day;
    this.end = doc.n;
    this.next = doc.n - block;
  }
}
