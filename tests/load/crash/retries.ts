import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { Actor, type Change, type Doc, type Link, type Operation } from './actor';
import { RawLine, type Reply } from './raw-line';

const { Binary, Long } = mongoose.mongo;

const newSession = () => ({
  id: new Binary(Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), 4),
});

/** The number of documents a reply says it wrote. */
const written = (reply: Reply): number => {
  const last = reply['lastErrorObject'] as { n: number } | undefined;
  return last?.n ?? reply.n ?? -1;
};

/**
 * Sends numbered writes on a session of its own and hangs up on many of them; each is sent again
 * with its number until it is answered, across restarts, too, and must be done exactly once.
 */
export class Retrier extends Actor {
  private session = newSession();
  private number = 0;

  protected choose(): Operation {
    const own = this.own('retries');
    // A new session now and then: records of old ones stay behind.
    if (this.dice.chance(0.02)) this.session = newSession();
    if (own.length < 4) return this.insert();
    if (own.length > 30) return this.remove(own.slice(0, 20));
    const one = this.dice.pick(own);
    const other = this.dice.pick(own.filter((d) => d !== one));
    return this.dice.pick([
      () => this.insert(),
      () => this.add(one),
      () => this.modify(one),
      () => this.remove([one, other]),
      () => this.waitAndAdd(one, other),
    ])();
  }

  private numbered(
    name: string,
    command: Record<string, unknown>,
    changes: Change[],
    blocker?: Doc,
  ): Operation {
    const full = {
      ...command,
      lsid: this.session,
      txnNumber: Long.fromNumber(++this.number),
      $db: 'town',
    };
    return {
      name,
      changes,
      send: (link) =>
        blocker ? this.behind(link, blocker, full, changes) : this.insist(link, full, changes),
    };
  }

  /** Until there is an answer; hung up on now and then. */
  private async insist(link: Link, command: object, changes: Change[]): Promise<void> {
    while (this.dice.chance(0.4)) {
      if (link.killed) throw new Error('connection closed');
      await new RawLine(link.port).sendAndHangUp(command);
    }
    const line = new RawLine(link.port);
    try {
      this.judge(await line.ask(command), changes);
    } finally {
      line.close();
    }
  }

  /** The write has to wait in the middle for a transaction, and is sent again meanwhile. */
  private async behind(
    link: Link,
    blocker: Doc,
    command: object,
    changes: Change[],
  ): Promise<void> {
    const [holder, second] = [new RawLine(link.port), new RawLine(link.port)];
    const session = { lsid: newSession(), txnNumber: Long.ONE, autocommit: false };
    try {
      const held = await holder.ask({
        update: 'retries',
        updates: [{ q: { _id: blocker._id }, u: { $set: { held: true } } }],
        ...session,
        startTransaction: true,
        $db: 'town',
      });
      if (held.ok !== 1) this.findings.add('errors', `${this.name}: ${JSON.stringify(held)}`);
      await new RawLine(link.port).sendAndHangUp(command);
      const answer = second.ask(command);
      answer.catch(() => undefined);
      // Answered only after whatever arrived before it has been looked at.
      await holder.ask({ ping: 1, $db: 'town' });
      await holder.ask({ abortTransaction: 1, ...session, $db: 'admin' });
      this.judge(await answer, changes);
    } finally {
      holder.close();
      second.close();
    }
  }

  private judge(reply: Reply, changes: readonly Change[]): void {
    if (reply.ok !== 1 || reply['writeErrors'] || written(reply) !== changes.length)
      this.findings.add(
        'doubled',
        `${this.name} ${this.pending?.name}: the answer is ${JSON.stringify(reply).slice(0, 300)}`,
      );
  }

  override async recover(link: Link): Promise<void> {
    const { pending } = this;
    // Sometimes the client dies, too, and never asks again.
    if (!pending || this.dice.chance(0.3)) return;
    await this.attempt(pending, link);
  }

  private change(event: 'insert' | 'update', doc: Doc): Change {
    return { coll: 'retries', id: doc._id, doc, event };
  }

  private insert(): Operation {
    const docs = Array.from({ length: this.dice.between(1, 4) }, (): Doc => ({
      _id: this.id(),
      n: 0,
      list: [],
    }));
    const changes = docs.map((doc) => this.change('insert', doc));
    return this.numbered('numbered insert', { insert: 'retries', documents: docs }, changes);
  }

  private next(doc: Doc): { after: Doc; statement: object } {
    const n = (doc['n'] as number) + 1;
    const list = [...(doc['list'] as number[]), this.serial++].slice(-5);
    const $push = { list: { $each: list.slice(-1), $slice: -5 } };
    return {
      after: { ...doc, n, list },
      statement: { q: { _id: doc._id }, u: { $inc: { n: 1 }, $push } },
    };
  }

  private add(doc: Doc): Operation {
    const { after, statement } = this.next(doc);
    return this.numbered('numbered update', { update: 'retries', updates: [statement] }, [
      this.change('update', after),
    ]);
  }

  private waitAndAdd(first: Doc, held: Doc): Operation {
    const [a, b] = [this.next(first), this.next(held)];
    const updates = [a.statement, b.statement];
    const changes = [this.change('update', a.after), this.change('update', b.after)];
    const operation = this.numbered(
      'waiting update',
      { update: 'retries', updates },
      changes,
      held,
    );
    return { ...operation, prefix: true };
  }

  private modify(doc: Doc): Operation {
    const { after, statement } = this.next(doc);
    const { q, u } = statement as { q: object; u: object };
    const command = { findAndModify: 'retries', query: q, update: u, new: true };
    return this.numbered('numbered findAndModify', command, [this.change('update', after)]);
  }

  private remove(docs: Doc[]): Operation {
    const deletes = docs.map((d) => ({ q: { _id: d._id }, limit: 1 }));
    return this.numbered(
      'numbered delete',
      { delete: 'retries', deletes },
      docs.map((d) => ({ coll: 'retries', id: d._id, doc: null, event: 'delete' })),
    );
  }
}
