import { ObjectId } from 'bson';
import type { Document } from '../bson/types';
import { MongoError, failedToParse, invalidOptions, unknownField } from '../errors';
import { toDouble } from '../bson/numbers';
import { parseCollation } from '../query/collation';
import { documentKey } from '../storage/keys';
import { insertDocument, normalizeRaw, removeDocument } from '../storage/writer';
import { findForWrite, NextTurn } from '../slow/targets';
import type { StatementOutcome } from '../transactions/retryable-write';
import type { Command, CommandContext, Reply, WriteProgress } from './context';
import { documentOr, list, namespace } from './context';
import { refuseUnknownFields } from './known-fields';
import { updateStatement } from './update-statement';

const MAX_BATCH = 100_000;

/** After so many milliseconds a command with many statements gives others their turn. */
const TURN_MS = 20;

/** What a statement contributes to the reply. */
interface Counts extends StatementOutcome {
  readonly n: number;
}

/** Carries out the statement with that index. */
type Statement = (index: number) => Counts & {
  /** Has it changed anything? Only then must a retry not repeat it. */
  readonly wrote: boolean;
};

/**
 * Runs the statements of a write command one after the other. A statement that must wait for a
 * transaction is undone and repeated later; those before it are done and are not repeated.
 */
function runStatements(context: CommandContext, count: number, run: Statement): WriteProgress {
  if (count < 1 || count > MAX_BATCH)
    throw new MongoError(
      16,
      'InvalidLength',
      `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${count} operations.`,
    );
  const progress = (context.progress ??= {
    index: 0,
    n: 0,
    nModified: 0,
    upserted: [],
    writeErrors: [],
    retried: [],
  });
  try {
    runFrom(context, progress, count, run);
  } finally {
    // Also when a statement has to wait: those before it are on their way to the disk.
    context.retry?.save(context.unit.set);
  }
  return progress;
}

function runFrom(
  context: CommandContext,
  progress: WriteProgress,
  count: number,
  run: Statement,
): void {
  const { transaction, retry, engine } = context;
  const { set } = context.unit;
  const ordered = context.body.ordered !== false;
  const until = performance.now() + TURN_MS;
  for (; progress.index < count; progress.index++) {
    const { index } = progress;
    const id = retry?.statementId(index);
    if (id !== undefined && recall(context, progress, id)) continue;
    set.beginStatement();
    try {
      const outcome = run(index);
      retry?.afterStatement();
      if (id !== undefined && outcome.wrote) retry?.executed(id, outcome);
      addTo(progress, index, outcome);
    } catch (error) {
      if (!transaction) set.rollbackStatement();
      if (!(error instanceof MongoError) || (transaction && error.code === 112)) throw error;
      const { code, message: errmsg, extra } = error;
      progress.writeErrors.push({ index, code, errmsg, ...extra });
      context.targets = undefined;
      // A failed statement ends its transaction; the client learns of it as of any write error.
      if (transaction) engine.transactions.abort(transaction);
      if (transaction || ordered) break;
      continue;
    }
    context.targets?.written();
    if (context.targets?.more) throw new NextTurn();
    context.targets = undefined;
    if (!transaction && index + 1 < count && performance.now() > until) {
      progress.index++;
      throw new NextTurn();
    }
  }
}

/** Answers for a statement of a retried write that has been carried out before. */
function recall({ retry }: CommandContext, progress: WriteProgress, id: number): boolean {
  const known = retry?.outcome(id);
  if (!known) return false;
  progress.retried.push(id);
  addTo(progress, progress.index, { n: 1, ...known });
  return true;
}

function addTo(progress: WriteProgress, index: number, outcome: Counts): void {
  progress.n += outcome.n;
  progress.nModified += outcome.modified;
  if (outcome.upserted) progress.upserted.push({ index, _id: outcome.upserted.id });
}

function writeReply(progress: WriteProgress, extra: Document): Reply {
  return {
    n: progress.n,
    ...extra,
    ...(progress.writeErrors.length ? { writeErrors: progress.writeErrors } : {}),
    ...(progress.retried.length ? { retriedStmtIds: progress.retried } : {}),
    ok: 1,
  };
}

const newId = () => new ObjectId();

const insert: Command = {
  kind: 'write',
  inTransaction: true,
  run(context) {
    const { body } = context;
    const documents = list(body.documents, 'documents') as Buffer[];
    const ns = namespace(context, body.insert);
    refuseUnknownFields('insert', body);
    const progress = runStatements(context, documents.length, (i) => {
      const collection = context.unit.ensureCollection(ns);
      insertDocument(context.unit, collection, ownBytes(normalizeRaw(documents[i]!, newId)));
      return { n: 1, modified: 0, upserted: undefined, wrote: true };
    });
    return writeReply(progress, {});
  },
};

/** Refuses what an update statement may not have, before any of them is carried out. */
function checkUpdate({ retry }: CommandContext, statement: Document): void {
  // Came with MongoDB 8.
  if (statement.sort !== undefined) throw unknownField('update.updates', 'sort');
  if (retry && statement.multi === true)
    throw invalidOptions('Cannot use (or request) retryable writes with multi=true');
}

/** A copy of its own: the message it came in would otherwise stay in memory as long as it does. */
function ownBytes(raw: Buffer): Buffer {
  return raw.buffer.byteLength > raw.length * 2 ? Buffer.from(raw) : raw;
}

const update: Command = {
  kind: 'write',
  inTransaction: true,
  run(context) {
    const statements = list(context.body.updates, 'updates');
    const ns = namespace(context, context.body.update);
    refuseUnknownFields('update', context.body);
    for (const item of statements) {
      const statement = documentOr(item, 'updates');
      refuseUnknownFields('update.updates', statement);
      checkUpdate(context, statement);
    }
    const progress = runStatements(context, statements.length, (i) => {
      const statement = documentOr(statements[i], 'updates');
      const result = updateStatement(context, ns, {
        filter: documentOr(statement.q, 'q'),
        update: statement.u,
        multi: statement.multi === true,
        upsert: statement.upsert === true,
        arrayFilters: statement.arrayFilters as unknown[] | undefined,
        sort: undefined,
        hint: statement.hint,
        variables: context.body.let as Document | undefined,
        constants: statement.c as Document | undefined,
        collation: statement.collation,
      });
      const { n, nModified: modified, upsertedId: id } = result;
      const upserted = id === undefined ? undefined : { id };
      return { n, modified, upserted, wrote: modified > 0 || upserted !== undefined };
    });
    const { upserted } = progress;
    return writeReply(progress, {
      nModified: progress.nModified,
      ...(upserted.length ? { upserted } : {}),
    });
  },
};

const remove: Command = {
  kind: 'write',
  inTransaction: true,
  run(context) {
    const { body, engine } = context;
    const statements = list(body.deletes, 'deletes');
    const ns = namespace(context, body.delete);
    refuseUnknownFields('delete', body);
    for (const item of statements) {
      const statement = documentOr(item, 'deletes');
      refuseUnknownFields('delete.deletes', statement);
      if (context.retry && toDouble(statement.limit ?? 0) === 0)
        throw invalidOptions('Cannot use (or request) retryable writes with limit=0');
    }
    const progress = runStatements(context, statements.length, (i) => {
      const statement = documentOr(statements[i], 'deletes');
      const limit = toDouble(statement.limit ?? 0);
      if (limit !== 0 && limit !== 1)
        throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${limit}`);
      const { unit } = context;
      const collection = engine.catalog.get(ns);
      const options = {
        limit,
        hint: statement.hint,
        variables: body.let as Document | undefined,
        collation: parseCollation(statement.collation),
      };
      const filter = documentOr(statement.q, 'q');
      const matches = findForWrite(context, { ns, filter, options });
      if (!collection) return { n: 0, modified: 0, upserted: undefined, wrote: false };
      for (const { rid } of matches) unit.lock('docs', documentKey(collection.id, rid));
      for (const { rid, raw } of matches) removeDocument(unit, collection, rid, raw);
      const n = matches.length;
      return { n, modified: 0, upserted: undefined, wrote: n > 0 };
    });
    return writeReply(progress, {});
  },
};

export const writeCommands: Record<string, Command> = { insert, update, delete: remove };
