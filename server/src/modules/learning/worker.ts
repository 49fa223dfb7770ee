/** The thread that learns: gets one job, sends its progress and its result, ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { decideThreshold } from '../../routing/types';
import {
  categoryModelFromBytes,
  categoryModelToBytes,
} from '../../understanding/categories/learnt';
import { retrainCategories } from '../../understanding/categories/training';
import { categoryExamples, categoryParameters } from '../../understanding/models/shipped';
import type { TrainingJob, TrainingResult } from './trainer';

const job = workerData as TrainingJob;
const percent = (x: number): string => `${(x * 100).toFixed(1)}%`;

const { model, figures, against, accepted } = retrainCategories({
  lessons: job.lessons,
  shipped: categoryExamples(),
  running: categoryModelFromBytes(job.running),
  parameters: categoryParameters,
  sure: decideThreshold,
  onProgress: (done) => parentPort?.postMessage({ done }),
});
const result: TrainingResult = {
  version: model.model.version,
  bytes: categoryModelToBytes(model),
  lessons: job.lessons.length,
  figures,
  against,
  accepted,
  why: accepted
    ? `没见过的 ${figures.lessons} 句里听准 ${percent(figures.accuracy)}，不比原来的（${percent(against.accuracy)}）差，换上了`
    : `没见过的 ${figures.lessons} 句里听准 ${percent(figures.accuracy)}，原来的是 ${percent(against.accuracy)}，没换`,
};
parentPort?.postMessage({ result });
