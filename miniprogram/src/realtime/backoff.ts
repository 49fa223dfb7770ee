/** First and longest wait between two attempts, ms. */
export const shortestWait = 500;
export const longestWait = 15_000;

/**
 * How long to wait before attempt number `attempt` (0 is the first retry): doubles from half a second to 15 s,
 * and half of it is chance, so that a village does not come back in one wave after an outage.
 * @param chance in [0, 1)
 */
export function waitBefore(attempt: number, chance: number): number {
  const full = Math.min(longestWait, shortestWait * 2 ** Math.min(attempt, 30));
  return Math.round(full / 2 + (full / 2) * chance);
}
