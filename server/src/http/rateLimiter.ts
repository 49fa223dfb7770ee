import { AppError } from '../kernel/errors';
import type { Clock } from '../kernel/clock';

export interface RateLimiter {
  /** @throws AppError tooMany with the seconds to wait */
  take(key: string, perMinute: number): void;
}

/**
 * Token buckets in memory: a full minute's worth may come at once, then they refill evenly.
 * One node's memory is enough: the limit keeps a finger or a script in check, not a botnet.
 */
export const createRateLimiter = (clock: Clock, scale = 1): RateLimiter => {
  const buckets = new Map<string, { tokens: number; at: number }>();
  let sweepAt = 0;
  return {
    take(key, perMinute) {
      const capacity = perMinute * scale;
      const now = clock.now().getTime();
      if (now > sweepAt) {
        // A bucket untouched for a minute is full again: forgetting it changes nothing.
        for (const [k, b] of buckets) if (now - b.at > 60_000) buckets.delete(k);
        sweepAt = now + 60_000;
      }
      const bucket = buckets.get(key) ?? { tokens: capacity, at: now };
      // A clock set back must not take tokens away.
      const passed = Math.max(0, now - bucket.at);
      bucket.tokens = Math.min(capacity, bucket.tokens + (passed / 60_000) * capacity);
      bucket.at = now;
      buckets.set(key, bucket);
      if (bucket.tokens < 1) {
        throw new AppError('tooMany', { retryAfter: Math.ceil(60 / capacity) });
      }
      bucket.tokens -= 1;
    },
  };
};
