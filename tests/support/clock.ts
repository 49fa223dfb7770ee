import type { Clock } from '../../server/src/kernel/clock';

/** Stands still until moved. */
export interface TestClock extends Clock {
  set(at: string | Date): void;
  advance(by: { hours?: number; minutes?: number; seconds?: number }): void;
}

/** Wednesday noon in Henan, a working day with everybody on duty. */
export const testClock = (start = '2026-07-15T04:00:00.000Z'): TestClock => {
  let now = new Date(start);
  return {
    now: () => new Date(now),
    set: (at) => {
      now = new Date(at);
    },
    advance: ({ hours = 0, minutes = 0, seconds = 0 }) => {
      now = new Date(now.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000);
    },
  };
};
