import { Binary, Long } from 'bson';
import { decodeDocument } from '../bson/decode';
import type { Document } from '../bson/types';
import { RawDocument } from '../bson/types';
import { invalidOptions, isDamage, MongoError } from '../errors';
import { aggregationLoaded, loadAggregation } from '../aggregation/engine';
import { opensChangeStream } from '../commands/change-streams';
import { hasSink, needsAggregation } from '../commands/needs-aggregation';
import type { Command, CommandContext, Reply } from '../commands/context';
import { ChangeStream } from '../oplog/change-stream';
import type { Engine } from '../engine';
import { place } from '../transactions/placement';
import { WaitForTransaction } from '../transactions/transactions';
import type { Transaction } from '../transactions/transactions';
import { TooSlow, UNLIMITED, Work } from '../query/work';
import { isThreadCursor } from '../slow/read-thread';
import { NextTurn, readTargets, SearchElsewhere, targetsBody } from '../slow/targets';
import type { Search } from '../slow/targets';
import type { Client } from './client';
import { noteClient } from './client';
import { checkWriteConcern, readConcernOf } from './concerns';
import { cursorId } from './cursors';
import { errorReply } from './error-reply';
import type { FailPoints, Failure } from './fail-points';
import { finishReply, withClusterTime } from './finish-reply';
import type { Request } from './messages';
import { elementsOf, encodeRawReply, encodeReply } from './messages';
import { sessionOptions } from './session-options';

/** Takes a reply, or one that is encoded already. */
type Answer = (reply: Reply | RawDocument) => void;

/** Finds the command, places it in its session or transaction, and answers when it is durable. */
export class Dispatcher {
  private tail: { time: string; bytes: Buffer } = { time: '', bytes: Buffer.alloc(0) };

  constructor(
    private readonly engine: Engine,
    private readonly commands: Readonly<Record<string, Command>>,
    /** Only in servers started with test commands. */
    private readonly failPoints?: FailPoints,
  ) {}

  handle(request: Request, client: Client): void {
    noteClient(request.body, client);
    const failure = this.failPoints?.failure(request.body, request.name, client.appName);
    if (!failure?.delayMs) {
      this.attend(request, client, failure);
      return;
    }
    setTimeout(() => {
      if (client.open) this.attend(request, client, failure);
    }, failure.delayMs);
  }

  private attend(request: Request, client: Client, failure: Failure | undefined): void {
    if (failure?.closeConnection) {
      client.close();
      return;
    }
    const { body, name, bytes } = request;
    const circumstances = {
      failure,
      isWrite: this.isWrite(request),
      onChangeStream: this.onChangeStream(request),
    };
    const answer: Answer = (reply) => {
      if ('code' in reply && isDamage(reply.code))
        this.engine.options.onError(new Error(String(reply.errmsg)));
      if (!request.wantsReply) return;
      const whole =
        reply instanceof RawDocument ? reply : finishReply(body, name, reply, circumstances);
      client.send(this.encode(request, whole));
    };
    if (failure?.error) answer(errorReply(failure.error));
    else if (needsAggregation(name, body, bytes) && !aggregationLoaded())
      loadAggregation().then(
        () => this.execute(request, client, answer),
        (error: unknown) => answer(errorReply(error)),
      );
    else this.execute(request, client, answer);
  }

  private commandOf(name: string): Command | undefined {
    return Object.hasOwn(this.commands, name) ? this.commands[name] : undefined;
  }

  private isWrite({ name, body }: Request): boolean {
    const writes = this.commandOf(name)?.kind === 'write' || name === 'abortTransaction';
    return writes || (name === 'aggregate' && hasSink(body));
  }

  private onChangeStream({ name, body }: Request): boolean {
    if (name === 'aggregate') return opensChangeStream(body);
    if (name !== 'getMore') return false;
    const id = cursorId(body.getMore);
    const { cursors } = this.engine;
    return cursors.has(id) && cursors.get(id).source instanceof ChangeStream;
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

  private execute(request: Request, client: Client, answer: Answer): void {
    const { body, name } = request;
    const command = this.commandOf(name);
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
      const options = sessionOptions(body, name, command, hasSink(body));
      const concern = readConcernOf(body, name);
      checkWriteConcern(body, name, command);
      if (concern.level === 'linearizable' && hasSink(body))
        throw invalidOptions('$out and $merge cannot be used with a linearizable read concern');
      const afterStatement = () => this.failPoints?.afterStatement(() => client.close());
      context = {
        engine: this.engine,
        body,
        db: typeof body.$db === 'string' ? body.$db : 'admin',
        session: options.session,
        ...place(this.engine, options, concern, body, afterStatement),
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
    if (command.kind === 'write' || (name === 'aggregate' && hasSink(body)))
      this.write(command, context, answer);
    else this.read(command, context, answer);
  }

  /** What a command may read before it is given up and done where it does not block. */
  private workOf({ transaction, snapshot }: CommandContext): Work {
    const { readThread, limits } = this.engine;
    // Snapshots and a transaction's own writes are here only: such reads run to their end.
    const here = transaction !== undefined || snapshot !== undefined || !readThread;
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
      context.reader = context.snapshot?.view ?? this.engine.readView(context.transaction);
      context.work = this.workOf(context);
      const reply = command.run(context);
      if (reply instanceof Promise)
        reply.then(answer, (error: unknown) => answer(errorReply(error)));
      else answer(withClusterTime(context, reply));
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
      const reply = this.runInBatch(command, context);
      if (reply instanceof Promise)
        reply.then(flushed, (error: unknown) => flushed(errorReply(error)));
      else flushed(reply);
    } catch (error) {
      const again = () => this.write(command, context, answer);
      if (error instanceof WaitForTransaction) {
        error.transaction.waiters.push(again);
        // What is done so far can be seen while the rest waits.
        commit.schedule();
      }
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
    context.retry?.refresh();
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
}

function diskError(error: Error): MongoError {
  return new MongoError(14031, 'OutOfDiskSpace', `The write could not be stored: ${error.message}`);
}
