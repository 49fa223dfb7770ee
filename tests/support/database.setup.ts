import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

declare global {
  var embeddedForTests: { child: ChildProcess; dir: string } | undefined;
}

/**
 * One real database for all API tests; every test file takes a database name of its own.
 * TEST_MONGO_URL runs the same tests against any replica set instead.
 */
export default async function setup(): Promise<void> {
  if (process.env['TEST_MONGO_URL']) return;
  const dir = mkdtempSync(path.join(tmpdir(), 'alley-chief-test-'));
  const cli = path.resolve(__dirname, '../../server/embedded-mongo/dist/cli.js');
  const child = spawn(process.execPath, [cli, '--data', dir, '--port', '0'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const uri = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const line = text.split('\n').find((l) => l.startsWith('{') && l.includes('"ready"'));
      if (line) resolve((JSON.parse(line) as { uri: string }).uri);
    });
    child.once('exit', (code) => reject(new Error(`embedded database ended with ${code}`)));
  });
  process.env['TEST_MONGO_URL'] = uri;
  // Unit tests of the database, run in the same go, keep to their own.
  process.env['TEST_MONGO_EMBEDDED'] = 'yes';
  globalThis.embeddedForTests = { child, dir };
}
