import http from 'node:http';
import { Router } from '@koa/router';
import Koa from 'koa';
import compress from 'koa-compress';
import mongoose, { type Connection } from 'mongoose';
import { Assistant } from './assistant/assistant';
import type { Config } from './config';
import { ensureIndexes } from './database/connect';
import { Tail } from './events/tail';
import { bindContract } from './http/binder';
import { bearerOf } from './http/bearer';
import { errorHandler } from './http/errorHandler';
import { mountPages } from './http/pages';
import { createRateLimiter } from './http/rateLimiter';
import { securityHeaders } from './http/securityHeaders';
import { createJobs } from './jobs/ticker';
import type { Clock } from './kernel/clock';
import type { Logger } from './kernel/logger';
import type { Secrets } from './kernel/secrets';
import { Connections } from './realtime/connections';
import { Fanout, followed } from './realtime/fanout';
import { Gateway } from './realtime/gateway';
import { concerns } from './realtime/concerns';
import { buildModules, type CityData } from './modules';
import type { Trainer } from './modules/learning/trainer';
import type { UnderstandingModels } from './understanding';
import { createBudget } from './secondOpinion/budget';
import { createConsult } from './secondOpinion/consult';
import { createLanguageModel } from './secondOpinion/languageModel';

export interface AppDeps {
  db: Connection;
  clock: Clock;
  log: Logger;
  secrets: Secrets;
  /** Demo mode: personas may be picked. */
  demo: boolean;
  city: CityData;
  version: string;
  /** Folder of the built H5 page; absent: API only. */
  webRoot?: string;
  /** Multiplies every rate limit; benchmarks need more than a finger does. */
  rateScale?: number;
  /** Learnt before: see `understanding/models`. */
  models: UnderstandingModels;
  trainer: Trainer;
  /** A large model for what the own one is unsure of; absent: off. */
  secondOpinion?: Config['secondOpinion'];
}

export interface App {
  server: http.Server;
  modules: ReturnType<typeof buildModules>;
  assistant: Assistant;
  /** Makes indexes, opens the event stream, starts answering. Resolves when messages flow. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Builds the whole server from what is passed in; nothing is global, so tests build many. */
export const createApp = (deps: AppDeps): App => {
  const { db, clock, log } = deps;
  const connections = new Connections();
  const consult =
    deps.secondOpinion &&
    createConsult({
      model: createLanguageModel(deps.secondOpinion, log),
      budget: createBudget(db, deps.secondOpinion.dailyCalls),
      clock,
    });
  const modules = buildModules({
    ...deps,
    shipped: deps.models,
    consult,
    isOnline: (id) => connections.isOnline(id),
  });
  const { conversations, sessions, directory, cards } = modules;
  const limiter = createRateLimiter(clock, deps.rateScale);

  /** Until it works again the old understanding serves. */
  const relearn = (): void => {
    modules.understander
      .refresh()
      .catch((err: unknown) => log.warn({ err }, 'understanding not rebuilt'));
  };
  const fanout = new Fanout({
    connections,
    conversations,
    cards,
    concerns,
    onDirectoryChange: () => {
      directory.invalidate();
      relearn();
    },
    onModelChange: () => {
      modules.learning
        .reload()
        .catch((err: unknown) => log.error({ err: String(err) }, 'model not reloaded'));
    },
    onKnowledgeChange: relearn,
    onSessionRevoked: (id) => sessions.markRevoked(id),
  });
  /** Who is there and who types is worth no retry: when it cannot be told (we are closing), it is not. */
  const passing = (told: Promise<unknown>): void => {
    told.catch((err: unknown) => log.debug({ err }, 'presence or typing not told'));
  };
  const tail = new Tail(
    'fanout',
    { follow: followed, keyOf: fanout.keyOf, handle: fanout.handle, settled: fanout.settled },
    { db, log },
  );
  const gateway = new Gateway({
    connections,
    authenticate: (token) => sessions.viewer(token),
    conversations,
    limiter,
    log,
    clock,
    onPresence: (personId, online) => passing(fanout.presence(personId, online)),
    onTyping: (id, viewer) => passing(fanout.typing(id, viewer, viewer.callName)),
  });
  const assistant = new Assistant({ conversations, outcomes: modules.outcomes, clock, log });
  const jobs = createJobs(
    [
      {
        name: 'booking reminders',
        everyMs: 30_000,
        run: () => modules.bookings.remindDue(clock.now()),
      },
      { name: 'nightly learning', everyMs: 600_000, run: () => modules.learning.nightly() },
      // What a node that died had stored and not yet told.
      { name: 'tidings', everyMs: 5_000, run: () => modules.tidings.sweep() },
    ],
    log,
  );

  const koa = new Koa();
  koa.proxy = false;
  koa.use(errorHandler(log));
  koa.use(securityHeaders());
  // Villages are on slow networks: lists and pages travel squeezed, small replies as they are.
  koa.use(compress({ threshold: 1024, br: false }));
  const router = new Router();
  bindContract(
    router,
    [
      ...modules.routes((id, viewer) => passing(fanout.typing(id, viewer, viewer.callName))),
      {
        'GET /healthz': {
          policy: { name: 'open', allow: () => true },
          handle: async () => {
            const database = db.readyState === mongoose.ConnectionStates.connected;
            if (database) await db.db!.command({ ping: 1 });
            return {
              ok: database && tail.ready,
              database,
              events: tail.ready,
              version: deps.version,
            };
          },
        },
        'GET /about': {
          policy: { name: 'open', allow: () => true },
          handle: () =>
            Promise.resolve({
              version: deps.version,
              ...(deps.secondOpinion
                ? {
                    secondOpinion: {
                      host: new URL(deps.secondOpinion.url).host,
                      notice: deps.secondOpinion.notice,
                    },
                  }
                : {}),
            }),
        },
      },
    ],
    { authenticate: (ctx) => sessions.viewer(bearerOf(ctx)), limiter },
  );
  koa.use(router.routes());
  mountPages(koa, { version: deps.version, webRoot: deps.webRoot });
  const server = http.createServer(koa.callback());
  gateway.attach(server);

  return {
    server,
    modules,
    assistant,
    async start() {
      await ensureIndexes(db);
      await modules.articles.seed(deps.city.knowledge.articles);
      await Promise.all([sessions.loadRevoked(), modules.understander.refresh()]);
      await modules.learning.reload();
      await tail.start();
      assistant.start();
      jobs.start();
    },
    async stop() {
      jobs.stop();
      gateway.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await deps.trainer.stop();
      await modules.learning.trainings.idle();
      await assistant.stop();
      await modules.tidings.settled();
      await tail.stop();
    },
  };
};
