import mongoose from 'mongoose';
import type { Actor, Doc, Link } from './actor';
import { Builder, LargeBuilder, Perishable } from './builders';
import { checkAll, type Everything } from './check';
import { DatabaseProcess } from './database-process';
import { Dice } from './dice';
import { Findings, type Kind } from './findings';
import { Replica } from './replica';
import { Retrier } from './retries';
import { ACCOUNTS, Bank, Publisher, START, Teller } from './transactions';
import { Claimant, Writer } from './writers';

export interface CrashOptions {
  /** The database program (see `buildDatabase`). */
  readonly script: string;
  readonly dataDir: string;
  readonly rounds: number;
  readonly seed: number;
  /** Called after each round. */
  readonly progress?: (totals: Totals) => void;
}

export interface Totals {
  rounds: number;
  acknowledged: number;
  unknown: number;
  counts: Readonly<Record<Kind, number>>;
  cases: readonly string[];
}

/** When the process is killed: some time into the load, or just when something particular goes on. */
const MOMENTS = ['commit', 'build', 'drop', 'tearDown', 'perish', 'publish', 'fill'] as const;

interface Killer {
  readonly mark: (moment: string) => void;
  readonly struck: Promise<void>;
}

/** A busy machine may not get through its operations: the load ends after this, ms. */
const LONGEST = 700;

/** Strikes once: `delayMs` after the moment has come, at the earliest after that many operations. */
function killer(moment: string, operations: number, delayMs: number): Killer {
  let left = operations;
  let strike: () => void = () => undefined;
  const struck = new Promise<void>((resolve) => (strike = resolve));
  const late = setTimeout(() => strike(), LONGEST);
  const mark = (now: string) => {
    if (--left < 0 && (moment === 'any' || now === moment)) setTimeout(strike, delayMs);
  };
  return { mark, struck: struck.then(() => clearTimeout(late)) };
}

/** A connection whose end its owner announces. */
interface OpenLink extends Link {
  readonly die: (error: Error) => void;
}

async function connect(
  uri: string,
  round: number,
  mark: (moment: string) => void,
): Promise<OpenLink> {
  const client = new mongoose.mongo.MongoClient(uri, {
    retryWrites: false,
    retryReads: false,
    // A busy machine may take its time; a killed server is announced by its owner.
    serverSelectionTimeoutMS: 20_000,
    minPoolSize: 20,
  });
  await client.connect();
  const port = Number(new URL(uri).port);
  let die: (error: Error) => void = () => undefined;
  const death = new Promise<never>((_, reject) => (die = reject));
  death.catch(() => undefined);
  return { client, db: client.db('town'), port, round, killed: false, death, die, mark };
}

/** Not waited for in its round: the driver looks for the dead server a while longer. */
function hangUp({ client }: Link): Promise<void> {
  return client.close(true).catch(() => undefined);
}

async function prepare({ db }: Link): Promise<void> {
  const items = db.collection('items');
  await items.createIndex({ k: 1 }, { unique: true });
  await items.createIndex({ owner: 1, n: -1 });
  await items.createIndex({ tags: 1, n: 1 });
  await items.createIndex({ size: 1 }, { sparse: true });
  await items.createIndex({ n: 1 }, { partialFilterExpression: { n: { $gt: 2 } } });
  await db.collection('names').createIndex({ name: 1 }, { unique: true });
  await db.collection('left').createIndex({ edition: 1 });
  await db.collection('ttl').createIndex({ at: 1 }, { expireAfterSeconds: 0 });
  const accounts = Array.from({ length: ACCOUNTS }, (_, i) => ({
    _id: `account:${i}`,
    balance: START,
  }));
  await db.collection<Doc>('accounts').insertMany(accounts);
}

function cast(dice: Dice, findings: Findings, bank: Bank): Actor[] {
  const some = (n: number, make: (i: number) => Actor) =>
    Array.from({ length: n }, (_, i) => make(i));
  return [
    ...some(4, (i) => new Writer(`writer${i}`, dice.fork(), findings)),
    ...some(3, (i) => new Claimant(`claimant${i}`, dice.fork(), findings)),
    ...some(4, (i) => new Teller(`teller${i}`, dice.fork(), findings, bank)),
    ...some(3, (i) => new Retrier(`retrier${i}`, dice.fork(), findings)),
    new Publisher('publisher', dice.fork(), findings),
    new Builder('builder0', dice.fork(), findings, 300),
    new LargeBuilder('builder1', dice.fork(), findings, 4200),
    new Perishable('perishable', dice.fork(), findings),
  ];
}

/** Starts the database, sometimes after killing it once while it was starting. */
async function launch(options: CrashOptions, dice: Dice): Promise<DatabaseProcess> {
  const limits = {
    dataDir: options.dataDir,
    // Trimmed every few rounds, and swept several times a round.
    oplogBytes: 2 * 2 ** 20,
    maintenanceMs: 40,
  };
  if (dice.chance(0.1)) {
    const early = new DatabaseProcess(options.script, limits);
    await Promise.race([
      early.ready().catch(() => undefined),
      new Promise((resolve) => setTimeout(resolve, dice.between(30, 500))),
    ]);
    await early.kill();
  }
  return new DatabaseProcess(options.script, limits);
}

/**
 * Kills the database again and again under load, and after each restart compares everything that
 * is stored with everything that was acknowledged.
 * @throws Error when the database does not start at all
 */
export async function runRounds(options: CrashOptions): Promise<Totals> {
  const dice = new Dice(options.seed);
  const findings = new Findings();
  const bank = new Bank();
  const all: Everything = {
    findings,
    bank,
    actors: cast(dice, findings, bank),
    replica: new Replica(findings),
  };
  let unknown = 0;
  const closing: Promise<void>[] = [];
  const totals = (): Totals => ({
    rounds: findings.round,
    acknowledged: all.actors.reduce((sum, a) => sum + a.acknowledged, 0),
    unknown,
    counts: findings.counts,
    cases: findings.cases,
  });
  // One life more than kills: the last one is only looked at.
  for (let round = 0; round <= options.rounds; round++) {
    findings.round = round;
    const child = await launch(options, dice);
    const moment = dice.chance(0.5) ? 'any' : dice.pick(MOMENTS);
    const hand = { mark: (_: string) => undefined as void };
    const link = await connect(await child.ready(), round, (now) => hand.mark(now));
    try {
      await all.replica.follow(link);
      if (round === 0) await prepare(link);
      for (const actor of all.actors) await actor.recover(link);
      await checkAll(link, all, `mark:${round}`);
      if (dice.chance(0.2)) await all.replica.reread(link.db, dice.between(5, 250));
      if (round < options.rounds) {
        const { mark, struck } = killer(moment, dice.between(10, 400), dice.below(10));
        hand.mark = mark;
        const work = all.actors.map((actor) => actor.work(link));
        await struck;
        link.killed = true;
        await child.kill();
        setTimeout(() => link.die(new Error('connection closed')), 100);
        closing.push(hangUp(link));
        await Promise.all(work);
        unknown += all.actors.filter((actor) => actor.pending).length;
      }
    } finally {
      link.killed = true;
      await child.kill();
      closing.push(hangUp(link));
    }
    if (child.complaints) findings.add('errors', child.complaints.slice(0, 500));
    options.progress?.(totals());
  }
  await Promise.all(closing);
  return totals();
}
