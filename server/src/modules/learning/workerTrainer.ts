import { Worker } from 'node:worker_threads';
import type { Trainer, TrainingJob, TrainingResult } from './trainer';

type Told = { done: number } | { result: TrainingResult };

/** A city's lessons and the shipped phrases fit in a fraction of it. */
const memoryMb = 1024;

/**
 * Trains in a thread of its own: answering people does not slow down.
 * @param script the bundled `worker.ts`
 */
export const createWorkerTrainer = (script: string): Trainer => {
  const running = new Set<Worker>();
  return {
    train: (job: TrainingJob, onProgress) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(script, {
          workerData: job,
          resourceLimits: { maxOldGenerationSizeMb: memoryMb },
        });
        running.add(worker);
        worker.on('message', (told: Told) => {
          if ('done' in told) onProgress(told.done);
          else resolve(told.result);
        });
        worker.on('error', reject);
        worker.on('exit', () => {
          running.delete(worker);
          reject(new Error('the training ended without a result'));
        });
      }),
    stop: async () => {
      await Promise.all([...running].map((worker) => worker.terminate()));
    },
  };
};
