import type { Document } from '../bson/types';
import type { Engine } from '../engine';
import { invalidOptions } from '../errors';
import type { ReadConcern } from '../wire/concerns';
import type { SessionOptions } from '../wire/session-options';
import { numberTaken, tooOld } from './number-errors';
import { RetryableWrite } from './retryable-write';
import type { SnapshotRead } from './snapshot-reads';
import type { Transaction } from './transactions';

/** Where a command reads and writes. */
export interface Placement {
  readonly transaction: Transaction | undefined;
  /** The command is a retryable write. */
  readonly retry: RetryableWrite | undefined;
  /** It reads, outside transactions, as of a cluster time. */
  readonly snapshot: SnapshotRead | undefined;
}

/**
 * Places a command in its session: starts or finds its transaction, or what is remembered of its
 * number as a retryable write.
 * @param afterStatement see `RetryableWrite`
 */
export function place(
  engine: Engine,
  options: SessionOptions,
  concern: ReadConcern,
  body: Document,
  afterStatement: () => void,
): Placement {
  if (options.inTransaction)
    return {
      transaction: transactionOf(engine, options, concern),
      retry: undefined,
      snapshot: undefined,
    };
  const { session, number } = options;
  const snapshot =
    concern.level === 'snapshot' ? engine.snapshotReads.at(concern.atClusterTime) : undefined;
  if (session === undefined || number === undefined || body.autocommit === false)
    return { transaction: undefined, retry: undefined, snapshot };
  const retry = retryableWrite(engine, session, number, body, afterStatement);
  return { transaction: undefined, retry, snapshot };
}

function transactionOf(
  { transactions, retries }: Engine,
  { session, number, startsTransaction }: SessionOptions,
  { atClusterTime }: ReadConcern,
): Transaction {
  if (!startsTransaction) return transactions.require(session!, number!);
  if (atClusterTime !== undefined)
    throw invalidOptions('atClusterTime is not supported in transactions: they read as of now');
  const last = retries.get(session!);
  if (last && last.number > number!) throw tooOld(number!, last.number);
  if (last && last.number === number)
    throw numberTaken(number, last.committed ? 'committed' : 'retryable write');
  return transactions.start(session!, number!);
}

function retryableWrite(
  { retries, transactions }: Engine,
  session: string,
  number: bigint,
  body: Document,
  afterStatement: () => void,
): RetryableWrite {
  transactions.makeWay(session, number);
  const retry = new RetryableWrite(retries, session, number, body, afterStatement);
  retry.refresh();
  return retry;
}
