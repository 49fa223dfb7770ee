import { z } from 'zod';
import { endpoint } from './endpoint';
import { clientId, isoTime, pageOf, pageQuery, sentence } from './primitives';

const share = z.number().min(0).max(1);

/** How a model did on lessons it had not learnt from. */
export const modelFigures = z.object({
  /** Lessons held back. */
  lessons: z.number().int(),
  accuracy: share,
  macroF1: share,
  /** Right among those it would have acted on alone, and how many those were. */
  sureAccuracy: share,
  sureShare: share,
});
export type ModelFigures = z.infer<typeof modelFigures>;

/** One version of what decides categories. */
export const modelView = z.object({
  version: z.string(),
  /** Absent for the one that came with the software. */
  madeAt: isoTime.optional(),
  /** 出厂, 夜里自动, or the name of whoever asked for it. */
  madeBy: z.string(),
  /** Lessons of this city in it. */
  lessons: z.number().int(),
  state: z.enum(['running', 'ready', 'rejected']),
  figures: modelFigures.optional(),
  /** The version then running, on the same lessons. */
  against: modelFigures.optional(),
  /** Why it runs or does not, in one sentence. */
  why: z.string(),
});
export type ModelView = z.infer<typeof modelView>;

const training = z.object({
  state: z.enum(['idle', 'running', 'failed']),
  since: isoTime.optional(),
  by: z.string().optional(),
  /** 0..1 while it runs. */
  done: share.optional(),
  problem: z.string().optional(),
});

export const learningView = z.object({
  running: modelView,
  training,
  lessons: z.object({
    /** Said by people, against what was guessed. */
    corrected: z.number().int(),
    /** Ended without anybody objecting. */
    confirmed: z.number().int(),
    /** Not yet in the running model. */
    fresh: z.number().int(),
  }),
  /** Weeks, oldest first: how many guesses have been settled since, and how many of them were right. */
  weeks: z.array(
    z.object({ from: z.string(), settled: z.number().int(), right: z.number().int() }),
  ),
  /** What was taken for what, most often first. */
  confusions: z.array(z.object({ guessed: z.string(), was: z.string(), times: z.number().int() })),
});
export type LearningView = z.infer<typeof learningView>;

const centre = ['dispatcher', 'admin'] as const;

export const learningEndpoints = {
  'GET /learning': endpoint({
    operationId: 'getLearning',
    summary: 'How often the understanding is right, what it mixes up, which model runs',
    access: centre,
    reply: learningView,
  }),
  'GET /learning/models': endpoint({
    operationId: 'listModels',
    summary: 'Versions of the model, newest first',
    access: centre,
    query: pageQuery,
    reply: pageOf(modelView),
  }),
  'POST /learning/trainings': endpoint({
    operationId: 'trainModel',
    summary: 'Learns from the lessons so far; replaces the running model only when not worse',
    access: centre,
    body: z.object({ clientId }),
    reply: training,
    status: 202,
    errors: ['conflict'],
    perMinute: 6,
  }),
  'POST /learning/models/:version/run': endpoint({
    operationId: 'runModel',
    summary: 'Puts a version in charge: back to an earlier one, or on to a rejected one after all',
    access: ['admin', 'dispatcher'],
    params: z.object({ version: z.string().regex(/^[\w.+-]{1,64}$/, '没有这个版本') }),
    body: z.object({ clientId, reason: sentence(200) }),
    reply: modelView,
  }),
} as const;
