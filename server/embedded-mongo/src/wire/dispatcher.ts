import { Binary, Long } from 'bson';
import type { Document } from '../bson/types';
import { MongoError, badValue } from '../errors';
import { aggregationLoaded, loadAggregation } from '../aggregation/engine';
import { isSink } from '../aggregation/sinks';
import { isSimplePipeline } from '../commands/aggregate';
import type { Command, CommandContext, Reply } from '../commands/context';
import { sessionKey, transactionNumber } from '../commands/transactions';
import type { Engine } from '../engine';
import { tooOld, WaitForTransaction } from '../transactions/transactions';
import type { Transaction } from '../transactions/transactions';
import type { Request } from './messages';
import { elementsOf, encodeReply } from './messages';

/** Sends a reply; called once for each request that wants one. */
export type Send = (message: Buffer) => void;

/** Finds the command, places it in its session or transaction, and answers when it is durable. */
export class Dispatcher {
  private tail: { time: string; bytes: Buffer } = { time: '', bytes: Buffer.alloc(0) };

  constructor(
    private readonly engine: Engine,
    private readonly commands: Readonly<Record<string, Command>>,
  ) {}

  handle(request: Request, send: Send): void {
    const answer = (reply: Reply) => {
      if (request.wantsReply) send(this.encode(request, reply));
    };
    if (needsAggregation(request) && !aggregationLoaded())
      loadAggregation().then(
        () => this.execute(request, answer),
        (error: unknown) => answer(errorReply(error)),
      );
    else this.execute(request, answer);
  }

  private encode(request: Request, reply: Reply): Buffer {
    try {
      return encodeReply(request, reply, this.clusterTail());
    } catch (error) {
      return encodeReply(request, errorReply(error), this.clusterTail());
    }
  }

  /** `operationTime` and `$clusterTime`, encoded once for as long as they stay the same. */
  private clusterTail(): Buffer {
    const operationTime = this.engine.oplog.clusterTime();
    const time = `${operationTime.high}.${operationTime.low}`;
    if (time !== this.tail.time) {
      const signature = { hash: new Binary(Buffer.alloc(20)), keyId: Long.ZERO };
      const $clusterTime = { clusterTime: operationTime, signature };
      this.tail = { time, bytes: elementsOf({ operationTime, $clusterTime }) };
    }
    return this.tail.bytes;
  }

  private execute(request: Request, answer: (reply: Reply) => void): void {
    const { body, name } = request;
    const command = Object.hasOwn(this.commands, name) ? this.commands[name] : undefined;
    if (!command) {
      answer(errorReply(new MongoError(59, 'CommandNotFound', `no such command: '${name}'`)));
      return;
    }
    let context: CommandContext;
    try {
      const session = body.lsid === undefined ? undefined : sessionKey(body.lsid);
      const transaction = this.transactionOf(body, name, command, session);
      context = {
        engine: this.engine,
        body,
        db: typeof body.$db === 'string' ? body.$db : 'admin',
        session,
        transaction,
        unit: undefined as never,
        reader: undefined as never,
        progress: undefined,
      };
    } catch (error) {
      answer(errorReply(error));
      return;
    }
    const writes = command.kind === 'write' || (name === 'aggregate' && hasSink(body));
    if (writes) this.write(command, context, answer);
    else this.read(command, context, answer);
  }

  /** The open transaction a command belongs to; started when the command says so. */
  private transactionOf(
    body: Document,
    name: string,
    command: Command,
    session: string | undefined,
  ): Transaction | undefined {
    if (body.autocommit !== false || name === 'commitTransaction' || name === 'abortTransaction')
      return undefined;
    if (session === undefined || body.txnNumber === undefined)
      throw new MongoError(72, 'InvalidOptions', 'autocommit needs lsid and txnNumber');
    const number = transactionNumber(body.txnNumber);
    const { transactions, retries } = this.engine;
    if (body.startTransaction === true) {
      const last = retries.get(session);
      if (last && last.number > number) throw tooOld(number, last.number);
      transactions.start(session, number);
    }
    const transaction = transactions.require(session, number);
    if (command.inTransaction && !(name === 'aggregate' && hasSink(body))) return transaction;
    transactions.abort(transaction);
    throw new MongoError(
      263,
      'OperationNotSupportedInTransaction',
      `Cannot run '${name}' in a multi-document transaction.`,
    );
  }

  private read(command: Command, context: CommandContext, answer: (reply: Reply) => void): void {
    try {
      context.reader = this.engine.readView(context.transaction);
      const reply = command.run(context);
      if (reply instanceof Promise)
        reply.then(answer, (error: unknown) => answer(errorReply(error)));
      else answer(reply);
    } catch (error) {
      if (context.transaction) this.engine.transactions.abort(context.transaction);
      answer(errorReply(error));
    }
  }

  private write(command: Command, context: CommandContext, answer: (reply: Reply) => void): void {
    if (context.transaction) {
      this.writeInside(command, context, context.transaction, answer);
      return;
    }
    const { commit } = this.engine;
    const flushed = (reply: Reply) =>
      commit.afterFlush((error) => answer(error ? errorReply(diskError(error)) : reply));
    try {
      const known = this.retried(context);
      if (known) {
        flushed(known);
        return;
      }
      const reply = this.runInBatch(command, context);
      this.remember(context, reply);
      flushed(reply);
    } catch (error) {
      if (error instanceof WaitForTransaction)
        error.transaction.waiters.push(() => this.write(command, context, answer));
      // Statements before the failed one may have been decided: the answer waits for them, too.
      else flushed(errorReply(error));
    }
  }

  private runInBatch(command: Command, context: CommandContext): Reply {
    context.unit = this.engine.batchUnit();
    context.reader = context.unit.view;
    context.unit.set.beginStatement();
    return command.run(context) as Reply;
  }

  private writeInside(
    command: Command,
    context: CommandContext,
    transaction: Transaction,
    answer: (reply: Reply) => void,
  ): void {
    try {
      context.unit = this.engine.transactionUnit(transaction);
      context.reader = transaction.view;
      answer(command.run(context) as Reply);
    } catch (error) {
      // Any error ends the transaction, as in MongoDB.
      this.engine.transactions.abort(transaction);
      answer(errorReply(error));
    }
  }

  /** The reply this numbered write got the first time. @throws TransactionTooOld */
  private retried({ body, session }: CommandContext): Reply | undefined {
    if (session === undefined || body.txnNumber === undefined || body.autocommit === false)
      return undefined;
    const number = transactionNumber(body.txnNumber);
    const record = this.engine.retries.get(session);
    if (!record || record.number < number) return undefined;
    if (record.number > number) throw tooOld(number, record.number);
    return record.reply;
  }

  private remember({ body, session }: CommandContext, reply: Reply): void {
    if (session === undefined || body.txnNumber === undefined || body.autocommit === false) return;
    const number = transactionNumber(body.txnNumber);
    this.engine.retries.put(this.engine.commit.set, session, number, reply);
  }
}

const hasSink = (body: Document): boolean =>
  Array.isArray(body.pipeline) && isSink(body.pipeline.at(-1) as Document | undefined);

/** Does the command use what only the (lazily loaded) aggregation engine can do? */
function needsAggregation(request: Request): boolean {
  const { name, body, bytes } = request;
  if (bytes.includes('$expr')) return true;
  if (name === 'aggregate') return !isSimplePipeline(body.pipeline) || hasSink(body);
  if (name === 'findAndModify' || name === 'findandmodify') return Array.isArray(body.update);
  if (name === 'update' && Array.isArray(body.updates))
    return body.updates.some((u: Document) => Array.isArray(u?.u));
  return false;
}

function diskError(error: Error): MongoError {
  return new MongoError(14031, 'OutOfDiskSpace', `The write could not be stored: ${error.message}`);
}

/** An error as MongoDB sends it. */
export function errorReply(error: unknown): Reply {
  const known =
    error instanceof MongoError
      ? error
      : badValue(error instanceof Error ? error.message : String(error));
  return {
    ok: 0,
    errmsg: known.message,
    code: known.code,
    codeName: known.codeName,
    ...known.extra,
    ...(known.labels.length ? { errorLabels: known.labels } : {}),
  };
}
