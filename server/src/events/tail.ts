import type { Connection, mongo } from 'mongoose';
import type { Logger } from '../kernel/logger';

export type Change = mongo.ChangeStreamDocument;

export interface TailDeps {
  db: Connection;
  log: Logger;
}

export interface TailSource {
  /** Filters over change events: those that fit any of them are followed. */
  follow: Record<string, unknown>[];
  /** Changes of the same key are handled in order, others side by side. */
  keyOf(change: Change): string;
  /** Must be repeatable: after a crash the last second may come again. */
  handle(change: Change): Promise<void>;
  /** Resolves when what handlers left to finish on its own is finished. */
  settled?(): Promise<void>;
}

const positions = 'tailPositions';

/**
 * Follows what was written, on this node or another, through a change stream. The place reached is
 * stored once everything before it has been handled, so a restart misses nothing.
 */
export class Tail {
  private stream?: mongo.ChangeStream;
  private readonly byKey = new Map<string, Promise<void>>();
  private timer?: NodeJS.Timeout;
  private stopped = false;
  private token: unknown;
  private stored: unknown;
  private running?: Promise<void>;
  /** True once the stream is open: changes reach this node. */
  ready = false;

  constructor(
    private readonly name: string,
    private readonly source: TailSource,
    private readonly deps: TailDeps,
  ) {}

  /** Resolves when the stream is open. */
  async start(): Promise<void> {
    const position = await this.positions().findOne({ _id: this.name as never });
    this.token = position?.['token'];
    this.stored = this.token;
    await this.open();
    this.running = this.follow();
    this.timer = setInterval(() => void this.store().catch(() => undefined), 1000);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.ready = false;
    clearInterval(this.timer);
    await this.stream?.close().catch(() => undefined);
    await this.running;
    await this.store().catch(() => undefined);
  }

  private positions(): mongo.Collection {
    return this.deps.db.db!.collection(positions);
  }

  private async open(): Promise<void> {
    const stream = this.deps.db.db!.watch([{ $match: { $or: this.source.follow } }], {
      fullDocument: 'updateLookup',
      ...(this.token ? { resumeAfter: this.token } : {}),
    });
    // The server has answered once a first, empty look came back: from here on nothing is missed.
    const first = await stream.tryNext();
    this.stream = stream;
    this.ready = true;
    if (first) this.dispatch(first);
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      try {
        const change = await this.stream!.next();
        this.dispatch(change);
      } catch (error) {
        if (this.stopped) return;
        this.ready = false;
        this.deps.log.warn(
          { tail: this.name, err: String(error) },
          'event stream broke, reopening',
        );
        await this.reopen(error);
      }
    }
  }

  private async reopen(cause: unknown): Promise<void> {
    // The stored place is older than what the database still keeps: go on from now.
    if ((cause as { code?: number }).code === 286) this.token = undefined;
    for (let wait = 50; !this.stopped; wait = Math.min(wait * 2, 2000)) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      try {
        await this.stream?.close().catch(() => undefined);
        await this.open();
        return;
      } catch (error) {
        if ((error as { code?: number }).code === 286) this.token = undefined;
      }
    }
  }

  private dispatch(change: Change): void {
    this.token = change._id;
    const key = this.source.keyOf(change);
    const before = this.byKey.get(key) ?? Promise.resolve();
    const mine = before
      .then(() => this.source.handle(change))
      .catch((error: unknown) => {
        this.deps.log.error({ tail: this.name, err: String(error) }, 'event handler failed');
      })
      .finally(() => {
        if (this.byKey.get(key) === mine) this.byKey.delete(key);
      });
    this.byKey.set(key, mine);
  }

  private async store(): Promise<void> {
    const token = this.token;
    if (token === this.stored) return;
    await Promise.all(this.byKey.values());
    await this.source.settled?.();
    await this.positions().updateOne(
      { _id: this.name as never },
      { $set: { token } },
      { upsert: true },
    );
    this.stored = token;
  }
}
