import type { Dice } from './dice';
import type { Findings } from './findings';
import { Actor, type Doc, type Link, type Operation } from './actor';

type Definition = { key: Record<string, 1 | -1>; name: string } & Record<string, unknown>;

const BUILT: Definition[] = [
  { key: { a: 1, b: -1 }, name: 'a_b' },
  { key: { b: 1 }, name: 'b_unique', unique: true },
  { key: { list: 1, a: 1 }, name: 'list_a' },
];

/** Fills a collection, builds and drops its indexes, drops it and begins again. */
export class Builder extends Actor {
  /** Names of the indexes there are for certain; undefined entries are on the way. */
  readonly indexes = new Set<string>();
  /** @param most documents it has before it drops them all and begins again. */
  constructor(
    name: string,
    dice: Dice,
    findings: Findings,
    private readonly most: number,
  ) {
    super(name, dice, findings);
  }

  private indexChange: { name: string; build: boolean } | undefined;

  protected get coll(): string {
    return `site-${this.name}`;
  }

  private change(doc: Doc) {
    return { coll: this.coll, id: doc._id, doc, event: 'insert' as const };
  }

  protected choose(): Operation {
    const own = this.own(this.coll);
    this.indexChange = undefined;
    if (own.length < this.most / 2) return this.fill();
    if (own.length > this.most || this.dice.chance(0.2)) return this.drop(own);
    const missing = BUILT.filter((d) => !this.indexes.has(d.name));
    if (missing.length && this.dice.chance(0.6)) return this.build(this.dice.pick(missing));
    if (this.indexes.size && this.dice.chance(0.5)) return this.tearDown();
    return this.fill();
  }

  private fill(): Operation {
    const docs = Array.from(
      { length: this.dice.between(this.most >> 3, this.most >> 1) },
      (): Doc => {
        const _id = this.id();
        return { _id, a: this.dice.below(20), b: this.serial, list: [this.serial, 'x', null] };
      },
    );
    return {
      name: 'fill',
      prefix: true,
      changes: docs.map((doc) => this.change(doc)),
      send: async (link) =>
        void (await link.db.collection<Doc>(this.coll).insertMany(structuredClone(docs))),
    };
  }

  private build(definition: Definition): Operation {
    this.indexChange = { name: definition.name, build: true };
    return {
      name: 'build',
      changes: [],
      send: async (link) => {
        const { key, ...options } = definition;
        await link.db.collection(this.coll).createIndex(key, options);
      },
      done: () => void this.indexes.add(definition.name),
    };
  }

  private tearDown(): Operation {
    const name = this.dice.pick([...this.indexes]);
    this.indexChange = { name, build: false };
    return {
      name: 'tearDown',
      changes: [],
      send: async (link) => link.db.collection(this.coll).dropIndex(name) as never,
      done: () => void this.indexes.delete(name),
    };
  }

  protected drop(own: Doc[]): Operation {
    return {
      name: 'drop',
      changes: own.map((d) => ({
        coll: this.coll,
        id: d._id,
        doc: null,
        event: 'delete',
        silent: true,
      })),
      send: async (link) => void (await link.db.collection(this.coll).drop()),
      done: () => this.indexes.clear(),
    };
  }

  /** Compares the indexes there are with those acknowledged, before the documents are compared. */
  async checkIndexes(link: Link): Promise<void> {
    const { indexChange } = this;
    const dropping = this.pending?.name === 'drop';
    const listed = await link.db
      .collection(this.coll)
      .listIndexes()
      .toArray()
      .catch(() => []);
    const names = listed.map((i) => i['name'] as string).filter((name) => name !== '_id_');
    const undecided = this.pending ? indexChange?.name : undefined;
    const wrong = [...new Set([...names, ...this.indexes])].filter(
      (name) => name !== undecided && names.includes(name) !== this.indexes.has(name),
    );
    if (wrong.length && !(dropping && names.length === 0))
      this.findings.add('indexes', `${this.coll}: ${wrong.join()} as not acknowledged`);
    if (dropping) return;
    this.indexes.clear();
    for (const name of names) this.indexes.add(name);
  }
}

/** So many documents that indexes are built in turns; slow to check, so it works now and then. */
export class LargeBuilder extends Builder {
  override async work(link: Link): Promise<void> {
    if (link.round % 8 === 0) return super.work(link);
    const own = this.own(this.coll);
    if (own.length) await this.attempt(this.drop(own), link);
  }
}

/** Writes documents whose time is over soon, and others that must stay. */
export class Perishable extends Actor {
  protected choose(): Operation {
    const own = this.own('ttl');
    if (own.length > 20)
      return {
        name: 'deleteMany',
        changes: own.map((d) => ({ coll: 'ttl', id: d._id, doc: null, event: 'delete' })),
        send: async (link) =>
          void (await link.db.collection<Doc>('ttl').deleteMany({ stays: true })),
      };
    const serial = this.serial;
    const stays: Doc = { _id: this.id(), stays: true, at: new Date(4102444800000) };
    const passing = Array.from({ length: this.dice.below(8) }, (_, i) => ({
      _id: `passing:${this.name}-${serial}-${i}`,
      at: new Date(Date.now() - 1000 + this.dice.below(1500)),
    }));
    return {
      name: 'perish',
      changes: [{ coll: 'ttl', id: stays._id, doc: stays, event: 'insert' }],
      send: async (link) => {
        await link.db.collection<Doc>('ttl').insertMany([...passing, { ...stays }]);
      },
    };
  }
}
