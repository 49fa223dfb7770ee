import { decodeDocument } from '../bson/decode';
import type { Document } from '../bson/types';
import { RawDocument } from '../bson/types';
import { failedToParse } from '../errors';
import { parseCollation } from '../query/collation';
import type { FilterOptions } from '../query/matcher';
import { findForWrite } from '../slow/targets';
import { compileProjection } from '../query/projection';
import { documentKey } from '../storage/keys';
import { removeDocument } from '../storage/writer';
import type { Command, CommandContext, Reply } from './context';
import { documentOr, namespace } from './context';
import { refuseUnknownFields } from './known-fields';
import type { UpdateOutcome } from './update-statement';
import { updateStatement } from './update-statement';

function run(context: CommandContext): Reply {
  const { body, unit } = context;
  refuseUnknownFields('findAndModify', body);
  const { retry } = context;
  const known = retry?.knownReply;
  if (known) return { ...known, retriedStmtId: retry.statementId(0) };
  unit.set.beginStatement();
  try {
    const reply = body.remove === true ? removeOne(context) : modifyOne(context);
    retry?.afterStatement();
    // What changed nothing may run again.
    if ((reply.lastErrorObject as Document).n) retry?.answered(reply);
    retry?.save(unit.set);
    return reply;
  } catch (error) {
    if (!context.transaction) unit.set.rollbackStatement();
    throw error;
  }
}

const filterOptions = (body: Document): FilterOptions => ({
  variables: body.let as Document | undefined,
  collation: parseCollation(body.collation),
});

function present(body: Document, filter: Document, raw: Buffer | undefined): unknown {
  if (!raw) return null;
  const projection = compileProjection(body.fields, filter, filterOptions(body));
  return projection ? projection(decodeDocument(raw)) : new RawDocument(raw);
}

function removeOne(context: CommandContext): Reply {
  const { body, engine, unit } = context;
  if (body.update !== undefined || body.new === true || body.upsert === true)
    throw failedToParse('Cannot specify both an update and remove=true');
  const filter = documentOr(body.query, 'query');
  const ns = namespace(context, body.findAndModify ?? body.findandmodify);
  const collection = engine.catalog.get(ns);
  const options = {
    limit: 1,
    sort: body.sort,
    hint: body.hint,
    ...filterOptions(body),
  };
  const [match] = findForWrite(context, { ns, filter, options });
  if (match && collection) {
    unit.lock('docs', documentKey(collection.id, match.rid));
    removeDocument(unit, collection, match.rid, match.raw);
  }
  return {
    lastErrorObject: { n: match ? 1 : 0 },
    value: present(body, filter, match?.raw),
    ok: 1,
  };
}

function modifyOne(context: CommandContext): Reply {
  const { body } = context;
  const ns = namespace(context, body.findAndModify ?? body.findandmodify);
  const filter = documentOr(body.query, 'query');
  const outcome = updateStatement(context, ns, {
    filter,
    update: body.update,
    multi: false,
    upsert: body.upsert === true,
    arrayFilters: body.arrayFilters as unknown[] | undefined,
    sort: body.sort,
    hint: body.hint,
    variables: body.let as Document | undefined,
    constants: undefined,
    collation: body.collation,
  });
  return {
    lastErrorObject: lastError(outcome),
    value: present(body, filter, body.new === true ? outcome.after : outcome.before),
    ok: 1,
  };
}

function lastError(outcome: UpdateOutcome): Document {
  const inserted = outcome.upsertedId !== undefined;
  return {
    n: outcome.n,
    updatedExisting: outcome.n > 0 && !inserted,
    ...(inserted ? { upserted: outcome.upsertedId } : {}),
  };
}

const findAndModify: Command = { kind: 'write', inTransaction: true, run };

export const findAndModifyCommands: Record<string, Command> = {
  findAndModify,
  findandmodify: findAndModify,
};
