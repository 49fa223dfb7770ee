import type { Timers } from '../../../miniprogram/src/realtime/timers';

/** A clock turned by hand. Work scheduled during a turn runs in the same turn when it is due. */
export function handClock(start = 0) {
  let now = start;
  let jobs: { at: number; work: () => void }[] = [];
  const timers: Timers = {
    now: () => now,
    after(ms, work) {
      const job = { at: now + ms, work };
      jobs.push(job);
      return () => {
        jobs = jobs.filter((one) => one !== job);
      };
    },
    chance: () => 0.5,
  };
  return {
    timers,
    /** Lets promises settle. */
    async settle() {
      for (let i = 0; i < 100; i++) await Promise.resolve();
    },
    async turn(ms: number) {
      await this.settle();
      const end = now + ms;
      for (;;) {
        const due = jobs.filter((job) => job.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        jobs = jobs.filter((job) => job !== due);
        now = due.at;
        due.work();
        await this.settle();
      }
      now = end;
      await this.settle();
    },
    pending: () => jobs.length,
  };
}
