import { Binary, Long } from 'bson';
import { decodeDocument } from '../bson/decode';
import type { Document } from '../bson/types';
import { RawDocument } from '../bson/types';
import { isDamage, MongoError } from '../errors';
import { aggregationLoaded, loadAggregation } from '../aggregation/engine';
import { hasSink, needsAggregation } from '../commands/needs-aggregation';
import type { Command, CommandContext, Reply } from '../commands/context';
import { sessionKey, transactionNumber } from '../commands/transactions';
import type { Engine } from '../engine';
import { tooOld, WaitForTransaction } from '../transactions/transactions';
import type { Transaction } from '../transactions/transactions';
import { TooSlow, UNLIMITED, Work } from '../query/work';
import { isThreadCursor } from '../slow/read-thread';
import { NextTurn, readTargets, SearchElsewhere, targetsBody } from '../slow/targets';
import type { Search } from '../slow/targets';
import { cursorId } from './cursors';
import { errorReply } from './error-reply';
import type { Request } from './messages';
import { elementsOf, encodeRawReply, encodeReply } from './messages';

/** Takes a reply, or one that is encoded already. */
type Answer = (reply: Reply | RawDocument) => void;

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
    const answer: Answer = (reply) => {
      if ('code' in reply && isDamage(reply.code))
        this.engine.options.onError(new Error(String(reply.errmsg)));
      if (request.wantsReply) send(this.encode(request, reply));
    };
    const { name, body, bytes } = request;
    if (needsAggregation(name, body, bytes) && !aggregationLoaded())
      loadAggregation().then(
        () => this.execute(request, answer),
        (error: unknown) => answer(errorReply(error)),
      );
    else this.execute(request, answer);
  }

  private encode(request: Request, reply: Reply | RawDocument): Buffer {
    try {
      if (reply instanceof RawDocument)
        return encodeRawReply(request, reply.bytes, this.clusterTail());
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

  private execute(request: Request, answer: Answer): void {
    const { body, name } = request;
    const command = Object.hasOwn(this.commands, name) ? this.commands[name] : undefined;
    if (!command) {
      answer(errorReply(new MongoError(59, 'CommandNotFound', `no such command: '${name}'`)));
      return;
    }
    let context: CommandContext;
    try {
      if (name === 'getMore' && isThreadCursor(cursorId(body.getMore))) {
        this.handOver(body, answer);
        return;
      }
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
        work: undefined as never,
        targets: undefined,
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

  /** What a command may read before it is given up and done where it does not block. */
  private workOf({ transaction }: CommandContext): Work {
    const { readThread, limits } = this.engine;
    // A transaction's snapshot and its own writes are here only: its reads run to their end.
    const here = transaction !== undefined || !readThread;
    return new Work(here ? { ...limits, turn: UNLIMITED.turn } : limits);
  }

  /** A read that takes long is done by the read thread. */
  private handOver(body: Document, answer: Answer): void {
    const { readThread } = this.engine;
    if (!readThread) {
      answer(errorReply(new MongoError(43, 'CursorNotFound', 'cursor id not found')));
      return;
    }
    readThread.run(body).then(
      (reply) => answer(new RawDocument(reply)),
      (error: unknown) => answer(errorReply(error)),
    );
  }

  private read(command: Command, context: CommandContext, answer: Answer): void {
    try {
      context.reader = this.engine.readView(context.transaction);
      context.work = this.workOf(context);
      const reply = command.run(context);
      if (reply instanceof Promise)
        reply.then(answer, (error: unknown) => answer(errorReply(error)));
      else answer(reply);
    } catch (error) {
      if (error instanceof TooSlow) {
        this.handOver(context.body, answer);
        return;
      }
      if (context.transaction) this.engine.transactions.abort(context.transaction);
      answer(errorReply(error));
    }
  }

  private write(command: Command, context: CommandContext, answer: Answer): void {
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
      if (reply instanceof Promise) {
        reply.then(flushed, (error: unknown) => flushed(errorReply(error)));
        return;
      }
      this.remember(context, reply);
      flushed(reply);
    } catch (error) {
      const again = () => this.write(command, context, answer);
      if (error instanceof WaitForTransaction) error.transaction.waiters.push(again);
      // What is decided goes to disk first: that also keeps a large write from running ahead of it.
      else if (error instanceof NextTurn)
        commit.afterFlush((failed) => (failed ? answer(errorReply(diskError(failed))) : again()));
      else if (error instanceof SearchElsewhere)
        this.search(error.search, context).then(again, (e: unknown) => answer(errorReply(e)));
      // Statements before the failed one may have been decided: the answer waits for them, too.
      else flushed(errorReply(error));
    }
  }

  /** Has the read thread look for what a write is about; it sees what is on disk. */
  private async search(search: Search, context: CommandContext): Promise<void> {
    const { commit, readThread } = this.engine;
    await new Promise<void>((resolve, reject) =>
      commit.afterFlush((error) => (error ? reject(diskError(error)) : resolve())),
    );
    const reply = decodeDocument(await readThread!.run(targetsBody(search)));
    if (reply.ok !== 1)
      throw new MongoError(reply.code as number, reply.codeName as string, reply.errmsg as string);
    context.targets = readTargets(reply);
  }

  private runInBatch(command: Command, context: CommandContext): Reply | Promise<Reply> {
    context.unit = this.engine.batchUnit();
    context.reader = context.unit.view;
    context.work = this.workOf(context);
    context.unit.set.beginStatement();
    return command.run(context);
  }

  private writeInside(
    command: Command,
    context: CommandContext,
    transaction: Transaction,
    answer: Answer,
  ): void {
    try {
      context.unit = this.engine.transactionUnit(transaction);
      context.reader = transaction.view;
      context.work = this.workOf(context);
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

function diskError(error: Error): MongoError {
  return new MongoError(14031, 'OutOfDiskSpace', `The write could not be stored: ${error.message}`);
}
