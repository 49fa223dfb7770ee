import { MongoClient, TestDatabase, type Client } from '../support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

const CLIENTS = 16;
const ACCOUNTS = 8;
const START = 100;
const TRANSFERS = 12;

interface Account {
  _id: number;
  balance: number;
  moves: number;
}

type Session = ReturnType<Client['startSession']>;

const accountsOf = (client: Client) =>
  client.db(database.db.databaseName).collection<Account>('accounts');
const notesOf = (client: Client) => client.db(database.db.databaseName).collection('notes');
const total = (accounts: readonly Account[]) => accounts.reduce((sum, a) => sum + a.balance, 0);

/** Numbers that are the same in every run. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    yield state >>> 8;
  }
}

class Aborted extends Error {}

async function move(
  client: Client,
  session: Session,
  [from, to, amount]: readonly [number, number, number],
  abort: boolean,
): Promise<void> {
  const accounts = accountsOf(client);
  const payer = (await accounts.findOne({ _id: from }, { session }))!;
  const payee = (await accounts.findOne({ _id: to }, { session }))!;
  // Written as read, so that an update lost between reading and writing would show in the total.
  const pay = { $set: { balance: payer.balance - amount }, $inc: { moves: 1 } };
  await accounts.updateOne({ _id: from }, pay, { session });
  await notesOf(client).insertOne({ from, to, amount }, { session });
  if (abort) throw new Aborted();
  const take = { $set: { balance: payee.balance + amount }, $inc: { moves: 1 } };
  await accounts.updateOne({ _id: to }, take, { session });
}

describe('a bank with sixteen tellers', () => {
  it('neither makes nor loses money, and nobody ever sees half a transfer', async () => {
    const clients = await Promise.all(
      Array.from({ length: CLIENTS }, () => new MongoClient(database.uri).connect()),
    );
    const [first] = clients as [Client];
    await accountsOf(first).insertMany(
      Array.from({ length: ACCOUNTS }, (_, _id) => ({ _id, balance: START, moves: 0 })),
    );
    await notesOf(first).createIndex({ from: 1 });
    let working = true;
    let done = 0;
    let aborted = 0;

    const teller = async (client: Client, n: number) => {
      const choice = numbers(n + 1);
      for (let i = 0; i < TRANSFERS; i++) {
        const from = choice.next().value % ACCOUNTS;
        const to = (from + 1 + (choice.next().value % (ACCOUNTS - 1))) % ACCOUNTS;
        const amount = (choice.next().value % 9) + 1;
        const abort = choice.next().value % 5 === 0;
        try {
          await client.withSession((session) =>
            session.withTransaction(() => move(client, session, [from, to, amount], abort)),
          );
          done++;
        } catch (error) {
          if (!(error instanceof Aborted)) throw error;
          aborted++;
        }
      }
    };

    const seen: number[] = [];
    /** Reads in several commands of one transaction: all of them as of its start. */
    const auditor = async (client: Client) => {
      while (working)
        await client.withSession((session) =>
          session.withTransaction(async () => {
            const low = await accountsOf(client)
              .find({ _id: { $lt: ACCOUNTS / 2 } }, { session })
              .toArray();
            const high = await accountsOf(client)
              .find({ _id: { $gte: ACCOUNTS / 2 } }, { session, batchSize: 2 })
              .toArray();
            seen.push(total([...low, ...high]));
            const moves = [...low, ...high].reduce((sum, a) => sum + a.moves, 0);
            const notes = await notesOf(client).countDocuments({}, { session });
            expect(moves).toBe(notes * 2);
          }),
        );
    };
    /** Reads in one command: it sees one commit. */
    const passerBy = async (client: Client) => {
      while (working) seen.push(total(await accountsOf(client).find().toArray()));
    };

    const readers = [auditor(clients[0]!), auditor(clients[1]!), passerBy(clients[2]!)];
    await Promise.all(clients.map(teller)).finally(() => (working = false));
    await Promise.all(readers);

    expect(seen.length).toBeGreaterThan(10);
    expect(new Set(seen)).toEqual(new Set([ACCOUNTS * START]));
    const accounts = await accountsOf(first).find().toArray();
    const notes = await notesOf(first).find().toArray();
    expect(done + aborted).toBe(CLIENTS * TRANSFERS);
    expect(aborted).toBeGreaterThan(0);
    expect(notes).toHaveLength(done);
    for (const { _id, balance, moves } of accounts) {
      const mine = notes.filter((n) => n.from === _id || n.to === _id);
      expect(moves).toBe(mine.length);
      expect(balance).toBe(
        mine.reduce((sum, n) => sum + (n.to === _id ? 1 : -1) * (n.amount as number), START),
      );
    }
    await Promise.all(clients.map((client) => client.close()));
  });

  it('loses no update of writers outside transactions either', async () => {
    const counters = database.db.collection<{ _id: number; n: number; from: number[] }>('counters');
    await counters.insertOne({ _id: 1, n: 0, from: [] });
    const add = (from: number) => ({ $inc: { n: 1 }, $push: { from } });
    const outside = async (from: number) => {
      for (let i = 0; i < 20; i++) await counters.updateOne({ _id: 1 }, add(from));
    };
    const inside = async (from: number) => {
      for (let i = 0; i < 10; i++)
        await database.client.withSession((session) =>
          session.withTransaction(() => counters.updateOne({ _id: 1 }, add(from), { session })),
        );
    };
    await Promise.all([outside(1), outside(2), outside(3), inside(4), inside(5), inside(6)]);
    const counter = (await counters.findOne({ _id: 1 }))!;
    expect(counter.n).toBe(90);
    for (const [from, times] of [20, 20, 20, 10, 10, 10].entries())
      expect(counter.from.filter((f) => f === from + 1)).toHaveLength(times);
  });
});
