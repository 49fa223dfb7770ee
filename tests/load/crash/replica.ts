import { isDeepStrictEqual } from 'node:util';
import type { mongo } from 'mongoose';
import type { Actor, Doc, Link, Operation } from './actor';
import type { Findings } from './findings';

interface Told {
  readonly event: string;
  readonly key: string;
  readonly token: unknown;
}

type Event = mongo.ChangeStreamDocument<Doc>;

/**
 * Follows the change stream across all lives of the database: a copy of the data made from events
 * alone, and the events of each actor in the order they were told.
 */
export class Replica {
  readonly copy = new Map<string, Doc>();
  private readonly told = new Map<string, (Told & { place: number })[]>();
  private recent: Told[] = [];
  private place = 0;
  private token: unknown;
  private readonly awaited = new Map<string, () => void>();

  constructor(private readonly findings: Findings) {}

  /** Goes on where the last life ended. */
  async follow(link: Link): Promise<void> {
    const resume = this.token ? { resumeAfter: this.token } : {};
    const stream = link.db.watch([], resume);
    if (!this.token) {
      // The first look makes the stream begin here and now.
      await stream.tryNext();
      this.token = stream.resumeToken;
    }
    void this.read(stream, link);
  }

  private async read(stream: mongo.ChangeStream, link: Link): Promise<void> {
    try {
      for (;;) {
        const event = (await stream.next()) as Event;
        // The driver would find a later life of the database, should that have the same port.
        if (link.killed) return;
        this.take(event);
      }
    } catch (error) {
      const { code, message } = error as Error & { code?: number };
      // A stream that breaks with the connection is what this is about; a refusal is not.
      if (code === 286 || code === 280 || code === 260) this.findings.add('stream', message);
    }
  }

  /** Resolves when a document is told that is inserted now: everything before it has been told. */
  async catchUp(db: mongo.Db, mark: string): Promise<void> {
    const seen = new Promise<boolean>((resolve) => {
      const late = setTimeout(() => resolve(false), 60_000);
      this.awaited.set(mark, () => {
        clearTimeout(late);
        resolve(true);
      });
    });
    await db.collection<Doc>('marks').insertOne({ _id: mark });
    if (!(await seen)) this.findings.add('stream', `${mark} was never told`);
  }

  /** Reads a part of the past again: it must be told as it was told before. */
  async reread(db: mongo.Db, back: number): Promise<void> {
    const from = this.recent.length - 1 - back;
    const since = this.recent[from];
    if (!since) return;
    const again = db.watch([], { resumeAfter: since.token });
    try {
      for (const before of this.recent.slice(from + 1)) {
        const told = toldOf((await again.next()) as Event);
        if (told.key === before.key && told.event === before.event) continue;
        this.findings.add('stream', `told ${told.event} ${told.key} where ${before.key} was`);
        return;
      }
    } catch (error) {
      // Trimmed meanwhile.
      if ((error as { code?: number }).code !== 286) throw error;
    } finally {
      await again.close();
    }
  }

  private take(event: Event): void {
    const told = toldOf(event);
    this.token = event._id;
    this.recent.push(told);
    if (this.recent.length > 600) this.recent = this.recent.slice(-300);
    this.applyEvent(event, told.key);
    const [coll, id = ''] = told.key.split('/');
    if (coll === 'marks') this.awaited.get(id)?.();
    const owner = id.split(':')[0]!;
    const list = this.told.get(owner);
    const entry = { ...told, place: this.place++ };
    if (list) list.push(entry);
    else this.told.set(owner, [entry]);
  }

  private applyEvent(event: Event, key: string): void {
    const known = this.copy.get(key);
    const wrong = (what: string) => this.findings.add('stream', `${what} ${key}`);
    switch (event.operationType) {
      case 'insert':
        if (known) wrong('told again: insert of');
        this.copy.set(key, event.fullDocument);
        break;
      case 'replace':
        if (!known) wrong('replaced without being there:');
        this.copy.set(key, event.fullDocument);
        break;
      case 'delete':
        if (!this.copy.delete(key)) wrong('deleted without being there:');
        break;
      case 'update':
        if (!known) wrong('updated without being there:');
        else {
          const { updatedFields, removedFields } = event.updateDescription;
          const next: Record<string, unknown> = { ...known };
          for (const field of removedFields ?? []) delete next[field];
          for (const [path, value] of Object.entries(updatedFields ?? {}))
            setPath(next, path, value);
          this.copy.set(key, next as Doc);
        }
        break;
      case 'drop':
        for (const other of this.copy.keys())
          if (other.startsWith(`${event.ns.coll}/`)) this.copy.delete(other);
        break;
      default:
        wrong(`unexpected ${event.operationType}`);
    }
  }

  /** Every operation of an actor, once and in order, and nothing else. */
  checkActor(actor: Actor): void {
    const told = this.told.get(actor.name) ?? [];
    this.told.delete(actor.name);
    const { untold } = actor;
    actor.untold = [];
    let at = 0;
    for (const operation of untold) {
      const wanted = eventsOf(operation);
      const part = told.slice(at, at + wanted.length);
      at += wanted.length;
      const is = part.map((t) => `${t.event} ${t.key}`);
      // Documents of an updateMany or deleteMany have no promised order, those of inserts have.
      const sorted = (list: string[]) => (operation.prefix ? list : [...list].sort());
      if (!isDeepStrictEqual(sorted(is), sorted(wanted))) {
        this.findings.add(
          'stream',
          `${actor.name} ${operation.name}: told ${is.join()} instead of ${wanted.join()}`.slice(
            0,
            600,
          ),
        );
        return;
      }
      const span = part.length ? part.at(-1)!.place - part[0]!.place + 1 : 0;
      if (operation.together && span !== part.length)
        this.findings.add('stream', `${actor.name} ${operation.name}: torn apart`);
    }
    if (at < told.length)
      this.findings.add(
        'doubled',
        `${actor.name}: also told ${told
          .slice(at, at + 3)
          .map((t) => `${t.event} ${t.key}`)
          .join()}`,
      );
  }

  /** The copy made from events against the data. */
  checkCopy(stored: ReadonlyMap<string, Doc>): void {
    if (isDeepStrictEqual(this.copy, stored)) return;
    for (const key of new Set([...this.copy.keys(), ...stored.keys()])) {
      const [copy, is] = [this.copy.get(key), stored.get(key)];
      if (!isDeepStrictEqual(copy, is))
        this.findings.add(
          'stream',
          `copy of ${key}: ${JSON.stringify(copy)?.slice(0, 200)}, stored ${JSON.stringify(is)?.slice(0, 200)}`,
        );
    }
    this.copy.clear();
    for (const [key, doc] of stored) this.copy.set(key, doc);
  }
}

function eventsOf({ changes }: Operation): string[] {
  return changes.filter((c) => !c.silent).map((c) => `${c.event} ${c.coll}/${c.id}`);
}

function toldOf(event: Event): Told {
  const { ns, documentKey } = event as { ns?: { coll?: string }; documentKey?: { _id: string } };
  return {
    event: event.operationType,
    key: `${ns?.coll}/${documentKey?._id ?? ''}`,
    token: event._id,
  };
}

function setPath(target: Record<string, unknown>, path: string, value: unknown): void {
  const parts = path.split('.');
  const last = parts.pop()!;
  let at = target;
  for (const part of parts) {
    at[part] = Array.isArray(at[part]) ? [...(at[part] as unknown[])] : { ...(at[part] as object) };
    at = at[part] as Record<string, unknown>;
  }
  at[last] = value;
}
