import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { createApp, type App } from '../../server/src/app';
import type { Config } from '../../server/src/config';
import { connect } from '../../server/src/database/connect';
import type { Clock } from '../../server/src/kernel/clock';
import { createLogger } from '../../server/src/kernel/logger';
import { demoCity, seedDemo } from '../../server/src/seed/demo';
import { readKnowledge } from '../../server/src/seed/knowledge';
import { buildTown } from '../../server/src/seed/town';
import { createWorkerTrainer } from '../../server/src/modules/learning/workerTrainer';
import { Api } from './api';
import { dist, shippedModels } from './models';
import { testClock, type TestClock } from './clock';
import { knowledgeFolder } from './knowledge';

export interface TestApp<C extends Clock = TestClock> {
  app: App;
  db: Connection;
  clock: C;
  url: string;
  api: Api;
  stop(): Promise<void>;
}

export interface TestAppOptions<C extends Clock = TestClock> {
  demo?: boolean;
  /** Stands still at a working noon unless another one is given. */
  clock?: C;
  /** Folder of the built page, for tests in a browser. */
  webRoot?: string;
  /** Any free one unless given. */
  port?: number;
  /** Continue on this database instead of a fresh one. */
  dbName?: string;
  keep?: boolean;
  rateScale?: number;
  log?: string;
  secondOpinion?: Config['secondOpinion'];
}

const secrets = { tokenKey: Buffer.alloc(32, 7), fieldKey: Buffer.alloc(32, 9) };

/** The whole server on a port of its own, over the real database, with the demo town in it. */
export const startTestApp = async <C extends Clock = TestClock>(
  options: TestAppOptions<C> = {},
): Promise<TestApp<C>> => {
  // Without a clock of the caller's, C is what testClock makes.
  const clock = options.clock ?? (testClock() as Clock as C);
  const name = options.dbName ?? `t_${randomBytes(6).toString('hex')}`;
  const db = await connect(process.env['TEST_MONGO_URL'] ?? '', name);
  const app = createApp({
    db,
    clock,
    log: createLogger(options.log ?? process.env['TEST_LOG'] ?? 'fatal'),
    secrets,
    demo: options.demo ?? true,
    city: demoCity(buildTown(clock.now()), await readKnowledge(knowledgeFolder)),
    version: 'test',
    rateScale: options.rateScale ?? 100,
    models: shippedModels(),
    trainer: createWorkerTrainer(dist('train-worker.js')),
    ...(options.secondOpinion ? { secondOpinion: options.secondOpinion } : {}),
    ...(options.webRoot ? { webRoot: options.webRoot } : {}),
  });
  await app.start();
  await seedDemo(db, app.modules, clock, () => undefined);
  await new Promise<void>((resolve) => app.server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    app,
    db,
    clock,
    url,
    api: new Api(url),
    async stop() {
      await app.stop();
      if (!options.keep) await db.dropDatabase();
      await db.close();
    },
  };
};
