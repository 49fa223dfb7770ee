import { ObjectId } from 'bson';
import type { Document } from '../bson/types';
import { MongoError, failedToParse } from '../errors';
import { toDouble } from '../bson/numbers';
import { parseCollation } from '../query/collation';
import { documentKey } from '../storage/keys';
import { insertDocument, normalizeRaw, removeDocument } from '../storage/writer';
import { findForWrite, NextTurn } from '../slow/targets';
import type { Command, CommandContext, Reply, WriteProgress } from './context';
import { documentOr, list, namespace } from './context';
import { updateStatement } from './update-statement';

const MAX_BATCH = 100_000;

/**
 * Runs the statements of a write command one after the other. A statement that must wait for a
 * transaction is undone and repeated later; those before it are done and are not repeated.
 */
function runStatements(
  context: CommandContext,
  count: number,
  run: (index: number, progress: WriteProgress) => void,
): WriteProgress {
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
  });
  const { set } = context.unit;
  const ordered = context.body.ordered !== false;
  for (; progress.index < count; progress.index++) {
    set.beginStatement();
    try {
      run(progress.index, progress);
    } catch (error) {
      if (context.transaction) throw error;
      set.rollbackStatement();
      if (!(error instanceof MongoError)) throw error;
      progress.writeErrors.push({
        index: progress.index,
        code: error.code,
        errmsg: error.message,
        ...error.extra,
      });
      context.targets = undefined;
      if (ordered) break;
      continue;
    }
    if (context.targets?.more) throw new NextTurn();
    context.targets = undefined;
  }
  return progress;
}

function writeReply(progress: WriteProgress, extra: Document): Reply {
  return {
    n: progress.n,
    ...extra,
    ...(progress.writeErrors.length ? { writeErrors: progress.writeErrors } : {}),
    ok: 1,
  };
}

const newId = () => new ObjectId();

const insert: Command = {
  kind: 'write',
  inTransaction: true,
  run(context) {
    const { body, engine } = context;
    const documents = list(body.documents, 'documents') as Buffer[];
    const ns = namespace(context, body.insert);
    const progress = runStatements(context, documents.length, (i, p) => {
      const collection = engine.catalog.ensure(engine.commit.set, ns);
      insertDocument(context.unit, collection, ownBytes(normalizeRaw(documents[i]!, newId)));
      p.n++;
    });
    return writeReply(progress, {});
  },
};

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
    const progress = runStatements(context, statements.length, (i, p) => {
      const statement = documentOr(statements[i], 'updates');
      const result = updateStatement(context, ns, {
        filter: documentOr(statement.q, 'q'),
        update: statement.u,
        multi: statement.multi === true,
        upsert: statement.upsert === true,
        arrayFilters: statement.arrayFilters as unknown[] | undefined,
        sort: statement.sort,
        hint: statement.hint,
        variables: context.body.let as Document | undefined,
        constants: statement.c as Document | undefined,
        collation: statement.collation,
      });
      p.n += result.n;
      p.nModified += result.nModified;
      if (result.upsertedId !== undefined) p.upserted.push({ index: i, _id: result.upsertedId });
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
    const progress = runStatements(context, statements.length, (i, p) => {
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
      if (!collection) return;
      for (const { rid } of matches) unit.lock('docs', documentKey(collection.id, rid));
      for (const { rid, raw } of matches) removeDocument(unit, collection, rid, raw);
      p.n += matches.length;
    });
    return writeReply(progress, {});
  },
};

export const writeCommands: Record<string, Command> = { insert, update, delete: remove };
