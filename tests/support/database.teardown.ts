import { rmSync } from 'node:fs';

export default async function teardown(): Promise<void> {
  const running = globalThis.embeddedForTests;
  if (!running) return;
  await new Promise<void>((resolve) => {
    if (running.child.exitCode !== null || running.child.signalCode !== null) {
      resolve();
      return;
    }
    running.child.once('exit', () => resolve());
    running.child.kill('SIGTERM');
  });
  rmSync(running.dir, { recursive: true, force: true });
}
