/** The database process the crash test kills: the embedded database with its small limits. */
import { startEmbeddedMongo, type EmbeddedMongoOptions } from '@alley-chief/embedded-mongo';

const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

const main = async (): Promise<void> => {
  const options = JSON.parse(process.argv[2] ?? '{}') as EmbeddedMongoOptions;
  const mongo = await startEmbeddedMongo({
    ...options,
    onError: (error) => process.stderr.write(`database: ${error.stack ?? error.message}\n`),
  });
  // A parent that is gone leaves nobody to serve.
  process.stdin.on('end', () => void mongo.close().then(() => process.exit(0))).resume();
  say({ ready: true, uri: mongo.uri });
};

main().catch((error: Error) => {
  process.stderr.write(`database: ${error.stack ?? error.message}\n`);
  process.exit(1);
});
