import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../../..');

/** Runs the built server until it gives up. */
const run = (env: Record<string, string>): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['server/dist/main.js'], {
      cwd: root,
      env: { PATH: process.env['PATH'], LOG_LEVEL: 'silent', ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('exit', (code) => resolve({ code, said: said.trim() }));
  });

/** What cannot work stops at once, with one line that says what to do. */
describe('a start that cannot work', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'alley-chief-fail-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const expectOneLine = ({ code, said }: { code: number | null; said: string }, about: RegExp) => {
    expect(code).toBe(1);
    expect(said.split('\n')).toHaveLength(1);
    expect(said).toMatch(about);
  };

  it('names a wrong setting', async () => {
    expectOneLine(await run({ DATA_DIR: dir, PORT: 'many' }), /PORT/);
  });

  it('refuses the demo in production', async () => {
    expectOneLine(await run({ DATA_DIR: dir, NODE_ENV: 'production', DEMO: 'true' }), /DEMO/);
  });

  it('names a folder it cannot write', async () => {
    expectOneLine(
      await run({ DATA_DIR: path.join(__filename, 'below-a-file'), PORT: '0' }),
      /DATA_DIR/,
    );
  });

  it('names a database that does not answer, without its password', async () => {
    const answer = await run({
      DATA_DIR: dir,
      PORT: '0',
      MONGO_URL: 'mongodb://chief:very-secret@127.0.0.1:9/?replicaSet=rs0',
    });
    expectOneLine(answer, /连不上数据库/);
    expect(answer.said).not.toContain('very-secret');
  });

  it('names a port that is taken', async () => {
    const holder = net.createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as net.AddressInfo;
    expectOneLine(await run({ DATA_DIR: dir, PORT: String(port) }), new RegExp(`${port}.*PORT=`));
    await new Promise((resolve) => holder.close(resolve));
  });
});
