/** The clock as a dependency, so that tests turn it by hand. */
export interface Timers {
  now: () => number;
  /** Runs once after `ms`. Returns the function that calls it off. */
  after: (ms: number, work: () => void) => () => void;
  /** In [0, 1). */
  chance: () => number;
}

export const realTimers: Timers = {
  now: () => Date.now(),
  after(ms, work) {
    const id = setTimeout(work, ms);
    return () => clearTimeout(id);
  },
  chance: () => Math.random(),
};
