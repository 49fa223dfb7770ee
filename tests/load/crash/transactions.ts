import type { mongo } from 'mongoose';
import { Actor, GivenUp, type Doc, type Link, type Operation } from './actor';
import type { Dice } from './dice';
import type { Findings } from './findings';

export const ACCOUNTS = 6;
export const START = 1000;

/** What the accounts must hold, moved by every transfer that is certain. */
export class Bank {
  readonly balances = Array.from({ length: ACCOUNTS }, () => START);

  check(stored: readonly Doc[], findings: Findings): void {
    const found = this.balances.map((_, i) => stored.find((d) => d._id === `account:${i}`));
    const held = found.map((d) => d?.['balance'] as number);
    if (held.some((balance, i) => balance !== this.balances[i]))
      findings.add('halves', `accounts hold ${held.join()} instead of ${this.balances.join()}`);
  }
}

interface Account {
  _id: string;
  balance: number;
}

/** Runs a transaction; a conflict gives it up, like any client that does not repeat it. */
async function transact(
  link: Link,
  moment: string,
  work: (session: mongo.ClientSession) => Promise<void>,
): Promise<void> {
  const session = link.client.startSession();
  try {
    session.startTransaction();
    await work(session);
    link.mark(moment);
    await session.commitTransaction();
  } catch (error) {
    if (session.inTransaction() && !link.killed)
      await session.abortTransaction().catch(() => undefined);
    throw error;
  } finally {
    if (!link.killed) await session.endSession().catch(() => undefined);
  }
}

/** Moves money between shared accounts and notes each transfer in the same transaction. */
export class Teller extends Actor {
  constructor(
    name: string,
    dice: Dice,
    findings: Findings,
    private readonly bank: Bank,
  ) {
    super(name, dice, findings);
  }

  protected choose(): Operation {
    const own = this.own('ledger');
    if (own.length > 40)
      return {
        name: 'deleteMany',
        changes: own.map((d) => ({ coll: 'ledger', id: d._id, doc: null, event: 'delete' })),
        send: async (link) =>
          void (await link.db.collection<Doc>('ledger').deleteMany({ teller: this.name })),
      };
    const from = this.dice.below(ACCOUNTS);
    const to = (from + 1 + this.dice.below(ACCOUNTS - 1)) % ACCOUNTS;
    const amount = this.dice.between(1, 20);
    const doc: Doc = { _id: this.id(), teller: this.name, from, to, amount };
    const giveUp = this.dice.chance(0.15);
    return {
      name: 'transfer',
      changes: giveUp ? [] : [{ coll: 'ledger', id: doc._id, doc, event: 'insert' }],
      refusals: [112, 251],
      send: (link) => this.transfer(link, doc, from, to, amount, giveUp),
      done: () => {
        if (giveUp) return;
        this.bank.balances[from]! -= amount;
        this.bank.balances[to]! += amount;
      },
    };
  }

  private transfer(
    link: Link,
    note: Doc,
    from: number,
    to: number,
    amount: number,
    giveUp: boolean,
  ): Promise<void> {
    const accounts = link.db.collection<Account>('accounts');
    return transact(link, 'commit', async (session) => {
      const all = await accounts.find({}, { session }).toArray();
      const total = all.reduce((sum, a) => sum + a.balance, 0);
      if (total !== ACCOUNTS * START)
        this.findings.add('halves', `a transaction read a total of ${total}`);
      const held = (i: number) => all.find((a) => a._id === `account:${i}`)!.balance;
      // Written as read: a lost update would show.
      await accounts.updateOne(
        { _id: `account:${from}` },
        { $set: { balance: held(from) - amount } },
        { session },
      );
      await link.db.collection<Doc>('ledger').insertOne({ ...note }, { session });
      await accounts.updateOne(
        { _id: `account:${to}` },
        { $inc: { balance: amount } },
        { session },
      );
      if (giveUp) throw new GivenUp();
    });
  }
}

const PAGES = 60;

/** Swaps a whole edition of documents in two collections in one large transaction. */
export class Publisher extends Actor {
  private edition = 0;

  protected choose(): Operation {
    const edition = ++this.edition;
    const text = 'x'.repeat(this.dice.between(20, 400));
    const fresh = (): Doc[] =>
      Array.from({ length: PAGES }, () => ({ _id: this.id(), edition, text }));
    const editions = { left: fresh(), right: fresh() };
    const colls = ['left', 'right'] as const;
    return {
      name: 'publish',
      together: true,
      changes: colls.flatMap((coll) => [
        ...this.own(coll).map((d) => ({ coll, id: d._id, doc: null, event: 'delete' as const })),
        ...editions[coll].map((doc) => ({ coll, id: doc._id, doc, event: 'insert' as const })),
      ]),
      send: (link) =>
        transact(link, 'commit', async (session) => {
          for (const coll of colls) {
            const collection = link.db.collection<Doc>(coll);
            await collection.deleteMany({}, { session });
            await collection.insertMany(structuredClone(editions[coll]), { session });
          }
        }),
    };
  }
}
