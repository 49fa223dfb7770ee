import { connect } from '../../server/src/database/connect';
import { newClientId, type Home } from './crowd';
import { HttpLine } from './httpLine';
import type { Scenario } from './scenarios';

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export interface Round {
  perSecond: number;
  /** From sending to the acknowledgement, ms. */
  ackMs: number[];
  /** From sending to the last consequence on a screen, ms. Empty for the bare route. */
  doneMs: number[];
  /** Refused, or no answer in time. */
  failed: number;
}

/** In flight at any time. */
export const concurrency = 32;

/**
 * Keeps `concurrency` acts going for a time and lets the last ones finish.
 * @param act whether it came to its end
 * @returns ms until the last act that did: one that is waited for in vain must not count as work
 */
const inFlight = async (
  seconds: number,
  act: (worker: number) => Promise<boolean>,
): Promise<number> => {
  const began = performance.now();
  const until = began + seconds * 1000;
  let last = until;
  const work = async (worker: number): Promise<void> => {
    while (performance.now() < until) {
      if (await act(worker)) last = Math.max(last, performance.now());
    }
  };
  await Promise.all(Array.from({ length: concurrency }, (_, i) => work(i)));
  return last - began;
};

const bodyOf = (text: string): string =>
  JSON.stringify({ kind: 'text', clientId: newClientId(), text });

/** The yardstick: the same words, the same number of writes, the same generator. */
export const bareRound = async (
  url: string,
  text: string,
  writes: number,
  seconds: number,
): Promise<Round> => {
  const lines = Array.from({ length: concurrency }, () => HttpLine.to(url));
  const ackMs: number[] = [];
  let failed = 0;
  const elapsed = await inFlight(seconds, async (worker) => {
    const sent = performance.now();
    const status = await lines[worker]!.post(`/?writes=${writes}`, bodyOf(text));
    if (status === 201) ackMs.push(performance.now() - sent);
    else failed++;
    return status === 201;
  });
  for (const line of lines) line.close();
  return { perSecond: (ackMs.length / elapsed) * 1000, ackMs, doneMs: [], failed };
};

/** Counts how often something was said in each home, over all rounds. */
export class Turns {
  private readonly next = Array.from({ length: concurrency }, () => 0);

  constructor(private readonly homes: readonly Home[]) {}

  /** Every worker has homes of its own: two never talk in one thread. */
  take(worker: number): { home: Home; n: number } {
    const own = Math.floor((this.homes.length - worker - 1) / concurrency) + 1;
    const turn = this.next[worker]!++;
    const home = this.homes[worker + (turn % own) * concurrency]!;
    return { home, n: worker + (turn % own) + Math.floor(turn / own) };
  }
}

/** One thing after the other per worker, each finished before the next begins: no backlog hides. */
export const productRound = async (
  url: string,
  scenario: Scenario,
  turns: Turns,
  seconds: number,
): Promise<Round> => {
  const lines = Array.from({ length: concurrency }, () => HttpLine.to(url));
  const ackMs: number[] = [];
  const doneMs: number[] = [];
  let failed = 0;
  const elapsed = await inFlight(seconds, async (worker) => {
    const { home, n } = turns.take(worker);
    const text = scenario.text(n);
    const sent = performance.now();
    const finished = home.phone.next(scenario.done(text));
    const status = await lines[worker]!.post(
      `/conversations/${home.thread}/messages`,
      bodyOf(text),
      scenario.token(home),
    );
    const acknowledged = performance.now() - sent;
    const ended = status === 201 && (await finished);
    if (ended) {
      ackMs.push(acknowledged);
      doneMs.push(performance.now() - sent);
    } else failed++;
    return ended;
  });
  for (const line of lines) line.close();
  return { perSecond: (doneMs.length / elapsed) * 1000, ackMs, doneMs, failed };
};

/** Says one thing and waits for its end. */
export const sayOnce = async (
  line: HttpLine,
  home: Home,
  scenario: Scenario,
  text: string,
  patience?: number,
): Promise<boolean> => {
  const finished = home.phone.next(scenario.done(text), patience);
  const status = await line.post(
    `/conversations/${home.thread}/messages`,
    bodyOf(text),
    scenario.token(home),
  );
  return status === 201 && (await finished);
};

export interface WriteCount {
  /** Documents written by one act, from the change stream. */
  perAct: number;
  byCollection: Record<string, number>;
}

/** Bookkeeping that belongs to no single act. */
const ignored = new Set(['tailPositions', 'sessions']);

/**
 * Counts what one act really writes by following the database's change stream, so that the bare
 * route can be told to do as many.
 */
export const countWrites = async (
  uri: string,
  url: string,
  scenario: Scenario,
  homes: readonly Home[],
): Promise<WriteCount> => {
  const db = await connect(uri, 'alley-chief');
  const stream = db.db!.watch([]);
  await stream.tryNext();
  const by = new Map<string, number>();
  let sum = 0;
  const counting = (async () => {
    for await (const change of stream) {
      const coll = 'ns' in change && 'coll' in change.ns ? change.ns.coll : '';
      if (ignored.has(coll)) continue;
      by.set(coll, (by.get(coll) ?? 0) + 1);
      sum++;
    }
  })().catch(() => undefined);
  const line = HttpLine.to(url);
  let acts = 0;
  for (const [i, home] of homes.entries()) {
    if (await sayOnce(line, home, scenario, scenario.text(i))) acts++;
  }
  // Projections follow the frames by milliseconds: wait until the stream is quiet.
  for (let seen = -1; seen !== sum;) {
    seen = sum;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  line.close();
  await stream.close();
  await counting;
  await db.close();
  return {
    perAct: sum / Math.max(1, acts),
    byCollection: Object.fromEntries(
      [...by].map(([coll, n]) => [coll, Math.round((n / Math.max(1, acts)) * 100) / 100]),
    ),
  };
};
