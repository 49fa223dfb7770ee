import { access, constants, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp, type App } from './app';
import { ConfigError, readConfig, type Config } from './config';
import { connect } from './database/connect';
import { DatabaseError, startEmbedded, type EmbeddedDatabase } from './database/embedded';
import { systemClock } from './kernel/clock';
import { createLogger } from './kernel/logger';
import { loadSecrets } from './kernel/secrets';
import { banner } from './banner';
import { createWorkerTrainer } from './modules/learning/workerTrainer';
import { modelsFromBytes } from './understanding';
import { demoCity, seedDemo } from './seed/demo';
import { seedHistory } from './seed/history';
import { readKnowledge } from './seed/knowledge';
import { buildTown } from './seed/town';
import { version } from './version';

const here = path.dirname(fileURLToPath(import.meta.url));
const embeddedCli = path.resolve(here, '../embedded-mongo/dist/cli.js');
const modelsFile = path.resolve(here, 'understanding.models');
const webRoot = path.resolve(here, '../../miniprogram/dist/h5');
const knowledgeRoot = path.resolve(here, '../knowledge');

/** One line and out: what is wrong and what to do. */
const giveUp = (line: string): never => {
  process.stderr.write(`\n  ✗ ${line}\n\n`);
  process.exit(1);
};

const writable = async (dir: string): Promise<void> => {
  try {
    await mkdir(dir, { recursive: true });
    await access(dir, constants.W_OK);
  } catch {
    giveUp(`数据目录 ${dir} 写不进去：换一个（DATA_DIR=…）或者改一下权限`);
  }
};

const listen = (app: App, config: Config): Promise<number> =>
  new Promise((resolve) => {
    app.server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        giveUp(`端口 ${config.port} 已经有人用了：换一个（PORT=3001 npm start）或者先关掉那一个`);
      }
      giveUp(`开不了门（${config.host}:${config.port}）：${error.message}`);
    });
    app.server.listen(config.port, config.host, () => {
      const address = app.server.address();
      resolve(typeof address === 'object' && address ? address.port : config.port);
    });
  });

const main = async (): Promise<void> => {
  const started = Date.now();
  const config = readConfig(process.env);
  const log = createLogger(config.logLevel);
  await writable(config.dataDir);
  const secrets = await loadSecrets(config);

  let embedded: EmbeddedDatabase | undefined;
  if (!config.mongoUrl)
    embedded = await startEmbedded(embeddedCli, path.join(config.dataDir, 'db'), log);
  const db = await connect(config.mongoUrl ?? embedded!.uri, 'alley-chief');

  const app = createApp({
    db,
    clock: systemClock,
    log,
    secrets,
    demo: config.demo,
    city: demoCity(buildTown(systemClock.now()), await readKnowledge(knowledgeRoot)),
    version,
    webRoot,
    models: modelsFromBytes(await readFile(modelsFile)),
    trainer: createWorkerTrainer(path.resolve(here, 'train-worker.js')),
    rateScale: config.rateScale,
    secondOpinion: config.secondOpinion,
  });
  await app.start();
  if (config.demo) {
    await seedDemo(db, app.modules, systemClock, (line) => process.stdout.write(`  ${line}\n`));
    await seedHistory(db, app.modules, systemClock);
  }
  const port = await listen(app, config);
  process.stdout.write(banner({ config, port, seconds: (Date.now() - started) / 1000 }));

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    // Nothing acknowledged can be lost by then; a hanging client must not keep the door open.
    setTimeout(() => process.exit(1), 8000).unref();
    void app
      .stop()
      .then(() => db.close())
      .then(() => embedded?.stop())
      .then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};

main().catch((error: unknown) => {
  if (error instanceof ConfigError || error instanceof DatabaseError) giveUp(error.message);
  giveUp(`没能启动：${(error as Error)?.stack ?? String(error)}`);
});
