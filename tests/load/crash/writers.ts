import type { mongo } from 'mongoose';
import { Actor, type Doc, type Link, type Operation } from './actor';

const MOST = 60;

const items = (link: Link): mongo.Collection<Doc> => link.db.collection<Doc>('items');
const change = (event: 'insert' | 'update' | 'replace', doc: Doc) =>
  ({ coll: 'items', id: doc._id, doc, event }) as const;
const gone = (id: string) => ({ coll: 'items', id, doc: null, event: 'delete' }) as const;

/** Inserts, numbered updates, upserts, replacements, findAndModify and deletes in one collection. */
export class Writer extends Actor {
  protected choose(): Operation {
    const own = this.own('items');
    if (own.length > MOST) return this.deleteMany(own);
    if (own.length < 5) return this.insertMany();
    const one = this.dice.pick(own);
    const choices = [
      () => this.insertOne(),
      () => this.insertOne(),
      () => this.insertMany(),
      () => this.count(one),
      () => this.count(one),
      () => this.count(one),
      () => this.upsert(own),
      () => this.replace(one),
      () => this.takeAndChange(own),
      () => this.takeAway(own),
      () => this.deleteOne(one),
      () => this.countAll(own),
    ];
    return this.dice.pick(choices)();
  }

  private fresh(): Doc {
    const id = this.id();
    const tags = Array.from({ length: this.dice.below(4) }, () => `t${this.dice.below(6)}`);
    const doc: Doc = { _id: id, owner: this.name, n: 0, k: `k-${id}`, tags, last: [] };
    if (this.dice.chance(0.3)) doc['size'] = this.dice.below(10);
    return doc;
  }

  private insertOne(): Operation {
    const doc = this.fresh();
    return {
      name: 'insertOne',
      changes: [change('insert', doc)],
      send: async (link) => void (await items(link).insertOne(structuredClone(doc))),
    };
  }

  private insertMany(): Operation {
    const docs = Array.from({ length: this.dice.between(2, 15) }, () => this.fresh());
    return {
      name: 'insertMany',
      changes: docs.map((doc) => change('insert', doc)),
      prefix: true,
      send: async (link) => void (await items(link).insertMany(structuredClone(docs))),
    };
  }

  /** The next number: only the right predecessor matches, so nothing is counted twice unseen. */
  private count(doc: Doc): Operation {
    const n = (doc['n'] as number) + 1;
    const last = [...(doc['last'] as number[]), n].slice(-4);
    return {
      name: 'updateOne',
      changes: [change('update', { ...doc, n, last })],
      send: async (link) => {
        const done = await items(link).updateOne({ _id: doc._id, n: n - 1 }, {
          $inc: { n: 1 },
          $push: { last: { $each: [n], $slice: -4 } },
        } as object);
        if (done.modifiedCount !== 1)
          this.findings.add('lost', `${doc._id} number ${n} found no ${n - 1}`);
      },
    };
  }

  private countAll(own: Doc[]): Operation {
    const less = (own[own.length >> 1]!['n'] as number) + 1;
    const hit = own.filter((d) => (d['n'] as number) < less);
    return {
      name: 'updateMany',
      changes: hit.map((d) => change('update', { ...d, n: (d['n'] as number) + 1, many: less })),
      send: async (link) => {
        const done = await items(link).updateMany({ owner: this.name, n: { $lt: less } }, {
          $inc: { n: 1 },
          $set: { many: less },
        } as object);
        if (done.matchedCount !== hit.length)
          this.findings.add(
            'lost',
            `${this.name} updateMany met ${done.matchedCount} of ${hit.length}`,
          );
      },
    };
  }

  private upsert(own: Doc[]): Operation {
    const known = this.dice.chance(0.5) ? this.dice.pick(own) : undefined;
    const id = known?._id ?? this.id();
    const fresh: Doc = { _id: id, owner: this.name, k: `k-${id}`, n: 0, tags: ['u'], last: [] };
    const base = known ?? fresh;
    const tags = ['u', `v${this.serial++}`];
    const after = { ...base, tags };
    return {
      name: 'upsert',
      changes: [change(known ? 'update' : 'insert', after)],
      send: async (link) =>
        void (await items(link).updateOne(
          { _id: id },
          {
            $set: { tags },
            $setOnInsert: { owner: this.name, k: `k-${id}`, n: 0, last: [] },
          },
          { upsert: true },
        )),
    };
  }

  private replace(doc: Doc): Operation {
    // The unique key moves away and may be taken by the next document.
    const after = { ...this.fresh(), _id: doc._id, k: `r-${this.serial++}-${this.name}` };
    return {
      name: 'replaceOne',
      changes: [change('replace', after)],
      send: async (link) => {
        const { _id, ...rest } = structuredClone(after);
        await items(link).replaceOne({ _id }, rest);
      },
    };
  }

  /** The one with the smallest key, as the model knows it. */
  private first(own: Doc[]): Doc {
    return own.reduce((a, b) => ((a['k'] as string) < (b['k'] as string) ? a : b));
  }

  private takeAndChange(own: Doc[]): Operation {
    const doc = this.first(own);
    const seen = this.serial++;
    const after = { ...doc, seen };
    return {
      name: 'findOneAndUpdate',
      changes: [change('update', after)],
      send: async (link) => {
        const told = await items(link).findOneAndUpdate(
          { owner: this.name },
          { $set: { seen } },
          { sort: { k: 1 }, returnDocument: 'after' },
        );
        if (told?._id !== doc._id) this.findings.add('lost', `${told?._id} instead of ${doc._id}`);
      },
    };
  }

  private takeAway(own: Doc[]): Operation {
    const doc = this.first(own);
    return {
      name: 'findOneAndDelete',
      changes: [gone(doc._id)],
      send: async (link) =>
        void (await items(link).findOneAndDelete({ owner: this.name }, { sort: { k: 1 } })),
    };
  }

  private deleteOne(doc: Doc): Operation {
    return {
      name: 'deleteOne',
      changes: [gone(doc._id)],
      send: async (link) => void (await items(link).deleteOne({ _id: doc._id })),
    };
  }

  private deleteMany(own: Doc[]): Operation {
    const hit = own.filter((d) => (d['n'] as number) < 2);
    const filter = hit.length ? { owner: this.name, n: { $lt: 2 } } : { owner: this.name };
    return {
      name: 'deleteMany',
      changes: (hit.length ? hit : own).map((d) => gone(d._id)),
      send: async (link) => void (await items(link).deleteMany(filter)),
    };
  }
}

/** Several of them want the same few names of a unique index. */
export class Claimant extends Actor {
  protected choose(): Operation {
    const own = this.own('names');
    const name = `name ${this.dice.below(12)}`;
    const names = (link: Link) => link.db.collection<Doc>('names');
    const mine = own.length > 3 || (own.length > 0 && this.dice.chance(0.4));
    if (!mine) {
      const doc: Doc = { _id: this.id(), name };
      return {
        name: 'claim',
        changes: [{ coll: 'names', id: doc._id, doc, event: 'insert' }],
        refusals: [11000],
        send: async (link) => void (await names(link).insertOne({ ...doc })),
      };
    }
    const doc = this.dice.pick(own);
    if (this.dice.chance(0.5) && doc['name'] !== name)
      return {
        name: 'reclaim',
        changes: [{ coll: 'names', id: doc._id, doc: { ...doc, name }, event: 'update' }],
        refusals: [11000],
        send: async (link) =>
          void (await names(link).updateOne({ _id: doc._id }, { $set: { name } })),
      };
    return {
      name: 'release',
      changes: [{ coll: 'names', id: doc._id, doc: null, event: 'delete' }],
      send: async (link) => void (await names(link).deleteOne({ _id: doc._id })),
    };
  }
}
