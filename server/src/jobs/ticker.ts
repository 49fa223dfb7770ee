import type { Logger } from '../kernel/logger';

export interface Job {
  name: string;
  everyMs: number;
  /** Must be safe to run on several nodes at once: what it does is decided by atomic writes. */
  run(): Promise<unknown>;
}

/** Runs small periodic jobs; one that is still running is not started again. */
export const createJobs = (jobs: Job[], log: Logger): { start(): void; stop(): void } => {
  const timers: NodeJS.Timeout[] = [];
  return {
    start() {
      for (const job of jobs) {
        let running = false;
        timers.push(
          setInterval(() => {
            if (running) return;
            running = true;
            job
              .run()
              .catch((error: unknown) =>
                log.error({ job: job.name, err: String(error) }, 'job failed'),
              )
              .finally(() => (running = false));
          }, job.everyMs),
        );
      }
    },
    stop() {
      timers.forEach(clearInterval);
    },
  };
};
