import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { Clock } from '../../server/src/kernel/clock';
import { startTestApp, type TestApp } from '../support/app';
import { launch, Visitor, type VisitorOptions } from './browser';

/** The built page; WEB_ROOT names another build of it. */
const webRoot = process.env['WEB_ROOT'] ?? path.resolve(__dirname, '../../miniprogram/dist/h5');

const why = process.env['SKIP_BROWSER'];

/** `describe` for tests that need Chromium; without one they are skipped, and say why. */
export const describeInBrowser = (name: string, specify: () => void): void => {
  if (why) describe.skip(`${name} (no browser: ${why})`, specify);
  else describe(name, specify);
};

/** Wednesday noon in Henan and running on: the page shows waits and countdowns that move. */
const runningFrom = (start: string): Clock & { ahead: number } => {
  const ahead = Date.parse(start) - Date.now();
  return { ahead, now: () => new Date(Date.now() + ahead) };
};

/** A server with the built page, and people who come to it in Chromium. */
export class Stage {
  private readonly visitors = new Set<Visitor>();

  private constructor(
    private server: TestApp<Clock & { ahead: number }>,
    private readonly browser: Browser,
  ) {}

  static async open(): Promise<Stage> {
    const clock = runningFrom('2026-07-15T04:00:00.000Z');
    const [server, browser] = await Promise.all([startTestApp({ clock, webRoot }), launch()]);
    return new Stage(server, browser);
  }

  get url(): string {
    return this.server.url;
  }
  get api() {
    return this.server.api;
  }
  get assistant() {
    return this.server.app.assistant;
  }

  async visitor(personaId: string, more: Partial<VisitorOptions> = {}): Promise<Visitor> {
    return this.arrive({ personaId, ...more });
  }

  async stranger(more: Partial<VisitorOptions> = {}): Promise<Visitor> {
    return this.arrive(more);
  }

  /** Everybody goes home; the server stays. */
  async clear(): Promise<void> {
    await Promise.all([...this.visitors].map((v) => v.leave()));
    this.visitors.clear();
  }

  /** Stops the server; `back` starts one again at the same address over the same data. */
  async interrupt(): Promise<{ back(): Promise<void> }> {
    const { clock, db, url } = this.server;
    const dbName = db.name;
    await this.server.app.stop();
    await db.close();
    return {
      back: async () => {
        const port = Number(new URL(url).port);
        this.server = await startTestApp({ clock, webRoot, dbName, port });
      },
    };
  }

  async close(): Promise<void> {
    await this.clear();
    await this.browser.close();
    await this.server.stop();
  }

  private async arrive(more: Partial<VisitorOptions>): Promise<Visitor> {
    const visitor = await Visitor.arrive(this.browser, {
      url: this.url,
      ahead: this.server.clock.ahead,
      ...more,
    });
    this.visitors.add(visitor);
    return visitor;
  }
}
