/** The only source of time. Tests hand in one that stands still until moved. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
