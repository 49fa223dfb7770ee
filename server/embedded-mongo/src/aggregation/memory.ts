import { MongoError } from '../errors';

/** How much a blocking stage may hold, in bytes of BSON. */
export interface MemoryLimit {
  readonly bytes: number;
  /** Did the client allow spilling to disk, which does not exist here? */
  readonly allowDiskUse: boolean;
}

/** Counts what one stage holds. */
export class MemoryMeter {
  private used = 0;

  constructor(
    private readonly limit: MemoryLimit,
    /** The stage as messages name it: `Sort`, `$group` ... */
    private readonly stage: string,
  ) {}

  /** @throws QueryExceededMemoryLimitNoDiskUseAllowed 292 beyond the limit */
  add(bytes: number): void {
    this.used += bytes;
    if (this.used <= this.limit.bytes) return;
    const why = this.limit.allowDiskUse
      ? 'and spilling to disk is not supported by the embedded database.'
      : 'but did not opt in to external sorting.';
    throw new MongoError(
      292,
      'QueryExceededMemoryLimitNoDiskUseAllowed',
      `${this.stage} exceeded memory limit of ${this.limit.bytes} bytes, ${why}`,
    );
  }

  release(bytes: number): void {
    this.used -= bytes;
  }
}
