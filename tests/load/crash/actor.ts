import { isDeepStrictEqual } from 'node:util';
import type { mongo } from 'mongoose';
import type { Dice } from './dice';
import type { Findings } from './findings';

export type Doc = { _id: string } & Record<string, unknown>;
export type EventKind = 'insert' | 'update' | 'replace' | 'delete';

/** What one write does to one document; `doc` is the content afterwards, null when it goes. */
export interface Change {
  readonly coll: string;
  readonly id: string;
  readonly doc: Doc | null;
  readonly event: EventKind;
  /** The document went with its collection, which tells one event for all of them. */
  readonly silent?: boolean;
}

/** One operation of a client, recorded before it is sent. */
export interface Operation {
  readonly name: string;
  readonly changes: readonly Change[];
  /** An interrupted one may have done only the first of its changes (ordered batches). */
  readonly prefix?: boolean;
  /** Its events stand together in the change stream. */
  readonly together?: boolean;
  /** Error codes that say for certain that nothing was done. */
  readonly refusals?: readonly number[];
  send(link: Link): Promise<void>;
  /** Called once, when it is certain that all of it was done. */
  done?(): void;
}

/** The connection of one life of the database. */
export interface Link {
  readonly client: mongo.MongoClient;
  readonly db: mongo.Db;
  readonly port: number;
  readonly round: number;
  killed: boolean;
  /** Rejects when the database is dead and what it had still answered has been read. */
  readonly death: Promise<never>;
  /** Tells the killer what is going on right now. */
  mark(moment: string): void;
}

/** The transaction was given up on purpose: nothing of it may be seen. */
export class GivenUp extends Error {}

const unknownOutcome = (error: Error): boolean =>
  /Network|ServerSelection|PoolClear|Closed|NotConnected|Topology|Expired/.test(error.name) ||
  /ECONN|EPIPE|connection closed/.test(error.message);

/**
 * A client that does one operation after the other on documents only it touches, and knows what
 * must be stored: what was acknowledged, and wholly or not at all the one that was interrupted.
 */
export abstract class Actor {
  /** What is stored for certain, by `collection/_id`. */
  readonly state = new Map<string, Doc>();
  /** Sent, and no word whether it was done. */
  pending: Operation | undefined;
  /** Operations whose events the change stream has yet to tell. */
  untold: Operation[] = [];
  acknowledged = 0;
  protected serial = 0;

  constructor(
    readonly name: string,
    protected readonly dice: Dice,
    protected readonly findings: Findings,
  ) {}

  protected abstract choose(link: Link): Operation;

  protected id(): string {
    return `${this.name}:${this.serial++}`;
  }

  /** Its documents in a collection, oldest first. */
  protected own(coll: string): Doc[] {
    return [...this.state].filter(([key]) => key.startsWith(`${coll}/`)).map(([, doc]) => doc);
  }

  /** Works until the database is killed. */
  async work(link: Link): Promise<void> {
    while (!link.killed) if (!(await this.attempt(this.choose(link), link))) return;
  }

  /** @returns false when there is no going on in this life of the database. */
  protected async attempt(operation: Operation, link: Link): Promise<boolean> {
    this.pending = operation;
    link.mark(operation.name);
    try {
      // The driver would look for the dead server a good while.
      await Promise.race([operation.send(link), link.death]);
    } catch (caught) {
      const error = caught as Error & { code?: number };
      if (error instanceof GivenUp || operation.refusals?.includes(error.code ?? -1)) {
        this.pending = undefined;
        return true;
      }
      if (!link.killed && !unknownOutcome(error))
        this.findings.add('errors', `${this.name} ${operation.name}: ${error.message}`);
      return false;
    }
    this.pending = undefined;
    this.acknowledged++;
    this.settle(operation, operation.changes.length);
    return true;
  }

  /** After a restart, before the check: numbered writes are sent again. */
  async recover(_link: Link): Promise<void> {}

  protected settle(operation: Operation, done: number): void {
    const changes = operation.changes.slice(0, done);
    apply(this.state, changes);
    if (changes.some((c) => !c.silent)) this.untold.push({ ...operation, changes });
    if (done === operation.changes.length) operation.done?.();
  }

  /** Compares what is stored with what must be; adopts what an interrupted operation has done. */
  check(actual: ReadonlyMap<string, Doc>): void {
    const { pending } = this;
    this.pending = undefined;
    if (isDeepStrictEqual(actual, this.state)) return;
    const total = pending?.changes.length ?? 0;
    for (let done = pending?.prefix ? 1 : total; pending && done <= total; done++) {
      const possible = new Map(this.state);
      apply(possible, pending.changes.slice(0, done));
      if (!isDeepStrictEqual(actual, possible)) continue;
      this.settle(pending, done);
      return;
    }
    this.blame(actual, pending);
    this.state.clear();
    for (const [key, doc] of actual) this.state.set(key, doc);
  }

  private blame(actual: ReadonlyMap<string, Doc>, pending: Operation | undefined): void {
    const about = pending ? ` (${pending.name} was under way)` : '';
    const touched = new Set(pending?.changes.map((c) => `${c.coll}/${c.id}`));
    for (const key of new Set([...this.state.keys(), ...actual.keys()])) {
      const [want, is] = [this.state.get(key), actual.get(key)];
      if (isDeepStrictEqual(want, is)) continue;
      const kind = touched.has(key) ? 'halves' : is ? (want ? 'lost' : 'returned') : 'lost';
      this.findings.add(
        kind,
        `${key}${about}: stored ${JSON.stringify(is)?.slice(0, 300)}, acknowledged ${JSON.stringify(want)?.slice(0, 300)}`,
      );
    }
  }
}

function apply(state: Map<string, Doc>, changes: readonly Change[]): void {
  for (const { coll, id, doc } of changes) {
    const key = `${coll}/${id}`;
    if (doc) state.set(key, doc);
    else state.delete(key);
  }
}
